"""What a post may not say, and what the place where it is published allows."""
