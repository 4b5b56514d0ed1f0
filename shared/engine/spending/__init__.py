"""What running tasks use (the meter), and how much a job may (the budget)."""
