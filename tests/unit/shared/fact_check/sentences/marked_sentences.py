"""True sentences with marks that say what may be changed in them, and the changed ones.

`[12 元~12 %]` is a figure and the same with another unit, `<rose|fell>` a direction, `{Q1|Q2}` a time, `(:one|other:)` a subject.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

ITEMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "marked_posts.json").read_text(encoding="utf-8"))
_FIGURE = re.compile(r"\[([^\]~]+)(?:~([^\]]+))?\]")
_MARKS = {
    "direction": re.compile(r"<([^|>]+)\|([^>]+)>"),
    "period": re.compile(r"\{([^|}]+)\|([^}]+)\}"),
    "subject": re.compile(r"\(:([^|]+)\|([^:]+):\)"),
}


def plain(sentence: str) -> str:
    """The true sentence, without marks."""
    for mark in (_FIGURE, *_MARKS.values()):
        sentence = mark.sub(r"\1", sentence)
    return sentence


def changed(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and text of every change of every sentence."""
    figures = [match[1] for sentence in item["true"] for match in _FIGURE.finditer(sentence)]
    for sentence in item["true"]:
        for match in _FIGURE.finditer(sentence):
            others = [one for one in dict.fromkeys(figures) if _unit(one) == _unit(match[1]) and f"[{one}" not in sentence]
            for other in others[:2]:
                yield "other_fact", _with(sentence, match, other)
            if match[2]:
                yield "unit", _with(sentence, match, match[2])
            yield "invented", _with(sentence, match, _invented(match[1]))
        for kind, mark in _MARKS.items():
            for match in mark.finditer(sentence):
                yield kind, _with(sentence, match, match[2])


def _with(sentence: str, match: re.Match[str], new: str) -> str:
    return plain(sentence[: match.start()] + new + sentence[match.end() :])


def _unit(figure: str) -> str:
    return re.sub(r"[\d.,]+", "#", figure)


def _invented(figure: str) -> str:
    number = re.search(r"[\d,]*\d(?:\.\d+)?", figure)
    assert number is not None
    digits = number[0].replace(",", "")
    places = len(digits.partition(".")[2])
    value = round(Decimal(digits) * Decimal("1.37") + (Decimal("0.013") if places else 3), places)
    new = f"{value:,}" if "," in number[0] else str(value)
    return figure[: number.start()] + new + figure[number.end() :]
