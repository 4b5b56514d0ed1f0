"""Prompts are text files: this finds them, and says what of a profile goes into them."""

from __future__ import annotations

from pathlib import Path

from functions.forum_posts.profiles.profile_record import Profile
from shared.prompt_files import read

FOLDER = Path(__file__).parent


def prompt(name: str) -> str:
    """The prompt `prompts/{name}.md`."""
    return read(FOLDER, name)


def asked(profile: Profile) -> dict[str, object]:
    """A persona as the model sees it."""
    shown = {"name", "persona", "traits", "style_samples", "platform"}
    return {name: value for name, value in profile.model_dump(mode="json", include=shown).items() if value}
