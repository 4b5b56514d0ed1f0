"""Whose job it is: the names that a posting holds, what speaks for each, and the likeliest by fitted weights."""
