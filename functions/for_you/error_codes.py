"""The error codes that for_you gives, each with when."""

from __future__ import annotations

BAD_AFTER = "bad_after"
"""The position is no page's end."""
BAD_CASE = "bad_case"
"""An evaluation case cannot be used."""
BAD_INTERACTIONS = "bad_interactions"
"""A file of interactions lacks a column or a value."""
BAD_SNAPSHOT = "bad_snapshot"
"""A file is no catalogue's snapshot."""
BUSY = "busy"
"""The user's queue is being served all the time."""
NO_CATALOGUE = "no_catalogue"
"""There is no catalogue yet, or its file is gone."""
SESSION_NOT_FOUND = "session_not_found"
"""There is no such session, or it has expired."""
UNKNOWN_SPLIT = "unknown_split"
"""There is no such split of an evaluation."""

CODES = frozenset({BAD_AFTER, BAD_CASE, BAD_INTERACTIONS, BAD_SNAPSHOT, BUSY, NO_CATALOGUE, SESSION_NOT_FOUND, UNKNOWN_SPLIT})
