"""What is posted as text where an agent's posts go: title, description and tags in one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from shared.post_rules.platform_limits import PLATFORMS, Platform

PlatformName = Literal["web", "x", "mastodon", "bluesky", "threads", "linkedin", "instagram", "pinterest"]
assert set(get_args(PlatformName)) <= set(PLATFORMS)  # noqa: S101 - places of the one table


def composed(title: str, description: str, tags: Iterable[str], caps: Platform) -> str:
    """Everything that is posted as text."""
    parts = ["" if caps.titled else title, description, " ".join(f"#{tag}" for tag in tags)]
    return "\n\n".join(part for part in parts if part)
