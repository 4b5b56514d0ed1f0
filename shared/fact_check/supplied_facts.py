"""What was supplied for a post, read once for all its texts: figures bound to what they measure, dates, stock codes, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from shared.fact_check.reading.context import Context
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.figure_extraction import figures
from shared.fact_check.reading.placed_directions import (
    ClauseDirection,
    Direction,
    clause_directions,
    directions_of,
    of_figures,
)
from shared.fact_check.reading.related_figures import outcomes, partners, related, surprises
from shared.fact_check.reading.shared_lists import distributed
from shared.fact_check.unit_match import home_currencies
from shared.fact_check.vocabulary.direction_words import poles
from shared.fact_check.vocabulary.line_words import words_of
from shared.fact_check.vocabulary.names_with_numbers import without_names
from shared.fact_check.vocabulary.ratings import ratings
from shared.numbers.date_expressions import Date, dates
from shared.numbers.quantity_parser import quantities
from shared.text.folding import folded
from shared.text.in_place import blanked_at

_SCALES = {"k": 3, "thousand": 3, "thousands": 3, "m": 6, "mn": 6, "mm": 6, "million": 6, "millions": 6, "b": 9, "bn": 9, "billion": 9, "billions": 9,
           "t": 12, "tn": 12, "trillion": 12, "trillions": 12, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "兆": 12, "万亿": 12}  # fmt: skip

_REPORTS = re.compile(
    r"(?P<who>[^,.;:，。；：\d]{2,40}?)(?:\s?[(（][^()（）]{1,16}[)）])?(?:[:：]|\s?(?:公告|披露|发布|公布|宣布|表示|[\dA-Za-z月日晚早间午盘后前]{0,8}(?:公告|披露|发布|公布|宣布))|\s(?:reports?|reported|announces?|announced|posts?|posted|says?|said)\b)",
    re.IGNORECASE,
)
"""So-and-so announced: what a report begins with."""


@dataclass(frozen=True)
class Supplied:
    """What the facts, the topic, the code and the name say."""

    figures: tuple[Figure, ...] = ()
    dates: tuple[tuple[Date, int], ...] = ()
    """Each with the number of its line."""
    tickers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """The stock's code and the digits in its name: no figures."""
    lines: tuple[str, ...] = ()
    """Folded."""
    given: tuple[str, ...] = ()
    """The same as they were given, to be shown."""
    words: tuple[frozenset[str], ...] = ()
    """Of each line."""
    ways: tuple[dict[str, frozenset[int]], ...] = ()
    """The directions that each line speaks of, by axis."""
    scales: tuple[frozenset[int], ...] = ()
    """The powers of ten that each line speaks of."""
    home: frozenset[str] = frozenset()
    text: str = ""
    weights: dict[str, float] = field(default_factory=dict, hash=False)
    """How much a word tells one fact from the others, 0..1."""
    own_name: frozenset[str] = frozenset()
    """The words of the stock's name: it is the subject of most facts."""
    metrics: frozenset[str] = frozenset()
    """What the facts measure, all of them."""
    topic: frozenset[str] = frozenset()
    """The words of what the first line names as its subject (so-and-so reported ...): the lines after it are about that, too."""
    together: tuple[tuple[Figure, Figure], ...] = ()
    """Figures that say one thing: an amount and its change, a loss and what it is per share."""
    directions: tuple[Direction, ...] = ()
    """The direction words of all lines."""
    clauses: tuple[ClauseDirection, ...] = ()
    """The same, with the words of their clauses."""
    beside: tuple[Context, ...] = ()
    """What stands beside each of `figures`."""
    beside_dates: tuple[Context, ...] = ()
    """What stands beside each of `dates`."""
    outcomes: dict[int, int] = field(default_factory=dict, hash=False)
    """For each figure that analysts expected, by identity: whether what came was more (1) or less (-1)."""
    results: dict[int, int] = field(default_factory=dict, hash=False)
    """For each figure that came of what was expected, by identity: whether it was more (1) or less (-1)."""
    ratings: frozenset[int] = frozenset()
    """Of the stock: 1 is buy, 0 hold, -1 sell."""

    @classmethod
    def of(cls, texts: Sequence[str], *, code: str = "", name: str = "") -> Supplied:
        """From the facts and the topic, and the stock's code and name."""
        given = [text for text in texts if text]
        lines = tuple(folded(text) for text in given)
        read: list[Figure] = []
        said: list[tuple[Date, int]] = []
        together: list[tuple[Figure, Figure]] = []
        beside: list[Context] = []
        for number, line in enumerate(lines):
            found = dates(line)
            said += [(date, number) for date in found]
            plain = without_names(undated(line, found))
            listed, pairs = distributed(plain, figures(plain, quantities(plain), found, number))
            mine = related(plain, listed)
            together += partners(plain, mine) + [(mine[one], mine[two]) for one, two in pairs]
            read += mine
            beside += [Context.of(plain, one.quantity.start, one.quantity.end) for one in mine]
        words = tuple(frozenset((*words_of(line), *_initials(line))) for line in lines)
        counted = Counter(word for line in words for word in line)
        weights = {word: 1.0 if times == 1 else 0.6 if times == 2 else 0.3 for word, times in counted.items()}  # noqa: PLR2004
        whose = frozenset(re.findall(r"\d+", folded(name))) | ({bare(folded(code))} if bare(folded(code)).isdigit() else set())
        tickers = {bare(word) for line in (*lines, folded(code)) for word in re.findall(r"[A-Za-z0-9][A-Za-z0-9.]*", line)}
        home = home_currencies(folded(code), {figure.quantity.currency for figure in read})
        return cls(
            tuple(read), tuple(said), frozenset(tickers), whose - {""}, lines, tuple(given), words, tuple(map(_ways, lines)), tuple(_scales(line) for line in lines), home,
            "\n".join((*given, code, name)), weights, frozenset(words_of(f"{folded(name)} {folded(code)}")),
            frozenset(token[1:] for figure in read for token in figure.tokens if token.startswith("=")),
            frozenset(_topic(lines[0]) if lines else ()), tuple(together),
            tuple(found for line in lines for _, found in directions_of(line)),
            (*(found for line in lines for found in clause_directions(line)), *of_figures(read)), tuple(beside),
            tuple(Context.of(lines[number], date.start, date.end) for date, number in said), outcomes(read), surprises(read),
            frozenset(sign for line in lines for _, _, sign in ratings(line)),
        )  # fmt: skip


