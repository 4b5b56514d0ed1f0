"""The error codes that forum_posts gives, each with when."""

from __future__ import annotations

BAD_PROFILE = "bad_profile"
"""A profile cannot be used as it is stored."""
QUOTA_REACHED = "quota_reached"
"""The KOL has written its posts of the day."""
UNKNOWN_KOL = "unknown_kol"
"""There is no profile of that serial."""

CODES = frozenset({BAD_PROFILE, QUOTA_REACHED, UNKNOWN_KOL})
