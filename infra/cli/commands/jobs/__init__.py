"""Commands about jobs: what there is to run, what it will take, running it, and what was run."""
