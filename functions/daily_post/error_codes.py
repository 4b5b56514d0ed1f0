"""The error codes that daily_post gives, each with when."""

from __future__ import annotations

BAD_AGENT = "bad_agent"
"""An agent cannot be used as it is stored."""
BAD_DATE = "bad_date"
"""That is no date of a post."""
BAD_IMAGE = "bad_image"
"""What was drawn cannot be shown."""
COOLDOWN = "cooldown"
"""A topic was taken lately: it is passed over."""
IMAGE_FLAGGED = "image_flagged"
"""Moderation flagged what was drawn."""
NO_FONT = "no_font"
"""No font here shows a title's letters: the card has the agent's name instead."""
TOPIC_BUSY = "topic_busy"
"""Other posts of the agent take topics at the same moment."""
TOPIC_TOO_LONG = "topic_too_long"
"""The topic is too long."""
UNKNOWN_AGENT = "unknown_agent"
"""There is no such agent."""

CODES = frozenset({BAD_AGENT, BAD_DATE, BAD_IMAGE, COOLDOWN, IMAGE_FLAGGED, NO_FONT, TOPIC_BUSY, TOPIC_TOO_LONG, UNKNOWN_AGENT})
