"""The command as whoever reads a hint can type it: by its path, where the shell does not find it by its name."""

from __future__ import annotations

import re
import shutil
import sys
from importlib import metadata
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


def install_extra(extra: str) -> str:
    """The command that brings what an extra of the package needs: those packages by name, as nobody may own ours on an index."""
    wanted = [need for need in metadata.requires(NAME) or () if f"extra=={extra}" in re.sub(r"[ '\"]", "", need)]
    python = Path(command()).with_name("python") if command() != NAME else Path(sys.executable)
    return " ".join([f"{python} -m pip install", *(f"'{need.partition(';')[0].strip()}'" for need in wanted)])


def as_called(said: str) -> str:
    """A text in which each hint can be typed as it stands."""
    name = command()
    return HINT.sub(lambda _: f"{name} ", said) if name != NAME else said
