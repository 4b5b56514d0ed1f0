"""Whether a statement is understood by a reader who sees nothing but its heading."""
