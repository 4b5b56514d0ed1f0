"""What the models are told."""