@lru_cache(maxsize=64)
def supplied_by(texts: tuple[str, ...], code: str = "", name: str = "") -> Supplied:
    """`Supplied.of`, made once for all the texts that are held against the same facts. Not to be changed."""
    return Supplied.of(texts, code=code, name=name)


def bare(ticker: str) -> str:
    """One spelling of a code: no exchange, no zeros in front."""
    return ticker.upper().split(".")[0].lstrip("0")


def undated(text: str, said: Sequence[Date]) -> str:
    """The text with every date blanked: the figures of a date are no quantities. A year alone is kept where it may be a figure."""
    return blanked_at(((date.start, date.end) for date in said), text)


def _ways(line: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for pole in poles(line):
        found.setdefault(pole.axis, set()).add(pole.sign)
    return {axis: frozenset(signs) for axis, signs in found.items()}


def _topic(line: str) -> list[str]:
    found = _REPORTS.match(line)
    return [word for word in words_of(found["who"]) if not word.startswith("=")] if found else []


def _initials(line: str) -> list[str]:
    """What a line's runs of three to five words are called for short: crpo for current remaining performance obligation."""
    words = re.findall("[A-Za-z]+", line.lower())
    return ["".join(word[0] for word in words[at : at + long]) for long in (3, 4, 5) for at in range(len(words) - long + 1)]


def _scales(line: str) -> frozenset[int]:
    return frozenset(_SCALES[word] for word in re.findall(r"[A-Za-z]+|[百千十万亿兆]+", line.lower()) if word in _SCALES)
