"""The offline model's rules for knowledge graphs: names by their capitals and what stands around them, relations by verbs."""
