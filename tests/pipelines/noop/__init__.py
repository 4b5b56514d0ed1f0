"""A fan-out of tasks that do nothing, and their join: what an engine costs by itself."""
