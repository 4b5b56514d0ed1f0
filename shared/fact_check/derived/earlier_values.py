"""What an amount was before, given by what it is now and how far it moved since."""

from __future__ import annotations

from decimal import Decimal

from shared.fact_check.likeness import measured
from shared.fact_check.named_subjects import names_another
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.time_words import BEFORE, QUARTER, YEAR
from shared.numbers.quantity_parser import Quantity
from shared.numbers.rounding_rules import Room, is_value

_OFF = Decimal("0.002")
"""How far off what was before may be, for a percentage that was rounded."""
_BASES: dict[str, tuple[str, ...]] = {
    YEAR: ("year", ""),
    QUARTER: ("quarter", "sequential", ""),
    BEFORE: ("quarter", "month", "week", "day", "sequential", ""),
}
"""What a change may be measured against, to give what was at an earlier time."""
_BASES_OF_MONTHS = ("month", "sequential", "")


def was_before(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is told for the time before, and what is now and how far that moved since give it: 100, up 25%, was 80 a year ago."""
    if (said.change and said.signs) or said.standing.expected:
        return False
    return any(
        value is not None and _is_near(said.quantity, value, room) and not names_another(said, level, supplied)
        for one, two in supplied.together
        for level, change in ((one, two), (two, one))
        if change.change
        and not level.change
        and same_unit(said.quantity, level, supplied.lines[level.line].lower(), supplied.home)
        if _is_since(said, level, change) and (not measured(said) or not measured(level) or measured(said) & measured(level))
        for value in (_before(level, change),)
    )


def has_moved_since(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether it is told for the time before, and the fact is what came of a change since then."""
    if said.change or said.signs or said.brought or fact.change or fact.standing.earlier or fact.standing.expected:
        return False
    pairs = ((one, two) for pair in supplied.together for one, two in (pair, pair[::-1]))
    return any(
        level is fact and change.change and _is_since(said, level, change) and _before(level, change) for level, change in pairs
    )


def _is_since(said: Figure, level: Figure, change: Figure) -> bool:
    """Whether a change is measured against the time that a figure is told for."""
    if said.standing.earlier:
        return change.basis in _BASES[said.standing.earlier]
    mine, now = dict(said.periods), dict(level.periods)
    return any(
        name in mine and name in now and (now[name] - mine[name]) % round_ == 1 and change.basis in bases
        for name, round_, bases in (
            ("year", 9999, _BASES[YEAR]),
            ("quarter", 4, _BASES[QUARTER]),
            ("month", 12, _BASES_OF_MONTHS),
        )
    )


def _before(level: Figure, change: Figure) -> Decimal | None:
    """What an amount was before it moved so far."""
    way, now, step = change.signs.get("change", 0), level.quantity, change.quantity
    if not way:
        return None
    if step.kind == "percent" and now.kind != "percent":
        share = 1 + way * step.value / 100
        return now.value / share if share > 0 else None
    if step.kind == "times" and now.kind != "times" and way > 0:
        return now.value / (1 + step.value)
    alike = (step.kind, step.unit) == (now.kind, now.unit) and now.kind != "percent"
    return now.value - way * step.value if alike or (step.kind, now.kind) == ("points", "percent") else None


def _is_near(number: Quantity, value: Decimal, room: Room) -> bool:
    """As `is_value`, or as far off as the rounding of a percentage makes it."""
    return is_value(number, value, room) or abs(number.value - value) <= _OFF * value
