"""When a persona may post: out of its quiet hours, and apart from its other posts."""
