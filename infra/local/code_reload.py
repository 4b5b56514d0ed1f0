"""Starting `headrace dev` again when its code changes: the same process number, address and data folder, the new code.

The process replaces itself (`exec`), and its listening sockets live on: who connects meanwhile waits, and is answered by the new
code. Jobs go on: what was running is given back before, and taken up after.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

STEP_MS, WAIT_MS = 20, 80
"""Milliseconds between looks at the folders, and for which changes are gathered: an editor writes a file in several steps."""
PACKAGES = ("functions", "shared")
"""What every pipeline rests on."""
CODE = (".py", ".txt", ".md", ".json", ".html")
"""Ends of files that are code, prompts or templates."""


@dataclass(frozen=True)
class SyntaxFault:
    """Code that cannot be: nothing is started again for it."""

    file: str
    line: int
    why: str


def folders(packages: Iterable[str]) -> list[Path]:
    """Where the packages lie, as far as their owner may edit them: what is installed is not watched."""
    found: list[Path] = []
    for package in packages:
        try:
            spec = find_spec(package)
        except ImportError:  # a parent of it is not there, or broken: who loads it is told
            continue
        for place in spec.submodule_search_locations or () if spec else ():
            if "site-packages" not in place and place not in map(str, found):
                found.append(Path(place))
    return found


def last_edit(watched: Iterable[Path], now: float) -> float:
    """When a file of code was last changed (POSIX seconds); 0: never. What lies in the future is a clock's fault, and no edit."""
    times = [file.stat().st_mtime for folder in watched for file in folder.rglob("*") if file.suffix in CODE and file.is_file()]
    return max((at for at in times if at <= now), default=0.0)


async def changes(watched: Sequence[Path]) -> AsyncIterator[list[Path]]:
    """Files of code that changed, each time that some did."""
    from watchfiles import awatch  # noqa: PLC0415 - what is not watched needs none of it

    async for seen in awatch(*watched, step=STEP_MS, debounce=WAIT_MS, recursive=True):
        if files := sorted({Path(name) for _, name in seen if name.endswith(CODE) and "__pycache__" not in name}):
            yield files


def syntax_fault(files: Iterable[Path]) -> SyntaxFault | None:
    """The first fault in them that keeps Python from reading one; files that are gone have none."""
    for file in files:
        if file.suffix == ".py" and file.exists():
            try:
                compile(file.read_bytes(), str(file), "exec")
            except (SyntaxError, ValueError) as error:
                return SyntaxFault(str(file), getattr(error, "lineno", 0) or 0, getattr(error, "msg", str(error)))
    return None


def kept_open(listener: socket.socket) -> int:
    """A second descriptor of a socket, which outlives the first and the process image."""
    number = os.dup(listener.fileno())
    os.set_inheritable(number, True)
    return number


def taken_over(number: int) -> socket.socket:
    """The socket behind a descriptor that the process image before kept open; the descriptor itself stays for the next."""
    return socket.socket(fileno=os.dup(number))


def start_again(arguments: Sequence[str]) -> None:
    """Become `headrace` with these arguments. Does not return."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "infra.cli.main", *arguments])  # noqa: S606 - our own command
