"""Feeds as they are asked for: a queue prepared per user, served in one round trip, refreshed behind the user's back."""
