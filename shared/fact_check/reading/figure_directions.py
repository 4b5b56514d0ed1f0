"""Which way the words around a figure say it went: up or down, bought or sold, earned or lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.fact_check.reading.clauses import Neighbourhood, Span
from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.direction_words import UNBOUND, Pole
from shared.fact_check.vocabulary.metric_names import PARTIES, RESULTS
from shared.numbers.quantity_parser import Quantity

LONGEST_NAME = 16
"""Characters of a name between two figures of a list."""
_BESIDE = re.compile(
    r"\s(?:(?P<up>above|higher|over (?=the|its|last))|(?P<down>below|lower|under (?=the|its|last)))\b", re.IGNORECASE
)
_DONE = re.compile(r" (?:[a-z]{4,12} )?(?:bought|(?P<sold>sold))\b(?! (?:a |the )?(?:net )?(?:HK|US|NT)?[$€£\d])", re.IGNORECASE)
"""Behind an amount, what was done with it: 136 billion securities bought."""
_MARK = re.compile(
    r"(?:(?P<over>\b(?:above|over)|高于|超过|[站升涨冲]上|突破)|\b(?:below|under)|低于|[跌降]破|失守)\s?(?:the )?(?:HK|US|NT)?[$€£¥]?$",
    re.IGNORECASE,
)
"""On which side of it something stands, right before it: fell below $90,000."""
_BETTER_LESS = frozenset({"=debt", "=debt_ratio", "=unemployment", "=provisions", "=cost", "=inflation", "=inventory", "=tax"})
"""What is better when there is less of it."""
_MOVES = frozenset({"change", "extent", "quality"})
_VARIED = re.compile(r"变[动化](?:幅度|比例|比率|率)?(?:约|大约)?为?约?[:]?[+-]?$")
"""Before a percentage whose own sign says which way: 同比变动幅度约为249.83%."""
_NAMED_CHANGE = re.compile(r" (?:growth|decline|increase|decrease|drop|rise|fall|gain)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|loses|losing)\b[^.,;]{0,20}$", re.IGNORECASE)
_LOSING = frozenset({"lost", "loses", "losing"})
_OF_A_PRICE = re.compile(
    r"(?:,? or \d[\d.]{0,6}\s?(?:%|percent))?,?\s(?:to|at)\s(?:HK|US|NT)?[$€£¥]|,? or \d[\d.]{0,6}\s?(?:%|percent)", re.IGNORECASE
)
"""Behind what a price lost: lost $1.50, or 2.4%, to $60.93."""


def is_lost(text: str, one: Quantity, start: int) -> bool:
    """Whether it is money that somebody lost, by the words before it from `start` on; what a price lost is a fall."""
    if one.kind != "money" or _OF_A_PRICE.match(text, one.end):
        return False
    return _LOST.search(text[max(start, one.start - 30) : one.start]) is not None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a figure: its clauses, the text's direction words and metrics, and the figure before it in its sentence."""

    near: Neighbourhood
    marks: Sequence[Pole]
    named: Sequence[tuple[int, int, str]]
    before: Figure | None


