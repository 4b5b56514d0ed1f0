"""The command as whoever reads a hint can type it: by its path, where the shell does not find it by its name."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

NAME = "headrace"
HINT = re.compile(rf"(?<![\w/.-]){NAME} (?=[a-z])")
"""The command in a sentence or by itself, with one of its commands after it."""


def command(*, absolute: bool = False) -> str:
    """`headrace`, or the path that it was called by. `absolute`: for a hint that leads to another folder first."""
    called = Path(sys.argv[0])
    if called.name != NAME or shutil.which(NAME) is not None:
        return NAME
    return str(called.absolute() if absolute else called)


def as_called(said: str) -> str:
    """A text in which each hint can be typed as it stands."""
    name = command()
    return HINT.sub(lambda _: f"{name} ", said) if name != NAME else said
