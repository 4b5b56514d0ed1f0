"""Whether how far something moved is told as where it stands, as what somebody has or lost, or as a share; and the reverse."""

from __future__ import annotations

from shared.fact_check.named_subjects import names
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.metric_names import RATIO

_STEPS = frozenset({"surprise", "premium"})
"""Axes of words that a fact's own figure of a step has."""
_PRICES = frozenset({"=close", "=price", "=low", "=high"})
"""What no one loses: where it closed."""


def other_slot(said: Figure, fact: Figure, supplied: Supplied) -> bool:  # noqa: PLR0911
    """Whether a change is told as a level or a share, or the reverse: 21.96% of revenue is no fall of 21.96%."""
    moved = bool(fact.change and fact.signs.get("change"))
    one = fact.quantity
    percent = one.kind == "percent"
    if said.quantity.kind == "times" and percent:
        return False
    if _is_lost_price(said, fact) or (
        _is_holding(fact) and not _is_holding(said) and "flow" in said.signs and _is_one_of(fact, supplied)
    ):
        return True
    if not percent and fact.standing.share and not said.standing.share and _is_part(said, fact, supplied):
        return True
    if moved and percent and said.standing.share and not said.change and not fact.standing.share:
        return True
    if moved and _is_level(said):
        return percent or _among(said, supplied, change=False)
    if (moved and not percent and said.brought and not said.change) or (said.step and _is_no_step(said, fact)):
        return True  # tumbled to $5.01, which is by how much
    if not (said.change and "change" in said.signs) or fact.change or one.sign or fact.basis:
        return False
    if "change" in fact.signs:
        return fact.brought or (not percent and _has_step(fact, supplied))
    if percent:
        return bool(fact.strong & RATIO) or fact.standing.share or _among(said, supplied, change=True)
    return _among(said, supplied, change=True)


def _is_lost_price(said: Figure, fact: Figure) -> bool:
    """Whether it is told as what was lost, and the fact is a price: lost 24 dollars, of what closed at 24."""
    return {"result", "flow"} <= said.signs.keys() and not fact.change and bool(fact.tokens.keys() & _PRICES)


def _is_no_step(said: Figure, fact: Figure) -> bool:
    """Whether a fact is not how far apart two amounts are, or is so on another side: 63% on the year is not 63% above the consensus."""
    if said.basis and said.basis == fact.basis:
        return False
    if "surprise" in said.signs and (fact.basis or (fact.change and "surprise" not in fact.signs)):
        return True
    return not (fact.change or fact.basis or fact.sign_said or fact.signs.keys() & _STEPS)


def _is_holding(figure: Figure) -> bool:
    """Whether it is what somebody holds, not what he buys or sells: 持股 5.9% 的股东."""
    near = "".join(reversed(figure.before[:4]))
    return "持股" in near or "持有" in near


def _is_one_of(fact: Figure, supplied: Supplied) -> bool:
    """Whether there are others in its unit that nobody holds."""
    one = fact.quantity
    return any(
        other.quantity.value != one.value and other.unit == fact.unit and not _is_holding(other) for other in supplied.figures
    )


def _is_part(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether a fact is the part (of which North America 4.1 billion) of one beside it, and the text does not name the part."""
    part = names(fact, supplied)
    if not part or part & said.all_tokens:
        return False
    return any(
        other.line == fact.line and not other.standing.share and other.measure == fact.measure
        for other in supplied.figures
        if other is not fact
    )


def _has_step(fact: Figure, supplied: Supplied) -> bool:
    """Whether its line says by how much it moved, in its own unit."""
    return any(other.line == fact.line and other.change and other.unit == fact.unit for other in supplied.figures)


def _among(said: Figure, supplied: Supplied, *, change: bool) -> bool:
    """Whether the facts have changes, or levels, in the figure's own unit: without any, it can only mean this one."""
    return any(
        other.change == change and bool(other.signs.get("change")) >= change and other.unit == said.unit
        for other in supplied.figures
    )


def _is_level(said: Figure) -> bool:
    """Whether a text says where something stands, not how far it moved."""
    return said.level and not said.change and not said.signs and not said.basis
