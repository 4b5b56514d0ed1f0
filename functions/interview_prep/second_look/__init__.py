"""What a candidate takes along after the guide: a one-page cheat sheet and a mock interview, composed from the guide's checked items."""
