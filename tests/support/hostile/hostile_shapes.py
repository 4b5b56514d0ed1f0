"""Text as nobody writes it: shapes that are slow for what looks harmless, at any length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from shared.errors import HeadraceError

PIECES = {
    "one letter": "a", "spaces": " ", "line ends": "\n", "dots": "a.", "dashes": "- ", "brackets": "[", "open tags": "<a ", "nested tags": "<div>", "marks": "#\n",
    "quotes": '"', "backslashes": "\\", "digits": "9", "numbers": "1,234.5 ", "commas": "1,", "hours": "1:", "fences": "```\n", "addresses": "//a.", "at signs": "a@",
    "pipes": "|", "entities": "&amp;", "capitals": "Aa ", "chinese": "一", "chinese figures": "億", "emoji": "👩\u200d", "unseen": "\u200b", "wide": "Ａ．", "braces": "{",
    "returns": "\r", "tabs": "\t\n", "stars": "**", "percent": "5% ", "colons": "A: ", "months": "May 2026 ", "slashes": "/", "words": "the company of ", "nulls": "\0",
    "apostrophes": "I'm a ", "arrows": "00:00:01,000 --> ", "questions": "Why? ", "mixed": "a1 B-c, d; (e) [f] ", "combining": "e\u0301", "right to left": "\u202eש ",
    "declarations": "encoding='", "urls": "url(", "declared": "\n<!ENTITY", "prefixes": "<a:b ", "broken addresses": "http://[ ",
}  # fmt: skip
"""By name. Each has been slow for something once, here or elsewhere."""
AGAIN = 0.3
"""Processor seconds from which a call is measured again."""
FEW, LARGE = 20, 100_000
"""Of the pieces that are tried at sizes from so many characters on: the first ones."""


def shapes(size: int) -> Iterator[tuple[str, str]]:
    """Texts of about so many characters: a piece over and over; after a beginning, and before an end that does not fit."""
    for name, piece in list(PIECES.items())[: FEW if size >= LARGE else None]:
        yield name, (piece * (size // len(piece) + 1))[:size]
    yield "a word, spaces, a word", "a" + " " * (size - 2) + "b"
    yield "a tag, spaces", "<pre>a" + " " * (size - 6)
    yield "alternating", ("a b" + "- " * 20)[: size // 2] * 2
    yield "pyramid", "(" * (size // 2) + ")" * (size // 2)
    yield "one long line of words", "word " * (size // 5)


def seconds(call: Callable[[str], object], text: str, clock: Callable[[], float]) -> float:
    """Processor seconds of one call. What it raises of ours is an answer like any other."""
    began = clock()
    with suppress(HeadraceError):
        call(text)
    return clock() - began


def slowest(call: Callable[[str], object], size: int, clock: Callable[[], float]) -> tuple[float, str]:
    """Processor seconds of the slowest shape, and its name."""
    worst = (0.0, "")
    for name, text in shapes(size):
        took = seconds(call, text, clock)
        if took > AGAIN:  # others are at work, too
            took = min(took, seconds(call, text, clock))
        worst = max(worst, (took, name))
    return worst
