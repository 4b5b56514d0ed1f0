"""Prompts are text files: this finds them."""

from __future__ import annotations

from pathlib import Path

from shared.prompt_files import read

FOLDER = Path(__file__).parent


def prompt(name: str) -> str:
    """The prompt `prompts/{name}.md`."""
    return read(FOLDER, name)
