"""A text as sentences and clauses: which words stand around a figure and belong to it rather than to its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[.!?](?=\s|$)|[。！？!?;；\n]|\.(?=[\u4e00-\u9fff])")
_CLAUSE = re.compile(
    r",(?!\d{3}(?!\d))|[、()（）\[\]「」\"]|:(?=\s*[^\d\s$€£¥+-])|\s[-–—]\s|——|—|(?<=[\u4e00-\u9fff\d%])\s(?=[\u4e00-\u9fff])(?!(?:亿|万|元|点|张|股|家|个|人|倍|吨|辆|港|美|台|日|年|月|季|和|与|及|或|由|至|到|为|约|近))|\b(?:but|while|whereas|yet|although|though|versus|vs\.?|against|compared (?:with|to)|out of)\b|而(?!且)|但|却|则|相较|相比",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?:\s|-|的)?(?:of|in|的|rise|increase|decrease|growth|gain|jump|drop|decline|fall|surge|improvement|loss|profit|升幅|涨幅|跌幅|增幅|降幅|增长|成长|衰退|下滑)",
    re.IGNORECASE,
)
"""What joins the words after a figure to it: 62% growth in revenue, 59.5% 的毛利率."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Around one figure: its sentence, what stands `left` and `right` of it in its clause, and `before` it in its sentence.

    `attached`: the right piece belongs to the figure by its first word; else it may as well belong to what follows.
    """

    sentence: Span
    left: Span
    right: Span
    before: Span
    after: Span
    own: Span
    """From the figure to the next one, or to its clause's end."""
    attached: bool
    joined: bool
    """Only `and`, 、 or a comma part it from the figure before."""


def sentences(text: str) -> list[Span]:
    """The sentences; a decimal point ends none."""
    spans, start = [], 0
    for match in _SENTENCE.finditer(text):
        spans.append(Span(start, match.end()))
        start = match.end()
    return [*spans, Span(start, len(text))]


_FULL_STOP = re.compile(r"[.!?](?=\s|$)|[。！？!?\n]")


def parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two places; a semicolon ends none."""
    return _FULL_STOP.search(text, start, end) is not None


def clause_ends(text: str, sentence: Span) -> list[int]:
    """The places where its clauses part, its own ends included."""
    return [sentence.start, *(match.start() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)), sentence.end]


def neighbourhoods(text: str, figures: list[Span]) -> list[Neighbourhood]:
    """One for each figure, in order. Figures do not overlap."""
    found: list[Neighbourhood] = []
    parts = sentences(text)
    which = 0
    ends: list[int] = []
    for at, figure in enumerate(figures):
        while parts[which].end <= figure.start and which + 1 < len(parts):
            which, ends = which + 1, []
        sentence = parts[which]
        ends = ends or clause_ends(text, sentence)
        before = figures[at - 1].end if at and figures[at - 1].end > sentence.start else sentence.start
        after = figures[at + 1].start if at + 1 < len(figures) and figures[at + 1].start < sentence.end else sentence.end
        begin = max((end for end in ends if end <= figure.start), default=sentence.start)
        stop = min((end for end in ends if end >= figure.end), default=sentence.end)
        left = Span(max(before, begin), figure.start)
        if at and found and before > begin:
            taken = found[-1].right if found[-1].attached and found[-1].right.end <= figure.start else Span(before, before)
            left = Span(max(left.start, taken.end), figure.start)
        right_end = right_limit = min(after, stop)
        attached = _ATTACHED.match(text, figure.end) is not None
        if attached and right_end == after < sentence.end:
            right_end = _attached_end(text, figure.end, right_end)
        last = after > stop or after == sentence.end
        right = Span(figure.end, right_end if attached or last or after > stop else figure.end)
        between = text[before : figure.start] if at and before > sentence.start else "?"
        joined = (
            re.fullmatch(r"[\s,，、和与及(（/]*+(?:and|or|about|roughly|approximately|或|约|折?合约?)?[\s$€£¥+\-]*+", between)
            is not None
        )
        found.append(
            Neighbourhood(
                sentence,
                left,
                right,
                Span(sentence.start, left.start),
                Span(right.end, after),
                Span(figure.end, max(figure.end, right_limit)),
                attached,
                joined,
            )
        )
    return found


_NEXT = re.compile(r"\b(?:and|to|with|on|as|while|for|at|from|after|by|against|than|which|that)\b|[和与及至到]", re.IGNORECASE)


def _attached_end(text: str, start: int, end: int) -> int:
    """Where the words that belong to a figure end, when another figure follows in the same clause."""
    first = _ATTACHED.match(text, start)
    begin = first.end() if first else start
    found = _NEXT.search(text, begin, end)
    return found.start() if found else end
