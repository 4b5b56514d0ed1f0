"""What posts tell, and of whom."""
