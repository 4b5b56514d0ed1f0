"""Limits on JSON from strangers: refuses text with too many values or nested too deeply, before it is parsed.

Four million bytes of `{}` are 1.3 million objects: a limit on bytes alone is none on memory and time.
"""

from __future__ import annotations

import re
from itertools import accumulate

MAX_VALUES = 250_000
"""Values in one text. A thread of a forum as its API gives it has 40,000 in a megabyte; nothing that people send has more."""
MAX_DEPTH = 64
"""Lists and objects within each other."""

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+', re.DOTALL)
_NO_BRACKETS = re.compile(rb"[^\[\]{}]++")
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


class TooManyValues(ValueError):
    """More than anybody needs."""


def check_json_size(raw: bytes, *, values: int = MAX_VALUES, depth: int = MAX_DEPTH) -> None:
    """Let JSON pass that stays within bounds; whether it is JSON at all is its reader's to say.

    Raises:
        TooManyValues: more than `values`.
        ValueError: nested more than `depth` deep.
    """
    openers = raw.count(b"[") + raw.count(b"{")
    if openers <= depth and openers + raw.count(b",") <= values:  # whatever of it stands in texts
        return
    bare = _STRING.sub(b"", raw)
    if bare.count(b"[") + bare.count(b"{") + bare.count(b",") > values:
        raise TooManyValues(f"it holds more than {values:,} values")
    if max(accumulate(map(_STEPS.__getitem__, _NO_BRACKETS.sub(b"", bare))), default=0) > depth:
        raise ValueError(f"nested more than {depth} deep")
