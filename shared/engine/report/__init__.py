"""What people are told of a job: the plan before it, its progress, its state, the price of a retry."""
