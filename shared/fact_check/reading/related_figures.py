"""What the figures of facts say of each other: which is the earlier one, which way it went since, which go together, and what came of what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from shared.fact_check.reading.clauses import Span
from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.direction_words import poles
from shared.fact_check.vocabulary.line_words import words_in
from shared.fact_check.vocabulary.metric_names import ACTS, metrics
from shared.fact_check.vocabulary.time_words import COMPANY, YEAR

LONGEST, FARTHEST = 36, 64
"""Characters between two figures that say one thing; between a figure and what is said to be its change."""
_APART = re.compile(
    r"[.;。；]|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])|\b(?:while|but|and|from|to|compared|versus|against|then|before|after)\b|[:：]|而|但|从|由|至|较|比去|\bthose\b|失守|跌穿|跌破|升穿|站上|突破|收市|收盘|盘中|早段|早盘|午后|尾盘|盘后",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    r"(?:[\s,]*(?:on the year|year[- ]on[- ]year|year[- ]over[- ]year|from a year (?:ago|earlier)))?[,，]?\s?"
    r"(?:to(?: (?:reach|close at|end at|finish at))?|to (?:close|end|finish) at (?:the (?:day|session)'s (?:low|high)|a \w{1,10} (?:low|high)) of|(?:closing |ending |finishing )?at|收盘?(?:在|于|报)?|报|来到|[至到])\s?(?:HK|US|NT)?[$€£¥]?",
    re.IGNORECASE,
)
"""What leads from a change to where it led: up 13% to $106.4 million."""
_MOVED_BY = re.compile(
    r"[,，]\s?相?[较比][^,，。;；\d]{0,16}|[^,，.。;；\d]{0,48},\s(?:an? )?(?:[a-z]{1,12} )?(?:up|down|decline|increase|decrease|drop|rise|gain|growth|fall|jump)\b(?: of| by)?\s?",
    re.IGNORECASE,
)
_OR = re.compile(r"[,，]?\s?(?:or|或)\s?|\s?[(（]")
_OF_ITS_OWN = re.compile(r"\s?的\s?(?=[\u4e00-\u9fff\d])")
_MOST = 2
"""How many times as much as was expected a result may be."""
_NO_MEASURE = frozenset({"=guidance", "=target"})
PER_SHARE = frozenset({"=per_share", "=eps"})


def related(text: str, read: Sequence[Figure]) -> list[Figure]:
    """The figures of one line: those of an earlier year are marked so, and what stands beside them has the direction it went."""
    read = _dated_behind(text, _stepped(read))
    marked = [replace(one, standing=replace(one.standing, earlier=YEAR)) if _is_earlier(one, read) else one for one in read]
    directed = [_directed(one, marked) for one in marked]
    for at in range(len(directed) - 1):
        one, two = directed[at], directed[at + 1]
        way = two.signs.get("change", 0)
        if (
            way
            and two.change
            and two.basis != "to_date"
            and not one.change
            and "change" not in one.signs
            and (go_together(text, one, two) or _moved_by(text, one, two))
        ):
            directed[at] = replace(one, signs={**one.signs, "change": way})
        if (than := _than_expected(one, two)) and "surprise" not in one.signs:
            directed[at] = replace(directed[at], signs={**directed[at].signs, "surprise": than})
        way = one.signs.get("change", 0)
        if way and one.change and not two.change and "change" not in two.signs and _brought(text, one, two):
            directed[at + 1] = replace(two, signs={**two.signs, "change": way})
        if way and _is_further(text, one, two):
            directed[at + 1] = replace(two, signs={**two.signs, "change": way})
    return directed


def _is_further(text: str, one: Figure, two: Figure) -> bool:
    """Whether a change without a word of direction goes the way of the one before it: up 2.1% from a month earlier and 46.7% on the year."""
    alike = one.change and two.change and one.unit == two.unit and one.sentence == two.sentence and bool(two.basis)
    return alike and "change" not in two.signs and not poles(text[one.quantity.end : two.quantity.start])


def _dated_behind(text: str, read: Sequence[Figure]) -> list[Figure]:
    """The figures, each with the time of what says the same in other words: a loss of 88 million, or 15 cents, a year earlier."""
    made = list(read)
    for at, (one, two) in enumerate(pairwise(read)):
        if two.standing.earlier and not one.standing.earlier and _in_other_words(text, one, two):
            made[at] = replace(one, standing=replace(one.standing, earlier=two.standing.earlier))
    return made


def _stepped(read: Sequence[Figure]) -> list[Figure]:
    """The figures, each that is what another one became with the way it went: 2.4% in January, down from 2.7%."""
    made = list(read)
    for at, (one, two) in enumerate(pairwise(read)):
        if {one.role, two.role} != {"from", "to"} or one.unit != two.unit or one.sign_said or two.sign_said:
            continue
        place, now, before = (at, one, two) if one.role == "to" else (at + 1, two, one)
        near = 0 <= two.quantity.start - one.quantity.end <= FARTHEST and -1 not in now.signs.values()
        if near and "change" not in now.signs and now.quantity.value != before.quantity.value:
            way = 1 if now.quantity.value > before.quantity.value else -1
            made[place] = replace(now, signs={**now.signs, "change": way})
    return made


def _moved_by(text: str, one: Figure, two: Figure) -> bool:
    """Whether a change behind a figure is its own, though more words part them: 3.45%, 较7月上升 0.05 points; 2.8 million subscribers, a decline of 6%."""
    far = two.quantity.start - one.quantity.end > FARTHEST or one.role or one.standing.earlier
    return not far and _MOVED_BY.fullmatch(text, one.quantity.end, two.quantity.start) is not None


def _than_expected(one: Figure, two: Figure) -> int:
    """Whether a figure was more (1) or less (-1) than what was expected, which stands behind it: $1.47 against $1.48 expected."""
    alike = one.unit == two.unit and not (one.change or two.change or one.role or two.role) and one.sentence == two.sentence
    if not alike or one.standing.expected or not (two.standing.expected and two.standing.baseline) or -1 in one.signs.values():
        return 0
    far = two.quantity.start - one.quantity.end > LONGEST or not 0.5 < one.quantity.value / (two.quantity.value or 1) < 2  # noqa: PLR2004
    return 0 if far or one.quantity.value == two.quantity.value else 1 if one.quantity.value > two.quantity.value else -1


def _brought(text: str, one: Figure, two: Figure) -> bool:
    """Whether a change led to the figure after it: rose 13% to $106.4 million."""
    return _BROUGHT.fullmatch(text, one.quantity.end, two.quantity.start) is not None


def _is_earlier(one: Figure, read: Sequence[Figure]) -> bool:
    mine = dict(one.periods)
    if one.change or one.standing.earlier or "year" not in mine:
        return False
    return any(
        _same_kind(one, other) and dict(other.periods).get("year", 0) > mine["year"] and _same_quarter(mine, dict(other.periods))
        for other in read
        if not other.change
    )


def _same_quarter(mine: dict[str, int], theirs: dict[str, int]) -> bool:
    return mine.get("quarter") in (None, theirs.get("quarter"))


def _directed(one: Figure, read: Sequence[Figure]) -> Figure:
    """Up or down from the one earlier figure of its kind, if the fact's own words do not say so."""
    if one.change or one.standing.earlier or one.standing.expected or "change" in one.signs:
        return one
    earlier = [other for other in read if other.standing.earlier and not other.change and _same_kind(one, other)]
    if len(earlier) != 1 or earlier[0].signs.get("result", 0) == -one.signs.get("result", 0) != 0:
        return one
    if one.quantity.sign or earlier[0].quantity.sign:
        return one
    before, now = earlier[0].quantity.value, one.quantity.value
    return one if before == now else replace(one, signs={**one.signs, "change": 1 if now > before else -1})


