"""Prompts are text files in a pipeline's folder: this reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read(folder: Path, *names: str) -> str:
    """The prompts `{name}.md` of a folder, one after the other."""
    return "\n\n".join((folder / f"{name}.md").read_text(encoding="utf-8").strip() for name in names)
