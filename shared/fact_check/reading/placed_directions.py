"""The words of direction of a text, each with what stands beside it, and with whom and what it is said of: revenue rose, 外資買超力積電."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.fact_check.reading.clauses import Span, clause_ends, sentences
from shared.fact_check.reading.context import Context
from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.direction_words import Pole, poles
from shared.fact_check.vocabulary.line_words import words_in
from shared.fact_check.vocabulary.metric_names import metrics

PACE = "pace"
"""The axis of how fast something moves: growth slowed."""
AXES = frozenset({"change", "flow", "surprise", "turn", "cross", "hiring", "balance", PACE})
LEAST = 0.35
"""Weight from which on a word of a figure says what that is of."""
_AS_ONE = {"extent": "change", "trend": "change"}
_EITHER = frozenset({"earnings"})
"""May be a profit or a loss."""
_PACE = re.compile(
    r"(?:增速|[增涨跌降升]幅|\b(?:growth|pace|increase|decrease|decline|gains?|rise|loss(?:es)?|deficit|discount|gap)(?: rate)?)[^,，。;；]{0,12}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction word of a fact, and what stands beside it."""

    axis: str
    sign: int
    beside: Context


def directions_of(text: str) -> Iterator[tuple[Pole, Direction]]:
    """The direction words of a folded text."""
    for pole in poles(text):
        if text[pole.start : pole.end].lower() not in _EITHER:
            yield pole, Direction(_AS_ONE.get(pole.axis, pole.axis), pole.sign, Context.of(text, pole.start, pole.end))


@dataclass(frozen=True, slots=True)
class ClauseDirection:
    """A word of direction, and the `words` that it is said of. `clause`: where those stand."""

    start: int
    end: int
    axis: str
    sign: int
    words: frozenset[str]
    clause: Span


def clause_directions(text: str) -> list[ClauseDirection]:
    """All of a folded text."""
    marks, named = poles(text), metrics(text)
    return [one for sentence in sentences(text) for one in _of_sentence(text, sentence, marks, named)]


def of_figures(read: Sequence[Figure]) -> Iterator[ClauseDirection]:
    """What each figure of a line says of which way it went."""
    for one in read:
        words = frozenset(token for token, weight in one.tokens.items() if weight >= LEAST) | one.subject
        for axis, sign in one.signs.items():
            if axis in AXES and not (axis == "change" and one.signs.keys() & {"extent", "quality"}):
                yield ClauseDirection(one.quantity.start, one.quantity.end, axis, sign, words, Span(0, 0))


def _of_sentence(
    text: str, sentence: Span, marks: Sequence[Pole], named: Sequence[tuple[int, int, str]]
) -> Iterator[ClauseDirection]:
    inside = [mark for mark in marks if sentence.start <= mark.start and mark.end <= sentence.end and _axis(mark) in AXES]
    if not inside:
        return
    ends = clause_ends(text, sentence)
    for at, mark in enumerate(inside):
        axis = _axis(mark)
        start = max(end for end in ends if end <= mark.start)
        stop = min(end for end in ends if end >= mark.end)
        if mark.axis in ("change", "extent") and _PACE.search(text, start, mark.start):
            axis = PACE
        begin = start if axis == PACE else max([start, *(one.end for one in inside[:at])])
        until = min([stop, *(one.start for one in inside[at + 1 :])])
        words = frozenset(words_in(text, Span(begin, until), named, marks))
        if start > sentence.start and (axis == PACE or not words):
            words |= frozenset(words_in(text, Span(sentence.start, start), named, marks))
        yield ClauseDirection(mark.start, mark.end, axis, mark.sign, words, Span(start, stop))


def _axis(mark: Pole) -> str:
    """What moves faster moves, so it says the same of a clause; a growth rate says nothing."""
    return "change" if mark.axis == "extent" else mark.axis
