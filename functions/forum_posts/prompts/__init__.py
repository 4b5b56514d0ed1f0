"""Prompts are text files: this finds them, and says what of a profile goes into them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from functions.forum_posts.profiles import Profile

FOLDER = Path(__file__).parent


@cache
def prompt(name: str) -> str:
    """The prompt `prompts/{name}.md`."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()


def asked(profile: Profile) -> dict[str, object]:
    """A persona as the model sees it."""
    shown = {"name", "persona", "traits", "style_samples", "platform"}
    return {name: value for name, value in profile.model_dump(mode="json", include=shown).items() if value}
