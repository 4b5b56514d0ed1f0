"""Entities and relations out of chunks: packed, asked for, checked against the text they come from."""
