"""Arabic and Hebrew as they are read: letters joined, and each line in the order in which it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import bidirectional

from functions.interview_prep.pdf.typography.line_order import drawing_order

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
    return ordered(text, "R" if is_right_to_left(text) else "L")


def ordered(text: str, side: str) -> str:
    """The same in a paragraph that is read from `side`: L or R."""
    return _ordered(_joined(text), side) if has_right_to_left(text) else text if side == "L" else _ordered(text, side)


def _pieces(word: str, width: Callable[[str], float], room: float) -> list[str]:
    """A word in pieces that fit a line; by its widest letter, so that nothing is measured twice."""
    if width(word) <= room:
        return [word]
    most = max(1, int(room / max(width(letter) for letter in set(word))))
    return [word[at : at + most] for at in range(0, len(word), most)]


@lru_cache(maxsize=4096)
def _joined(text: str) -> str:
    """The text with the joined forms of its letters. Kept: a guide is laid out several times."""
    from arabic_reshaper import reshape  # noqa: PLC0415 - few guides have such letters

    return str(reshape(text))


_QUOTATION = re.compile(r"“([^“”]{2,400})(?:”|$)|^([^“”]{2,400})(?=”)")
_NUMBER = r"\d[\d.,٬٫]{0,20}"
_WORD = r"[\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{1,40}"
_RANGE = re.compile(
    rf"(?<!\S){_NUMBER}(?:\s?[-–—]\s?{_NUMBER}(?:\s{_WORD}){{1,6}}|(?:\s{_WORD}){{1,6}}\s{_NUMBER}(?:\s{_WORD}){{0,6}})"
)
"""Numbers with words between or behind them that are read from the right, such as a pay range: one phrase of that direction."""
_PLACES = [chr(code) for code in range(0x2400, 0x2420)]
"""Signs without a direction: each stands for a quotation or a range while its line is ordered."""


@lru_cache(maxsize=8192)
def _ordered(line: str, base: str) -> str:
    """A line in drawing order; a quotation that is read the other way keeps its own order, and so does a range of numbers and words, as if it stood alone (UAX #9: isolates)."""
    kept: dict[str, str] = {}

    def hide(found: re.Match[str]) -> str:
        said = found[1] or found[2]
        sides = ["L" if kind == "L" else "R" for char in said if (kind := bidirectional(char)) in {"L", "R", "AL"}]
        own = "R" if 2 * sides.count("R") > len(sides) else next(iter(sides), "")  # a Latin name at its beginning turns none
        if own in {"", base} or len(kept) == len(_PLACES):
            return found[0]
        sign = _PLACES[len(kept)]
        kept[sign] = drawing_order(said, from_right=own == "R", turned=True)
        return found[0].replace(said, sign, 1)

    def hide_range(found: re.Match[str]) -> str:
        if len(kept) == len(_PLACES):
            return found[0]
        sign = _PLACES[len(kept)]
        kept[sign] = drawing_order(found[0], from_right=True, turned=True)
        return sign

    outer = line if any(sign in line for sign in _PLACES) else _QUOTATION.sub(hide, line)
    if base == "L" and not (any(sign in line for sign in _PLACES)):
        outer = _RANGE.sub(hide_range, outer)
    return "".join(kept.get(char, char) for char in drawing_order(outer, from_right=base == "R", turned=True))


def visual_lines(text: str, width: Callable[[str], float], room: float, side: str = "") -> list[str]:
    """A paragraph broken into lines of at most `room` points in reading order, each line then in drawing order.

    The direction is the whole paragraph's: `side` (L or R), else its first letter's. A word wider than a line is cut.
    """
    base = side or ("R" if is_right_to_left(text) else "L")
    words = [piece for whole in _joined(text).split() for piece in _pieces(whole, width, room)]
    # A blank is drawn in the font of the letters beside it: the widest, since lines are reordered after they are broken.
    blank = max((width(f"{char} {char}") - 2 * width(char) for char in set().union(*words)), default=0.0)
    lines: list[list[str]] = [[]]
    used = 0.0
    for word in words:
        wide = width(word)
        if lines[-1] and used + blank + wide > room:
            lines.append([])
            used = 0.0
        used += wide + (blank if lines[-1] else 0)
        lines[-1].append(word)
    return [_ordered(" ".join(line), base) for line in lines]
