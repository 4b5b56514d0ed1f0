"""Interactions and items of others, read whatever their columns are called: what an evaluation measures on."""
