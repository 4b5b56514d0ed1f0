"""What each action is worth, and for how long."""

from __future__ import annotations

WEIGHTS = {
    "subscribe": 2.0, "share": 1.6, "finish": 1.5, "like": 1.5, "more": 1.5, "play": 1.0, "seen": 0.0,
    "skip": -0.4, "less": -0.8, "not_interested": -1.2, "mute": -2.0,
}  # fmt: skip
"""Of one event, before its age counts. Below zero: less of what is like it."""
PLAYED = frozenset({"play", "finish"})
"""After one of these an episode is not offered again."""
TOUCHED = frozenset({"like", "share", "skip", "less", "not_interested", "mute", "more"})
"""After one of these neither: it has been decided on."""
EVENTS_HALF_LIFE = 20.0
"""Events after which an older one counts half: a day of many says more of today's taste than of last year's."""
SECONDS_HALF_LIFE = 120 * 86400.0
MOST_EVENTS = 500
MOST_SHARE = 0.25
"""Of a history's weight, the part that one event or one series may have at most."""
