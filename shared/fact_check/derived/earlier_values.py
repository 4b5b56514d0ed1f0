"""What an amount was before, given by what it is now and how far it moved since."""

from __future__ import annotations

from decimal import Decimal

from shared.fact_check.derived.named_facts import agrees, are_kin, is_named
from shared.fact_check.named_subjects import names_another
from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.metric_names import RESULTS
from shared.fact_check.vocabulary.time_words import BEFORE, QUARTER, SPOKEN_YEAR, YEAR
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
_RESULTS = frozenset(f"={name}" for name in RESULTS)
_RESULT = frozenset({"flow", "result"})
_BASES_OF_MONTHS = ("month", "sequential", "")


def was_before(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is told for the time before, and what is now and how far that moved since give it: 100, up 25%, was 80 a year ago."""
    if (said.change and said.signs) or said.standing.expected:
        return False
    return any(
        agrees(said, level)
        and value is not None
        and _is_near(said.quantity, value, room)
        and not names_another(said, level, supplied)
        for one, two in supplied.together
        for level, change in ((one, two), (two, one))
        if change.change
        and not level.change
        and same_unit(said.quantity, level, supplied.lines[level.line].lower(), supplied.home)
        if _is_since(said, level, change, spoken=True) and are_kin(said, level)
        for value in (_before(level, change),)
    )


def has_moved_by(said: Figure, supplied: Supplied, room: Room) -> bool:
    """Whether it is by how much an amount that the text names moved, told in the other way than the facts tell it: 8 dollars, of 1.55% to 508."""
    lost = said.signs.get("result", 0) if {"result", "flow"} <= said.signs.keys() and not said.change else 0  # a price, too
    way = said.signs.get("change", 0) if said.change or said.step else lost
    if not way or said.standing.expected:
        return False
    kind = "percent" if said.quantity.kind == "percent" else ""
    return any(
        (kind == "percent") == (change.quantity.kind != "percent")
        and change.signs.get("change", 0) == way
        and is_named(said, level, supplied)
        and not (lost and level.tokens.keys() & _RESULTS)
        and (before := _before(level, change))
        and (bool(kind) or same_unit(said.quantity, level, supplied.lines[level.line].lower(), supplied.home))
        and is_value(said.quantity, abs(level.quantity.value - before) * (100 / before if kind else 1), room)
        for one, two in supplied.together
        for level, change in ((one, two), (two, one))
        if change.change
        and not level.change
        and level.quantity.kind != "percent"
        and change.quantity.kind in ("percent", level.quantity.kind)
    )


def has_moved_since(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether it is told for the time before, and the fact is what came of a change since then."""
    if (
        said.change
        or said.signs.keys() - _RESULT
        or said.brought
        or fact.change
        or fact.standing.earlier
        or fact.standing.expected
    ):
        return False
    pairs = ((one, two) for pair in supplied.together for one, two in (pair, pair[::-1]))
    return any(
        level is fact and change.change and _is_since(said, level, change) and _before(level, change) for level, change in pairs
    )


def _is_since(said: Figure, level: Figure, change: Figure, *, spoken: bool = False) -> bool:
    """Whether a change is measured against the time that a figure is told for. `spoken`: last year is the year before the fact's."""
    if said.standing.earlier:
        return change.basis in _BASES[said.standing.earlier]
    mine, now = dict(said.periods), dict(level.periods)
    if spoken and mine.get(SPOKEN_YEAR) == -1 and SPOKEN_YEAR not in now and now.get("quarter", 0) in (0, mine.get("quarter", 0)):
        return change.basis in _BASES[YEAR]
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
