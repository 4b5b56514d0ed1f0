"""An agent: who posts, when, where, about what."""
