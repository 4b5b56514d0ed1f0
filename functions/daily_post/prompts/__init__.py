"""Prompts are text files: this finds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def prompt(name: str) -> str:
    """The prompt `{name}.md`, after what all of them begin with."""
    return "\n\n".join((FOLDER / f"{part}.md").read_text(encoding="utf-8").strip() for part in ("common", name))
