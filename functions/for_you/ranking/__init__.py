"""How well an episode fits a user: learned factors, nearness of texts, popularity, freshness, in a blend tuned on the log."""
