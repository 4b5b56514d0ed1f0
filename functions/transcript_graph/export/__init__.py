"""A graph for other tools: one model, a writer for each format, everything escaped for where it goes."""
