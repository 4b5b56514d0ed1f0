"""Arabic and Hebrew as they are read: letters joined, and each line in the order in which it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = re.compile(r"[^\W\d_]")


def has_right_to_left(text: str) -> bool:
    """Whether a text holds letters that are read from the right."""
    return not text.isascii() and _RTL.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether a text as a whole is read from the right: its first letter is."""
    first = _STRONG.search(text)
    return first is not None and _RTL.match(first[0]) is not None


def visual(text: str) -> str:
    """One line in drawing order, its letters joined. A text without such letters comes back as it is."""
    if not has_right_to_left(text):
        return text
    from arabic_reshaper import reshape  # noqa: PLC0415 - few guides have such letters
    from bidi.algorithm import get_display  # noqa: PLC0415 - as above

    return str(get_display(reshape(text), base_dir="R" if is_right_to_left(text) else "L"))


def visual_lines(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """A paragraph broken into lines of at most `room` points in reading order, each line then in drawing order.

    The direction is the whole paragraph's. A word wider than a line stands on a line of its own.
    """
    from arabic_reshaper import reshape  # noqa: PLC0415 - few guides have such letters
    from bidi.algorithm import get_display  # noqa: PLC0415 - as above

    base = "R" if is_right_to_left(text) else "L"
    blank = width(" ")
    lines: list[list[str]] = [[]]
    used = 0.0
    for word in reshape(text).split():
        wide = width(word)
        if lines[-1] and used + blank + wide > room:
            lines.append([])
            used = 0.0
        used += wide + (blank if lines[-1] else 0)
        lines[-1].append(word)
    return [str(get_display(" ".join(line), base_dir=base)) for line in lines]
