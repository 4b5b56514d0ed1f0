"""What an episode's vector is made from."""

from __future__ import annotations

from functions.for_you.records import Episode

DESCRIBED = 2000
"""Characters of a description that its vector is made from: what comes later is credits and links."""


def text_of(episode: Episode) -> str:
    """What an episode's vector is made from."""
    parts = (episode.title, episode.series_title, " ".join(episode.categories), episode.description[:DESCRIBED])
    return "\n".join(part for part in parts if part)
