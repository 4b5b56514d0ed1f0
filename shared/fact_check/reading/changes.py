"""Whether a figure is how far something moved (up 5%, 多了3億), or where it stands; and what it moved from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.figure_directions import Around, is_lost
from shared.fact_check.reading.periods import nearest_basis
from shared.fact_check.reading.standing import Standing
from shared.fact_check.vocabulary.direction_words import Pole
from shared.fact_check.vocabulary.metric_names import RATIO
from shared.numbers.quantity_parser import Quantity

NAMED = 0.5
"""Weight from which on a metric is what a figure measures."""
MOVES = frozenset({"change", "extent", "quality"})
"""Axes of words that say that something moved."""
_RELATIVE = frozenset({"percent", "points", "times"})
_CHANGE_AFTER = re.compile(
    r"\s?(?:的)?(?:more\b|less\b|fewer\b|higher\b|lower\b|cheaper\b|dearer\b|(?:above|below) (?:last|a|the) (?:year|quarter|month|prior)\b|growth|increase|decrease|rise|gain|jump|drop|decline|fall|surge|slide|cut|hike|升幅|涨幅|跌幅|增幅|降幅|增长|成长|衰退|下滑|跌势|涨势)",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    r"(?:\bby|(?<!made )(?<!make )(?<!makes )(?<!making )\bup|\bdown|\badded|\blost|\bgained|\bshed|幅度?(?:为|达|约)?|[增减升涨跌降挫扬弹](?:了|长|加|少|幅|逾|近|约|超)?)\s?[$€£¥+\-]?$|(?:升|涨|跌|增|减|长|成长|衰退|下滑|上涨|下跌|下降|减少|增加)(?:超过|将近|大约|[约近逾达了超])?\s?[$€£¥+\-]?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\s?(?:by|of|about|only|another|nearly|over|around|almost|roughly|just|an?|了|约|近|逾|达|超过|将近|只有?|仅有?|高达|达到|大约|大概|整整|将近|快)?\s?[$€£¥+\-]?\s?(?:HK|US|NT)?\$?",
    re.IGNORECASE,
)
_LEVEL_BEFORE = re.compile(r"(?:\bto|\bat|\bof|[至到]|为|是|来到|达到|收在|收报)\s?[$€£¥]?\s?$", re.IGNORECASE)
_CHANGE_OF = re.compile(
    r"\b(?:growth|increases?|decreases?|rise|gain|jump|drop|decline|fall|surge|slide|cut|hike|improvement|reduction)\s(?:rate )?of(?: about| around| approximately| nearly| over)?\s?[$€£¥]?$",
    re.IGNORECASE,
)
_OUTDOES = re.compile(
    r"[快慢高低优强弱多少][于过][^,，。;；\d]{1,16}$|[比较][^,，。;；\d]{1,16}的\s?$|\b(?:faster|slower|quicker|more|less) than[^.,;\d]{1,32}$"
)
"""Before the figure that another one is held against: 增长7.6%, 快于第二产业的6.1%."""
_FROM_MONEY = re.compile(r"\sfrom\s(?:HK|US|NT)?[$€£¥]\d", re.IGNORECASE)
"""Behind a percentage: it is by how much an amount moved."""
_IN_OTHER_WORDS = re.compile(r"\s?(?:[(（]|,? or |或)\s?")
_GROWTH = frozenset({"=gdp", "=growth", "=inflation"})
"""Whose percentage is a change, whether a word says so or not: a GDP of 4.5%."""

_BY_SO_MUCH = re.compile(
    r"\bby (?:an? |about |around |nearly |almost |roughly |some |just |only |over |more than |less than ){0,2}(?:HK|US|NT)?[$€£¥]?$",
    re.IGNORECASE,
)
_DOER = re.compile(r" (?:[a-z]{3,12} ){0,1}(?:of|in|worth|charge|gain|write|tax)\b", re.IGNORECASE)
"""Behind an amount that did something: helped by $5 million of other income."""
_THAN_THAT = re.compile(
    r"\s?(?:dollars? |barrels? |jobs? |a share |per share |percentage points? ){0,2}(?:(?:short|shy|ahead) of\b|(?:more|less|fewer|better|worse|higher|lower) than\b"
    r"|(?:below|above|under|over) (?:what |the ){0,2}(?:analysts?|wall|street|consensus|forecasts?|estimates?|expectations?)\b)",
    re.IGNORECASE,
)

_BY_MORE = re.compile(
    r"(?:比|较|[离距](?!岸|开))(?!去年|上年|前年|同期|上个?[月季]|年初|年底)[^,，。;；\d]{1,16}[多少高低贵便宜快慢差矮]了?出?(?:约|近|逾|将近|大约|超过|整整|足足)?\s?$"
)
"""Before an amount in Chinese: 比上日少近347亿, 离5日线还差126点."""
_LED = frozenset("上到至")
"""Ends of words that lead to where something stands: 冲上32042点."""

_FULL_STOP = re.compile(r"[.!?](?=\s|$)|[。！？!?\n]")
_ELLIPTIC = re.compile(
    r"(?:, and|,| and|、|;)? (?:[A-Za-z&'-]{2,20} ){1,5}|[,，、][\u4e00-\u9fff]{2,10}(?<![为占是到至达率的])", re.ASCII
)
"""Between two changes that have one verb: the name of what the second one is of."""


def is_step(text: str, one: Quantity) -> bool:
    """Whether it is told as how far apart two amounts are."""
    if one.kind == "times":
        return False
    if one.kind in ("money", "count", "plain") and _BY_MORE.search(text, max(0, one.start - 32), one.start):
        return True
    by = _BY_SO_MUCH.search(text, max(0, one.start - 28), one.start) and not _DOER.match(text, one.end)
    return bool(by) or _THAN_THAT.match(text, one.end) is not None


def movement(text: str, one: Quantity, around: Around, tokens: dict[str, float], *, share: bool) -> tuple[bool, str]:
    """Whether it is a change, and what that is measured against. `share`: whether it is told as the share of a whole."""
    near, before = around.near, around.before
    basis = nearest_basis(text, near) or (before.basis if before and near.joined else "")
    moved = _moved(text, one, around)
    basis = basis if one.kind in _RELATIVE or moved else ""
    change = (
        moved
        or _is_rate(text, one, basis)
        or (one.kind == "percent" and not share and _is_growth(tokens))
        or _as_before(text, one, around)
    )
    return change, basis


def as_listed(text: str, read: Sequence[Figure], one: Figure, marks: Sequence[Pole]) -> Figure:
    """A percentage as it was read, or as one more of a list whose verb stands once.

    Sales rose 3%: 7% in Canada, 4% in Peru; consumer volume fell 54%, and institutional volume 48%.
    """
    if one.quantity.kind != "percent" or one.change or one.signs or one.basis or one.standing != Standing():
        return one
    head = next((other for other in reversed(read) if other.unit == one.unit), None)
    if head is None or not head.change or head.role or _FULL_STOP.search(text, head.quantity.end, one.quantity.start):
        return one
    between = text[head.quantity.end : one.quantity.start]
    own = any(name.startswith("=") and weight >= 1 for name, weight in one.tokens.items())
    broken_down = not own and (":" in between or head.sentence != one.sentence)
    elliptic = read[-1] is head and head.sentence == one.sentence and _ELLIPTIC.fullmatch(between)
    if (own and one.strong & RATIO) or not (broken_down or elliptic):
        return one
    if any(head.quantity.end <= mark.start < one.quantity.start for mark in marks):
        return one
    tokens = (
        one.tokens if own else {**{name: weight for name, weight in head.tokens.items() if name.startswith("=")}, **one.tokens}
    )
    return replace(one, change=True, signs=dict(head.signs), basis=head.basis, tokens=tokens)


def _moved(text: str, one: Quantity, around: Around) -> bool:
    """Whether words beside it say that something moved by so much."""
    near = around.near
    if one.kind in _RELATIVE and _CHANGE_OF.search(text, max(near.left.start, one.start - 40), one.start):
        return True
    left = text[max(near.left.start, one.start - 14) : one.start]
    if is_lost(text, one, near.left.start) or _LEVEL_BEFORE.search(left):
        return False
    if _CHANGE_BEFORE.search(left) or _CHANGE_AFTER.match(text, one.end):
        return True
    behind = (mark for mark in around.marks if mark.axis in MOVES and mark.end <= one.start and text[mark.end - 1] not in _LED)
    return any(_BY.fullmatch(text, mark.end, one.start) for mark in behind)


def _is_rate(text: str, one: Quantity, basis: str) -> bool:
    """Whether a percentage, or points, are a change by themselves: with a sign, measured against a time, before two amounts."""
    if one.kind in ("percent", "points") and (one.sign or (basis and basis != "to_date")):
        return True
    return one.kind == "percent" and _FROM_MONEY.match(text, one.end) is not None


def _is_growth(tokens: dict[str, float]) -> bool:
    return any(tokens.get(name, 0) >= NAMED for name in _GROWTH)


def _as_before(text: str, one: Quantity, around: Around) -> bool:
    """Whether it is what the figure before it is, which is a change."""
    before = around.before
    if before is None or not before.change:
        return False
    between = (before.quantity.end, one.start)
    alike = before.unit == (one.kind, one.unit) and one.kind in _RELATIVE
    return (
        (around.near.joined and before.quantity.kind == one.kind)
        or (alike and _OUTDOES.search(text, *between) is not None)
        or _IN_OTHER_WORDS.fullmatch(text, *between) is not None
    )
