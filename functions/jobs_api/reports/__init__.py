"""What people are told of jobs, read from the engine's documents: plans, progress, states, waterfalls, the price of a retry."""
