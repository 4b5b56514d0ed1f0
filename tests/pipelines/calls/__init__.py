"""A fan-out of model calls, and a join that checks every answer."""
