"""The figures of a text as claims: (subject and metric, period, value, unit, sign, from -> to), each bound to the words around it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.fact_check.clauses import Neighbourhood, Span, neighbourhoods
from shared.fact_check.direction_words import Pole, poles
from shared.fact_check.metric_names import metrics
from shared.numbers.date_expressions import Date
from shared.numbers.quantity_parser import Quantity
from shared.text.blanking import blanked

BASES = {
    "year": r"\byoy\b|y/y|year[- ]on[- ]year|year[- ]over[- ]year|from a year (?:ago|earlier)|than a year (?:ago|earlier)|on the year|annual(?:ly|ised)?|去年同期|同比|按年|年增|年减|年成长|年衰退|较上年",
    "quarter": r"\bqoq\b|q/q|quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|sequential(?:ly)?|from the (?:prior|previous|last) quarter|季增|季减|按季|较上季|比上季|上一季|季成长",
    "month": r"\bmom\b|m/m|month[- ]on[- ]month|month[- ]over[- ]month|from the (?:prior|previous|last) month|月增|月减|按月|较上月|比上月|月成长",
    "week": r"week[- ]on[- ]week|on the week|周增|周减|单周|一周",
    "day": r"on the day|today|单日|今日|当日|今天",
    "to_date": r"year to date|\bytd\b|so far this year|this year so far|今年以来|年初至今|前\w{1,2}月累计|累计",
}
"""What a change is measured against."""
_BASIS = re.compile("|".join(f"(?P<{name}>{words})" for name, words in BASES.items()), re.IGNORECASE)
_CHANGE_AFTER = re.compile(
    r"\s?(?:的)?(?:more\b|less\b|fewer\b|higher\b|lower\b|cheaper\b|dearer\b|(?:above|below) (?:last|a|the) (?:year|quarter|month|prior)\b|growth|increase|decrease|rise|gain|jump|drop|decline|fall|surge|slide|cut|hike|升幅|涨幅|跌幅|增幅|降幅|增长|成长|衰退|下滑|跌势|涨势)",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    r"(?:\bby|\bup|\bdown|\badded|\blost|\bgained|\bshed|幅度?(?:为|达|约)?|[增减升涨跌降挫扬弹](?:了|长|加|少|幅|逾|近|约)?)\s?[$€£¥+\-]?$|(?:升|涨|跌|增|减|长|成长|衰退|下滑|上涨|下跌|下降|减少|增加)(?:超过|将近|大约|[约近逾达了])?\s?[$€£¥+\-]?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s?(?:by|of|about|only|another|nearly|over|around|almost|roughly|just|an?|了|约|近|逾|达|超过|将近|只|仅|大约)?\s?[$€£¥+\-]?\s?(?:HK|US|NT)?\$?",
    re.IGNORECASE,
)
_LEVEL_BEFORE = re.compile(r"(?:\bto|\bat|\bof|[至到]|为|是|来到|达到|收在|收报)\s?[$€£¥]?\s?$", re.IGNORECASE)
_STANDS = re.compile(
    r"(?:\b(?:at|stands|stood|sits|sat|remains|remained)|来到|达到|收在|收报)\s?[$€£¥]?\s?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|由|从|自)\s?(?:[A-Za-z\u4e00-\u9fff ]{0,14}?)[$€£¥]?\s?$", re.IGNORECASE)
_TO = re.compile(r"^[^.。;；\d]{0,24}?(?:\bto|至|到|→|->)[^.。;；\d]{0,10}$", re.IGNORECASE)
_TOLERANCE = re.compile(r"(?:plus or minus|give or take|±|\+/-|正负|上下)\s?[$€£¥]?\s?$", re.IGNORECASE)
_NOUN = re.compile(r"\s([A-Za-z]{4,20}?)s?(?![A-Za-z])(?<!from)(?<!with)(?<!than)(?<!this)")
_COMPARED = re.compile(r"\W*(?:but|while|versus|vs\.?|against|compared (?:with|to)|out of|相较|相比|比)", re.IGNORECASE)
"""A clause that sets a figure beside another one: it says nothing of what the other measures."""
_EARLIER = re.compile(
    r"\W{0,2}(?:(?:for|in) )?(?:(?:a|one|last|this time last) (?:year|quarter|month)|the (?:prior|previous|same|year) )\b|去年|上季|上月|上年|前一",
    re.IGNORECASE,
)
"""What makes of two figures set side by side the same metric at two times."""
_LOST = re.compile(r"\b(?:lost|loses|losing)\b[^.,;]{0,20}$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z&]{2,30}|[\u4e00-\u9fff]{2,}")
_STOP = frozenset(
    """the and for with from that this was were are its has have had than into about over under per year years quarter quarters month months day days week
    compared versus ago earlier prior previous last next came come reported says said percent million billion thousand trillion points point after before while
    which would could still just only very more most some any all out not but they them their you your what how who when where reach reached total stood stands
    around nearly almost roughly approximately according announced published""".split()  # noqa: SIM905
)
_STOP_HAN = frozenset(
    "的了是在有和与及或为以于被把对从到至由约近逾达并也都就还又其该此这那个元亿万千百股张点年月日季同期较上比比较去今明本公布公司表示目前来到达到收报收在"
)


@dataclass(frozen=True)
class Figure:
    """One figure with what binds it. `tokens`: metrics (`=revenue`) and words near it with their weight, 0..1, the nearest ones 1."""

    quantity: Quantity
    tokens: dict[str, float]
    strong: frozenset[str]
    """Metrics that stand in its own clause, the nearest ones."""
    signs: dict[str, int]
    basis: str = ""
    periods: frozenset[tuple[str, int]] = frozenset()
    role: str = ""
    change: bool = False
    level: bool = False
    """Whether a word before it says where something stands: at 14.8%, is 14.8%."""
    line: int = 0
    all_tokens: frozenset[str] = field(default=frozenset())
    """All words of its sentence and of the one before."""
    noun: str = ""
    """What is counted, where no table knows it: 160 airplanes."""

    @property
    def sign_said(self) -> bool:
        """Whether it stands with a plus or minus: -3% is below 2%, whatever its digits."""
        return bool(self.quantity.sign)


def figures(text: str, found: Sequence[Quantity], said: Sequence[Date], line: int = 0) -> list[Figure]:
    """Every quantity of a folded text as a figure. `text` has its dates blanked; `said` are those dates."""
    spans = [Span(one.start, one.end) for one in found]
    around = neighbourhoods(text, spans)
    marks, named = poles(text), metrics(text)
    made: list[Figure] = []
    for at, (quantity, near) in enumerate(zip(found, around, strict=True)):
        before = made[-1] if made and around[at - 1].sentence == near.sentence else None
        made.append(_figure(text, quantity, near, marks, named, said, before, line, _role(text, found, at)))
    return made


def _figure(  # noqa: PLR0917
    text: str, one: Quantity, near: Neighbourhood, marks: list[Pole], named: list[tuple[int, int, str]], said: Sequence[Date],
    before: Figure | None, line: int, role: str,
) -> Figure:  # fmt: skip
    signs = _signs(text, one, near, marks, before)
    tokens, strong = _tokens(text, one, near, named, marks, before)
    whole = frozenset(
        words_in(
            text,
            Span(max(0, near.sentence.start - REACH, one.start - REACH), min(near.sentence.end, one.end + REACH)),
            named,
            marks,
        )
    )
    noun = _NOUN.match(text, one.end) if one.kind == "plain" else None
    relative = one.kind in ("percent", "points", "times")
    basis = _nearest_basis(text, near) or (before.basis if before and near.joined else "")
    left = text[max(near.left.start, one.start - 14) : one.start]
    moved = any(mark.axis == "change" and mark.end <= one.start and _BY.fullmatch(text, mark.end, one.start) for mark in marks)
    change = (moved or bool(_CHANGE_BEFORE.search(left) or _CHANGE_AFTER.match(text, one.end))) and not _LEVEL_BEFORE.search(left)
    basis = basis if relative or change else ""
    change = change or (one.kind in ("percent", "points") and (bool(one.sign) or bool(basis and basis != "to_date")))
    if before and near.joined and before.quantity.kind == one.kind:
        change = change or before.change
    return Figure(
        one,
        tokens,
        strong,
        signs,
        basis,
        _periods(near, said),
        role,
        change,
        bool(_STANDS.search(left)),
        line,
        whole,
        noun[1].lower() if noun else "",
    )


def _signs(text: str, one: Quantity, near: Neighbourhood, marks: list[Pole], before: Figure | None) -> dict[str, int]:
    """The nearest word of each axis: left in its clause, then right, then what the figure before it says; a sign counts as up or down."""
    found: dict[str, int] = {}
    for span, nearest_last in ((near.left, True), (near.right, False)):
        inside = [mark for mark in marks if span.start <= mark.start and mark.end <= span.end]
        for mark in reversed(inside) if nearest_last else inside:
            found.setdefault(mark.axis, mark.sign)
    if before is not None and near.joined and not found:
        found = dict(before.signs)
    if one.kind == "money" and _LOST.search(text[max(near.left.start, one.start - 30) : one.start]):
        found.setdefault("result", -1)  # of a price that fell, too: its facts speak of no result
    if one.sign:
        found["change"] = one.sign
    if not found:
        inside = [
            mark
            for mark in marks
            if near.before.start <= mark.start and mark.end <= near.before.end and mark.axis in ("flow", "result")
        ]
        if inside and (before is None or before.quantity.start < inside[-1].start):
            found[inside[-1].axis] = inside[-1].sign
    return found


def _tokens(  # noqa: C901, PLR0917
    text: str, one: Quantity, near: Neighbourhood, named: list[tuple[int, int, str]], marks: list[Pole], before: Figure | None
) -> tuple[dict[str, float], frozenset[str]]:
    """Own clause first; where it names nothing, the clauses before, else the figure before."""
    weights: dict[str, float] = {}
    strong: set[str] = set()
    if _TOLERANCE.search(text, near.left.start, near.left.end):
        return {}, frozenset()
    adjacent = any(start - one.end <= 1 for start, *_ in named if start >= one.end)
    for span, weight in ((near.left, 1.0), (near.right, 1.0 if near.attached or adjacent else 0.5)):
        if weights and not near.attached and span is near.right and any(token.startswith("=") for token in weights):
            break
        words = words_in(text, span, named, marks)
        last = [token for token in words if token.startswith("=")]
        nearest = last[-1] if span is near.left and last else last[0] if last else ""
        for token in words:
            far = token.startswith("=") and token != nearest
            weights[token] = max(weights.get(token, 0), weight * (0.5 if far else 1.0))
        if nearest and weight == 1.0:
            strong.add(nearest[1:])
    owned = len(weights)
    apart = _COMPARED.match(text, near.left.start, near.left.end) and not _EARLIER.match(text, one.end)
    if not any(token.startswith("=") for token in weights) and not apart:
        inherited = before.tokens if before is not None else dict.fromkeys(words_in(text, near.before, named, marks), 1.0)
        if before is not None and near.before.end > before.quantity.end:
            between = Span(before.quantity.end, near.before.end)
            newer = dict.fromkeys(words_in(text, between, named, marks), 1.0)
            inherited = newer if any(token.startswith("=") for token in newer) else {**inherited, **newer}
        for token, weight in inherited.items():
            weights.setdefault(token, weight * (0.5 if owned > 1 else 0.9))
    if not weights and before is None:
        for token in words_in(text, near.after, named, marks):
            weights.setdefault(token, 0.4)
    return weights, frozenset(strong)


REACH = 240
"""Characters around a figure in which words may belong to it."""


def words_in(text: str, span: Span, named: list[tuple[int, int, str]], marks: list[Pole]) -> list[str]:
    """Metrics as `=name`, other words in one form, in order; Chinese ones as pairs of characters."""
    span = Span(max(span.start, span.end - 2 * REACH), span.end)
    inside = [(start, end, name) for start, end, name in named if span.start <= start and end <= span.end]
    taken = [(start, end) for start, end, _ in inside] + [
        (mark.start, mark.end) for mark in marks if span.start <= mark.start and mark.end <= span.end
    ]
    found = [(start, f"={name}") for start, _, name in inside]
    blank = list(text[span.start : span.end])
    for start, end in taken:
        blank[start - span.start : end - span.start] = " " * (end - start)
    plain = blanked(_BASIS, "".join(blank))
    for match in _WORD.finditer(plain):
        word = match[0]
        if word[0].isascii():
            low = word.lower().replace("centre", "center").removesuffix("s")
            if low not in _STOP and word.lower() not in _STOP:
                found.append((span.start + match.start(), low))
            continue
        run = list(word)
        found += [
            (span.start + match.start() + at, one + other)
            for at, (one, other) in enumerate(itertools.pairwise(run))
            if one not in _STOP_HAN and other not in _STOP_HAN
        ]
    return [token for _, token in sorted(found)]


def _nearest_basis(text: str, near: Neighbourhood) -> str:
    left = list(_BASIS.finditer(text, near.left.start, near.left.end))
    right = _BASIS.search(text, near.own.start, near.own.end)
    if left:
        return left[-1].lastgroup or ""
    return (right.lastgroup or "") if right is not None else ""


def _periods(near: Neighbourhood, said: Sequence[Date]) -> frozenset[tuple[str, int]]:
    """The quarter, year and month that its own clause names, else its sentence if it names one of each."""
    for span in (Span(near.left.start, near.right.end), near.sentence):
        inside = [date for date in said if span.start <= date.start and date.end <= span.end]
        found = {
            (name, getattr(date, name))
            for date in inside
            for name in ("quarter", "year", "month")
            if getattr(date, name) and not date.day
        }
        if found:
            names = [name for name, _ in found]
            return frozenset(pair for pair in found if names.count(pair[0]) == 1)
    return frozenset()


def _role(text: str, found: Sequence[Quantity], at: int) -> str:
    """`from` or `to` of a change from one figure to another; `tolerance` of a plus or minus."""
    one = found[at]
    if _TOLERANCE.search(text, max(0, one.start - 20), one.start):
        return "tolerance"
    if (
        at + 1 < len(found)
        and _FROM.search(text[max(0, one.start - 24) : one.start])
        and _TO.match(text[one.end : found[at + 1].start])
    ):
        return "from"
    if (
        at
        and _TO.match(text[found[at - 1].end : one.start])
        and _FROM.search(text[max(0, found[at - 1].start - 24) : found[at - 1].start])
    ):
        return "to"
    if at + 1 < len(found) and re.fullmatch(r"\s?(?:→|->|➜)\s?[$€£¥]?", text[one.end : found[at + 1].start]):
        return "from"
    if at and re.fullmatch(r"\s?(?:→|->|➜)\s?[$€£¥]?", text[found[at - 1].end : one.start]):
        return "to"
    return ""
