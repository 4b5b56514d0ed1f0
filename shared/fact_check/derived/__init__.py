"""Figures that no fact has as such, and that two facts give together."""
