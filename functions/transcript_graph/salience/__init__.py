"""How much an entity or a relation matters: mentions, spread, neighbours; a stop list, a cap."""
