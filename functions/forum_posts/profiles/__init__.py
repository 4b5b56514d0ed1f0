"""A KOL's profile: who posts, how, how often, when not."""
