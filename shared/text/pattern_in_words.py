"""What a field's pattern asks for, in words: `^[a-z0-9_]{1,64}$` is nothing to show somebody who has typed a slash."""

from __future__ import annotations

import re

WEB_ADDRESS = "is to be an address that begins with https:// or http://"
UNKNOWN = "is not written as it has to be"
_SET = re.compile(r"\[(\^?)([^\]]+)\](?:\{(\d+),(\d+)\}|(\+))?")
_RANGE = re.compile(r"A-Z|a-z|0-9|\\x00-\\x1f")


def pattern_in_words(pattern: str) -> str:
    """A sentence's end about the value: of an address, or of sets of characters with counts. Of other patterns nothing is told."""
    whole = pattern.removeprefix("^").removesuffix("$")
    if whole.startswith("http"):
        return WEB_ADDRESS
    sets = list(_SET.finditer(whole))
    if not sets or "".join(one[0] for one in sets) != whole:
        return UNKNOWN
    least, most = (sum(int(one[number] or 1) for one in sets) for number in (3, 4))
    count = "characters" if any(one[5] for one in sets) else f"{least} to {most} characters"
    negated, inside = sets[-1][1], _listed(sets[-1][2])
    first = f", the first of {_listed(sets[0][2])}" if len(sets) > 1 else ""
    return f"is to be {count}, {'none' if negated else 'each'} of {inside}{first}"


def _listed(inside: str) -> str:
    """`A-Za-z_-` as `A-Z, a-z, _ or -`."""
    ranges = ["control characters" if one.startswith("\\") else one for one in _RANGE.findall(inside)]
    kinds = [*ranges, *_RANGE.sub("", inside)]
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
