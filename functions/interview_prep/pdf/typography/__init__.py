"""Fonts, styles, and the one way text gets onto a page."""
