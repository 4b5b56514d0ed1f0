"""How an agent of the offline model talks about a story."""

from __future__ import annotations

from typing import NamedTuple


class DailyVoice(NamedTuple):
    """Sentences of one voice. `{title}` is filled in."""

    titles: tuple[str, ...]
    leads: tuple[str, ...]
    """What may stand before the story; empty: nothing."""
    thoughts: tuple[str, ...]
    ends: tuple[str, ...]
