"""A file that somebody named, read to its end, which has to come: devices have none."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import BinaryIO

from shared.errors import BadInput

MOST_BYTES = 1 << 30
"""More is no input of ours, and what a pipe gives may never end."""
_PIECE = 1 << 22


def bytes_of(path: Path) -> bytes:
    """What a file or a pipe holds.

    Raises:
        BadInput: it cannot be read, is a folder or a device, or holds more than `MOST_BYTES` (`no_such_file`).
    """
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISDIR(mode) or _is_standard_input(path)):
            raise _unreadable(path, "it is no file, but a device or a socket")
        with path.open("rb") as file:  # a folder says by itself what it is
            content = _bounded(file)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:  # a name that no file can have
        raise _unreadable(path, str(error)) from error
    if len(content) > MOST_BYTES:
        raise _too_much(str(path))
    return content


def _bounded(file: BinaryIO) -> bytes:
    """Its bytes; of more than `MOST_BYTES` a little more than those."""
    pieces, size = [], 0
    while size <= MOST_BYTES and (piece := file.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def text_of(path: Path) -> str:
    """What a file of UTF-8 text says, without its mark of byte order, its lines ended as ours are.

    Raises:
        BadInput: as above, or it is no text.
    """
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"cannot read {path}: it is not UTF-8 text", code="no_such_file", advice="Save it as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def standard_input() -> str:
    """What is given on standard input.

    Raises:
        BadInput: it is no text, or more than `MOST_BYTES` characters (`no_such_file`).
    """
    try:
        text = sys.stdin.read(MOST_BYTES + 1)
    except UnicodeDecodeError as error:
        raise BadInput("standard input is not UTF-8 text", code="no_such_file") from error
    if len(text) > MOST_BYTES:
        raise _too_much("standard input")
    return text


def _is_standard_input(path: Path) -> bool:
    """Whether it is `/dev/stdin` on a terminal: people type there, and end it."""
    return sys.stdin is not None and sys.stdin.isatty() and path.resolve() == Path("/dev/stdin").resolve()


def _unreadable(path: Path, why: str) -> BadInput:
    return BadInput(f"cannot read {path}: {why}", code="no_such_file")


def _too_much(name: str) -> BadInput:
    return BadInput(f"cannot read {name}: it holds more than {MOST_BYTES:,} bytes", code="no_such_file")