def directions(text: str, one: Quantity, around: Around, tokens: dict[str, float]) -> dict[str, int]:  # noqa: C901
    """The nearest word of each axis: left in its clause, then right, then what the figure before it says; a sign counts as up or down."""
    near, before = around.near, around.before
    done = _DONE.match(text, one.end)
    found: dict[str, int] = {"flow": -1 if done["sold"] else 1} if done else {}
    for span, nearest_last in ((near.left, True), (near.right, False)):
        inside = _inside(span, around.marks)
        moved = not nearest_last and bool(_MOVES & found.keys())  # eased 0.2% as the dollar climbed
        for mark in reversed(inside) if nearest_last else inside:
            if not (moved and mark.axis in _MOVES):
                found.setdefault(mark.axis, mark.sign)
    if _VARIED.search(text, max(near.left.start, one.start - 12), one.start):
        found.setdefault("change", one.sign or 1)
    if before is not None and not found:
        found = dict(before.signs) if near.joined else _listed(one, around, before)
    if (side := _MARK.search(text, max(near.left.start, one.start - 20), one.start)) is not None:
        found.setdefault("mark", 1 if side["over"] else -1)
        found.setdefault("bound", found["mark"])
    if is_lost(text, one, near.left.start):
        if not any(
            mark.axis == "change" and text[mark.start : mark.end].lower() not in _LOSING
            for mark in _inside(near.left, around.marks)
        ):
            found.pop("change", None)
        found.setdefault("result", -1)  # of a price that fell, too: its facts speak of no result
        found.setdefault("flow", -1)  # of a fund
    if one.kind in ("percent", "points") and (beside := _BESIDE.match(text, one.end)) is not None:
        found.setdefault("change", -1 if beside["down"] else 1)
    _signed(one, tokens, found)
    other = any(near.after.start <= start < near.after.end for start, *_ in around.named)
    for later in _inside(near.after, around.marks):
        if later.axis in ("cross", "turn", "extreme") or (later.axis == "surprise" and not other):
            found.setdefault(later.axis, later.sign)
    if found.get("turn") and one.kind == "money":
        found.setdefault("result", found["turn"])
    _moved(tokens, found)
    return found or _told_before(one, around)


def told_behind(text: str, one: Quantity, marks: Sequence[Pole]) -> int:
    """Which way a word right behind a figure says that it went, whatever stands before it: cut to 8% growth."""
    if one.kind not in ("percent", "points") or not _NAMED_CHANGE.match(text, one.end):
        return 0
    return next((mark.sign for mark in marks if mark.axis == "change" and 0 <= mark.start - one.end <= 1), 0)


def _inside(span: Span, marks: Sequence[Pole]) -> list[Pole]:
    return [mark for mark in marks if span.start <= mark.start and mark.end <= span.end and mark.axis not in UNBOUND]


def _moved(tokens: dict[str, float], found: dict[str, int]) -> None:
    """What widened or improved rose, where nothing else says so: but not a loss, a debt or a rate of unemployment that improved."""
    if "change" in found:
        return
    if "extent" in found:
        found["change"] = found["extent"]
    elif "quality" in found and not (_BETTER_LESS & tokens.keys() or -1 in (found.get("result"), found.get("balance"))):
        found["change"] = found["quality"]


def _signed(one: Quantity, tokens: dict[str, float], found: dict[str, int]) -> None:
    """What a plus or minus says: of a result, whether it is a loss; of anything else, which way it went."""
    result = one.kind in ("money", "plain") and any(token[1:] in RESULTS for token in tokens if token.startswith("="))
    if one.sign:
        found["result" if result else "change"] = one.sign
    if "flow" in found and "=cash_flow" in tokens:
        found.setdefault("result", found["flow"])
    if "flow" in found and tokens.keys() & {"=margin_loans", "=short_interest"}:
        found.setdefault("change", found["flow"])


def _told_before(one: Quantity, around: Around) -> dict[str, int]:
    """Bought or sold, earned or lost, as a clause before says, if no other figure stands between."""
    left = around.near.left
    if any(left.start <= start < left.end and name in PARTIES for start, _, name in around.named):
        return {}  # another party: what the one before did is not said of it
    axes = ("flow", "result", "change") if one.kind in ("percent", "points") else ("flow", "result")
    inside = [mark for mark in _inside(around.near.before, around.marks) if mark.axis in axes]
    before = around.before
    if inside and (before is None or before.quantity.start < inside[-1].start):
        return {inside[-1].axis: inside[-1].sign}
    return {}


def _listed(one: Quantity, around: Around, before: Figure) -> dict[str, int]:
    """What is told of the figure before it in a list of names: bought 友达 61,332 lots, 群创 59,805 lots."""
    start, end = before.quantity.end, one.start
    apart = any(start <= mark.start < end for mark in around.marks) or any(start <= at < end for at, *_ in around.named)
    alike = before.quantity.kind == one.kind or before.quantity.unit in ("person", "company")
    if apart or end - start > LONGEST_NAME or not alike:
        return {}
    return {axis: sign for axis, sign in before.signs.items() if axis in ("flow", "result")}
