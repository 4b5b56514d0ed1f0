"""Lists that share one verb: revenue and profit rose 14% and 7% respectively; 营收85亿元, 净利8千万元, 同比分别增长13.99%及6.73%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.fact_check.reading.clauses import Span
from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.direction_words import poles
from shared.fact_check.vocabulary.line_words import words_in
from shared.fact_check.vocabulary.metric_names import metrics

_EACH = re.compile(r"分别|依序|依次|各(?=[增减升跌涨占达为])|\brespectively\b", re.IGNORECASE)
_STEP = re.compile(
    r"\s?(?:,|、|和|及|与|以及|and|,\s?and)\s?(?:[增减升降涨跌]|增长|下降|减少|增加)?(?:HK|US|NT)?[$€£¥]?", re.IGNORECASE
)
"""Between two figures of one list."""
_NAMES = re.compile(r"、|和|及|与|,|\band\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:；。]")
TAIL = 0.5
"""Weight of what stands behind the last name and is said of all."""


def distributed(text: str, read: Sequence[Figure]) -> tuple[list[Figure], list[tuple[int, int]]]:
    """The figures of one folded line, each of such a list with the words of what it is told of; and which go together, by their places."""
    made, pairs = list(read), []
    for match in _EACH.finditer(text):
        run = _run(text, read, match)
        if len(run) < 2:  # noqa: PLR2004
            continue
        heads = _heads(read, run)
        if heads:
            for head, at in zip(heads, run, strict=True):
                made[at] = replace(made[at], tokens=_without_units(read[head].tokens), subject=read[head].subject)
                pairs.append((head, at))
            continue
        further = _further_run(text, read, run)
        for place, (at, tokens) in enumerate(zip(run, _named(text, read, run, match), strict=False)):
            named = frozenset(word for word in tokens if not word.startswith("="))
            made[at] = replace(made[at], tokens=tokens, subject=named)
            for other in further[place : place + 1]:
                own = {word: weight for word, weight in read[further[0]].tokens.items() if word.startswith("=")}
                made[other] = replace(made[other], tokens={**dict.fromkeys(named, 1.0), **own}, subject=named)
                pairs.append((at, other))
    return made, pairs


def _further_run(text: str, read: Sequence[Figure], run: Sequence[int]) -> list[int]:
    """The places of as many figures right behind a list, in another unit and in its sentence: rose 3%, 2% and 1%, to 45, 61 and 19."""
    first = run[-1] + 1
    if first >= len(read) or read[first].unit == read[run[0]].unit or read[first].sentence != read[run[0]].sentence:
        return []
    found = [first]
    while found[-1] + 1 < len(read) and _joined(text, read, found[-1]):
        found.append(found[-1] + 1)
    return found if len(found) == len(run) else []


def _run(text: str, read: Sequence[Figure], match: re.Match[str]) -> list[int]:
    """The places of the figures that the word tells of: those behind a Chinese one, those before an English one."""
    if match[0].isascii():
        before = [at for at, one in enumerate(read) if one.quantity.end <= match.start()]
        run = before[-1:] if before and match.start() - read[before[-1]].quantity.end < 4 else []  # noqa: PLR2004
        while run and run[0] and _joined(text, read, run[0] - 1):
            run.insert(0, run[0] - 1)
        return run
    after = [at for at, one in enumerate(read) if one.quantity.start >= match.end()]
    run = after[:1]
    while run and run[-1] + 1 < len(read) and _joined(text, read, run[-1]):
        run.append(run[-1] + 1)
    return run


def _joined(text: str, read: Sequence[Figure], at: int) -> bool:
    one, two = read[at].quantity, read[at + 1].quantity
    alike = one.kind in {two.kind, "plain"}  # 4.6和3.1个百分点
    return alike and _STEP.fullmatch(text, one.end, two.start) is not None


def _heads(read: Sequence[Figure], run: Sequence[int]) -> list[int]:
    """As many figures right before the list, of another kind and in its sentence."""
    first = run[0]
    heads = list(range(first - len(run), first))
    if heads[0] < 0 or any(read[at].sentence != read[first].sentence or read[at].change for at in heads):
        return []
    return heads if all(read[at].quantity.kind != read[first].quantity.kind for at in heads) else []


def _named(text: str, read: Sequence[Figure], run: Sequence[int], match: re.Match[str]) -> list[dict[str, float]]:
    """The words of each of as many names, and those behind the last, which is as long as the first, that are said of all."""
    start = max(read[run[0] - 1].quantity.end if run[0] else 0, read[run[0]].sentence)
    end = match.start() if not match[0].isascii() else read[run[0]].quantity.start
    stops = [stop.end() for stop in _CLAUSE.finditer(text, start, end)]
    for begin in reversed([start, *stops]):
        pieces = list(_pieces(text, begin, end))
        if len(pieces) >= len(run):
            pieces = pieces[-len(run) :]
            named, marks = metrics(text), poles(text)
            told = [words_in(text, piece, named, marks) for piece in pieces]
            last = pieces[-1]
            shared = Span(min(last.end, last.start + pieces[0].end - pieces[0].start), last.end)
            tail = dict.fromkeys(words_in(text, shared, named, marks), TAIL)
            return [{**tail, **dict.fromkeys(words, 1.0)} for words in told]
    return []


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _NAMES.finditer(text, start, end):
        if match.start() > at:
            yield Span(at, match.start())
        at = match.end()
    if at < end:
        yield Span(at, end)


def _without_units(tokens: dict[str, float]) -> dict[str, float]:
    return {word: weight for word, weight in tokens.items() if word != "=per_share"}
