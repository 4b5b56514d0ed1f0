"""Cursors: where a page ended, as an opaque text. Nothing is kept on the server."""

from __future__ import annotations

import base64
import json
from typing import Any

from shared.errors import BadInput

_LATEST = 1e12
"""POSIX seconds of no time of ours; no NaN, no infinity and no integer too long for a float is below it."""


def encode(place: list[Any]) -> str:
    """JSON values as URL-safe text."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_time(cursor: str) -> tuple[float, frozenset[str]]:
    """A time, and the ids at that very time that were given already.

    Raises:
        BadInput: not a cursor of ours (`invalid_cursor`).
    """
    match _decode(cursor):
        case [float() | int() as time, [*ids]] if abs(time) <= _LATEST and all(isinstance(each, str) for each in ids):
            return float(time), frozenset(ids)
    raise _invalid()


def decode_id(cursor: str) -> str:
    """The last id that was given.

    Raises:
        BadInput: not a cursor of ours (`invalid_cursor`).
    """
    match _decode(cursor):
        case [str() as last] if last.isprintable() and "/" not in last:
            return last
    raise _invalid()


def _decode(cursor: str) -> Any:
    try:
        return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits is a ValueError, too
        raise _invalid() from error


def _invalid() -> BadInput:
    return BadInput("this is not a cursor of this list", code="invalid_cursor", advice="Begin again without a cursor.")
