"""Figures of a text that the facts do not give together, and one fact told twice: ends of two ranges, a step from another start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from shared.fact_check.figure_pairs.comparisons import RANGE, is_range
from shared.fact_check.reading.clauses import parted
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import go_together, slot
from shared.fact_check.supplied_facts import Supplied

_BOUNDS = {"surprise", "bound", "cross"}


def repeated(text: str, read: Sequence[Figure], candidates: Sequence[Sequence[Figure]]) -> Iterator[tuple[int, int]]:
    """Start and end of every figure of a sentence that stands for the same one fact as another one before it: China 12%, America 12%."""
    last: dict[int, Figure] = {}
    for figure, found in zip(read, candidates, strict=True):
        if len(found) == 1 and not figure.quantity.derived and not figure.signs.keys() & _BOUNDS:
            other = last.get(id(found[0]))
            if other is not None and _is_retold(other, figure) and not parted(text, other.quantity.end, figure.quantity.start):
                yield figure.quantity.start, figure.quantity.end
            last[id(found[0])] = figure


def _is_retold(one: Figure, two: Figure) -> bool:
    """Whether two figures give one value, or a change and where it led: half a million, 497,099 to be exact, is one figure told twice."""
    return one.quantity.value == two.quantity.value or one.change != two.change


def torn(
    text: str, read: Sequence[Figure], supplied: Supplied, candidates: Sequence[Sequence[Figure]]
) -> Iterator[tuple[int, int, str]]:
    """Start and end of the second of two figures that say one thing, which the facts do not say together; and why.

    `candidates`: the facts that each figure may stand for.
    """
    for (one, first), (two, second) in pairwise(zip(read, candidates, strict=True)):
        start, end = two.quantity.start, two.quantity.end
        if not first or not second:
            continue
        if _is_torn_range(text, one, two, first, second, supplied) and len(supplied.lines) > 1:
            yield start, end, "The two figures of a range belong to two facts."
        elif _is_torn_step(one, two, first, second, supplied):
            yield start, end, "The facts give the figure before it another start."
        elif go_together(text, one, two) and _is_torn_from(one, two, first, second, supplied):
            yield start, end, "The facts give the figure before it with another one."


def _is_torn_range(  # noqa: PLR0917
    text: str, one: Figure, two: Figure, first: Sequence[Figure], second: Sequence[Figure], supplied: Supplied
) -> bool:
    """Whether the ends of a range (3% to 4%) are supplied, but by no one fact together."""
    if one.unit != two.unit:
        return False  # shrank 3.3% to $25.78 billion
    if (one.role, two.role) != ("from", "to") and not RANGE.fullmatch(text[one.quantity.end : two.quantity.start]):
        return False
    if _is_list(text, one, two):
        return False
    return not {fact.line for fact in first} & {fact.line for fact in second} or _is_other_range(first, second, supplied)


def _is_other_range(first: Sequence[Figure], second: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the range that begins with the one fact ends with another one than the text's: 5.62 - 5.92 to 5.70 - 5.98."""
    if len(first) != 1:
        return False
    line = supplied.lines[first[0].line]
    ends = [fact for fact in supplied.figures if fact.line == first[0].line and is_range(line, first[0], fact)]
    return bool(ends) and not any(end in second for end in ends)


def _is_torn_from(one: Figure, two: Figure, first: Sequence[Figure], second: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the facts have, beside what the one stands for, another figure in the place of the other."""
    return _others_partner(two, first, second, supplied) or _others_partner(one, second, first, supplied)


def _others_partner(figure: Figure, beside: Sequence[Figure], own: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the facts have, beside `beside`, another figure in the place of the one that stands for `own`."""
    partners = [b if a in beside else a for a, b in supplied.together if a in beside or b in beside]
    return any(slot(one) == slot(figure) for one in partners) and not any(one in own for one in partners)


def _is_torn_step(one: Figure, two: Figure, first: Sequence[Figure], second: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether what `one` came from, or led to, is another figure in the fact that it stands for."""
    roles = {one.role, two.role}
    if roles != {"from", "to"} or len(first) != 1 or first[0].role not in roles:
        return False
    other = next(iter(roles - {first[0].role}))
    at = next(at for at, figure in enumerate(supplied.figures) if figure is first[0])
    near = supplied.figures[max(0, at - 1) : at + 2]
    steps = [figure for figure in near if figure.role == other and figure.line == first[0].line and figure.unit == first[0].unit]
    return bool(steps) and not any(step in second for step in steps)


def _is_list(text: str, one: Figure, two: Figure) -> bool:
    """Whether `and` names two figures side by side and no range: 3% and 4%."""
    return text[one.quantity.end : two.quantity.start].strip().lower() == "and"
