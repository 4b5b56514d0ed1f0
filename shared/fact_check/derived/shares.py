"""Shares that two facts give: of a whole whose part the text names, or with a name of their own."""

from __future__ import annotations

from shared.fact_check.derived.named_facts import TELLING, agrees, are_kin, in_its_money, is_named
from shared.fact_check.likeness import measured
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.time_check import another_period
from shared.numbers.rounding_rules import NONE, Room, is_value

_RATIOS = {
    "net_margin": ("profit", "revenue"),
    "gross_margin": ("gross_profit", "revenue"),
    "operating_margin": ("operating_profit", "revenue"),
    "payout_ratio": ("dividend", "eps"),
}
"""Shares with a name of their own: of what, and in what."""


def is_share(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is told as the share of a part, both of which the text names: 电商渠道占收入34%, a net margin of 12%."""
    number = said.quantity
    ratio = next((pair for name, pair in _RATIOS.items() if f"={name}" in said.tokens), None)
    if number.kind != "percent" or said.change or not (ratio or said.standing.share):
        return False
    amounts = [
        fact
        for fact in supplied.figures
        if not (fact.change or fact.standing.expected) and fact.quantity.kind in ("money", "count") and agrees(said, fact)
    ]
    return any(
        0 < part.quantity.value < whole.quantity.value
        and part.unit == whole.unit
        and is_value(number, part.quantity.value / whole.quantity.value * 100, room)
        and (_are_of(ratio, part, whole) if ratio else _are_named(said, part, whole, supplied))
        for part in amounts
        for whole in amounts
        if part is not whole and not another_period(part, whole)
    )


def is_in_money(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is about as much as a share of a whole is, both of which the text names: 74% of sales of 2.2 billion."""
    number = said.quantity
    if room == NONE or number.kind not in ("money", "count") or said.change:
        return False
    shares = [fact for fact in supplied.figures if fact.standing.share and fact.quantity.kind == "percent" and not fact.change]
    return any(
        is_value(number, whole.quantity.value * share.quantity.value / 100, room)
        for share in shares
        if is_named(said, share, supplied)
        for whole in supplied.figures
        if whole.quantity.kind == number.kind
        and not whole.change
        and in_its_money(said, whole, supplied)
        and are_kin(share, whole)
        and is_named(said, whole, supplied)
    )


def _are_of(ratio: tuple[str, str], part: Figure, whole: Figure) -> bool:
    return ratio[0] in measured(part) and ratio[1] in measured(whole)


def _are_named(said: Figure, part: Figure, whole: Figure, supplied: Supplied) -> bool:
    """Whether a text names two facts: each by a word that the other one has not."""
    mine = {word for word in said.all_tokens if word.startswith("=") or supplied.weights.get(word, 0) >= TELLING}
    near = [{word for word, weight in figure.tokens.items() if weight >= TELLING} for figure in (part, whole)]
    return bool(mine & near[0] - near[1]) and bool(mine & near[1])
