"""A job from acceptance to its end, with its stages in numbers and its cost."""