def _same_kind(one: Figure, other: Figure) -> bool:
    """The same unit, and the same metric as far as both name one."""
    mine, theirs = ({token for token in figure.tokens if token.startswith("=")} for figure in (one, other))
    return (
        one is not other
        and one.unit == other.unit
        and (not mine or not theirs or bool(mine & theirs))
        and bool(mine & PER_SHARE) == bool(theirs & PER_SHARE)
    )


def go_together(text: str, one: Figure, two: Figure) -> bool:
    """Whether two figures that follow each other say one thing of one time: 2.04 亿, down 4.13%; $54.8 million, or 87 cents a share."""
    start, end = one.quantity.end, two.quantity.start
    if not 0 <= end - start <= LONGEST or slot(one) == slot(two) or _place(one) != _place(two):
        return False
    brought = one.change and not two.change and _brought(text, one, two)
    if not brought and _APART.search(text, start, end):
        return False
    if one.change and not two.change and not brought and _OF_ITS_OWN.match(text, two.quantity.end):
        return False  # 跌逾513点, 连31372点的5日线
    between = words_in(text, Span(start, end), metrics(text), poles(text))
    if one.change and not two.change and not brought and between and not text[start:end].isascii():
        return False  # 同比减少3.7%, 出栏31959万头
    if two.change and one.brought and between:
        return False  # up 70% to 36.1, wholesale down 30%
    marks = {"=high", "=low"} if brought else set[str]()  # to close at the day's low of 508
    return not any(word.startswith("=") and word not in PER_SHARE | marks and word[1:] not in ACTS for word in between)


