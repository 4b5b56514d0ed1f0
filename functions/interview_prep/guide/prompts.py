"""Prompts are text files: this finds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "prompts"


@cache
def prompt(name: str) -> str:
    """The prompt `prompts/{name}.md`."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
