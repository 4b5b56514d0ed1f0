"""The ratings of a stock that a text tells: 買入, hold, underweight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shared.text.folding import folded

_RATINGS = {
    1: "buy|strong buy|overweight|outperform|accumulate|add|買入|買進|增持|優於大市|優於大盤|推薦|跑贏大市|跑贏行業|加碼|強烈推薦",
    0: "hold|neutral|market perform|equal[- ]weight|in[- ]line|peer perform|sector perform|持有|中性|中立|區間操作|與大市同步|觀望",
    -1: "sell|underweight|underperform|reduce|賣出|減持|沽出|劣於大市|遜於大盤|跑輸大市|減碼|避開",
}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(f"(?P<{name}{{0}}>{folded(_RATINGS[sign])})" for name, sign in (("plus", 1), ("even", 0), ("minus", -1)))
    after, before, moved = (words.format(at) for at in (1, 2, 3))
    return re.compile(
        rf"(?:评级|评等|投资建议|\brating)(?: of| at| to|为|至|:|维持|从)?\s?[「\"']?(?:{after})|(?:\b|(?<=[^A-Za-z]))(?:{before})[」\"']?(?: rating\b|的?(?:投资)?(?:评级|评等))"
        rf"|\b(?:upgrad|downgrad|rais|cut|lower|mov)\w{{0,4}} (?:[A-Za-z]{{1,16}} ){{0,3}}to (?:{moved})\b",
        re.IGNORECASE,
    )


def ratings(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and sign of every rating of a folded text: 1 is buy, 0 hold, -1 sell."""
    for match in _pattern().finditer(text):
        name = next(name for name, value in match.groupdict().items() if value)
        yield *match.span(), {"plus": 1, "even": 0, "minus": -1}[name[:-1]]