def partners(text: str, read: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Those of one line that go together; a second change of one amount goes with it, too: 9,899 亿, 季增 6%, 年增 30%."""
    found: list[tuple[Figure, Figure]] = []
    for before, one, two in zip((None, *read), read, read[1:], strict=False):
        if go_together(text, one, two) or (two.change and not one.change and _moved_by(text, one, two)):
            found.append((one, two))
        elif before is not None and found[-1:] == [(before, one)] and one.change and slot(one) == slot(two):
            found += [(before, two)] if not _APART.search(text, one.quantity.end, two.quantity.start) else []
        if (before is not None and found[-1:] == [(one, two)] and _in_other_words(text, before, one)) or (
            before is not None and (before, one) in found[-2:] and _in_other_words(text, one, two)
        ):
            found.append((before, two))
    return [*found, *_further_changes(read, found)]


def _in_other_words(text: str, one: Figure, two: Figure) -> bool:
    """Whether the second figure says what the first one does: 132 points, or 0.7%."""
    return one.change == two.change and _OR.fullmatch(text, one.quantity.end, two.quantity.start) is not None


def _further_changes(read: Sequence[Figure], found: Sequence[tuple[Figure, Figure]]) -> list[tuple[Figure, Figure]]:
    """An amount and every other change of it: 339.6 million, up 5.3% from 322.4 million and 22.4% from 277.6 million."""
    at = {id(one): place for place, one in enumerate(read)}
    further = []
    for level, change in found:
        if level.change or not change.change:
            continue
        for two in read[at[id(change)] + 1 :]:
            if two.change and slot(two) == slot(change) and two.sentence == level.sentence:
                further.append((level, two))
            elif two.role != "from" and not two.standing.earlier:
                break
    return further


def _place(figure: Figure) -> tuple[str, bool]:
    """A change's own time is what it is measured from."""
    return "" if figure.change else figure.standing.earlier, bool(figure.standing.expected)


def slot(figure: Figure) -> tuple[str, str, bool, bool]:
    """What could stand in its place: its kind, unit, whether it is a change and whether it is told per share."""
    one = figure.quantity
    return one.kind, one.unit, figure.change, one.kind == "money" and bool(PER_SHARE & figure.tokens.keys())


def outcomes(read: Sequence[Figure]) -> dict[int, int]:
    """1 or -1 for each expected figure, by identity, whose result stands in the same text: one only, or all on one side."""
    found = {}
    for expected in read:
        if expected.standing.expected and expected.standing.expected != COMPANY and not expected.standing.earlier:
            signs = {1 if _with_sign(one) > _with_sign(expected) else -1 for one in _results(expected, read)}
            if len(signs) == 1:
                found[id(expected)] = signs.pop()
    return found


def surprises(read: Sequence[Figure]) -> dict[int, int]:
    """The reverse of `outcomes`: 1 or -1 for each figure that came of one that was expected, where all of those are on one side."""
    found: dict[int, set[int]] = {}
    told = outcomes(read)
    for expected in read:
        for one in _results(expected, read) if id(expected) in told else ():
            found.setdefault(id(one), set()).add(told[id(expected)])
    return {one: signs.pop() for one, signs in found.items() if len(signs) == 1}


def _with_sign(figure: Figure) -> Decimal:
    """Its value, below zero for a loss and a fall."""
    lost = figure.signs.get("result") == -1 or (figure.change and figure.signs.get("change") == -1) or figure.quantity.sign < 0
    return -figure.quantity.value if lost else figure.quantity.value


def results_of(expected: Figure, read: Sequence[Figure], most: int = _MOST) -> list[Figure]:
    """The figures that may be what came of an expected one: up to `most` times as much."""
    return list(_results(expected, read, most)) if expected.standing.expected else []


def _results(expected: Figure, read: Sequence[Figure], most: int = _MOST) -> Iterator[Figure]:
    mine = _measured(expected)
    for one in read:
        alike = (
            one.unit == expected.unit
            and (one.change == expected.change or one.quantity.kind != "percent")
            and one.quantity.value != expected.quantity.value
        )
        if not alike or one.standing.expected or one.standing.earlier or one.role == "from":
            continue
        if not expected.quantity.value or not 1 / most < one.quantity.value / expected.quantity.value < most:
            continue
        if _other_time(expected, one):
            continue
        theirs = _measured(one)
        if (mine & theirs) or (one.noun and one.noun == expected.noun) or (one.line == expected.line and not (mine and theirs)):
            yield one


def _other_time(one: Figure, other: Figure) -> bool:
    mine, theirs = dict(one.periods), dict(other.periods)
    return any(name in theirs and theirs[name] != value for name, value in mine.items())


def _measured(figure: Figure) -> set[str]:
    return {token for token, weight in figure.tokens.items() if token.startswith("=") and weight >= 0.35} - _NO_MEASURE  # noqa: PLR2004
