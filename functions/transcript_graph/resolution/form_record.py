"""A form's record in the graph: who has the form, by transcript; sums over them; which forms are spelt alike; what it is short for.

`{"seen": {transcript: [seat, …]}, "owners": [[entity, seats], …], "mentions", "told", "initials", "shorts", "near": [form, …], "full": {form: [transcript, …]}}`.
A seat is one transcript's entity, `[number, mentions, owner, near, about, initial, shorts]`, without the empty ones at its end: most have two.
Its owner is the entity's place in `owners`. The sums answer what is asked of all seats, so that a change need not read those of other transcripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from functions.transcript_graph.resolution.contribution import LocalEntity
from functions.transcript_graph.resolution.namesake_context import Seen, words_of

Seat: TypeAlias = list[Any]
FormRecord: TypeAlias = dict[str, Any]
NOBODY = ""
"""The entity of seats that are not resolved yet."""
_NUMBER, _COUNT, _OWNER, _NEAR, _ABOUT, _INITIAL, _SHORTS = range(7)


def unseen() -> FormRecord:
    """A form that nobody has."""
    return {"seen": {}, "owners": [], "mentions": 0, "told": 0, "initials": {}, "shorts": {}, "near": [], "full": {}}


def seat_of(number: int, local: LocalEntity, shorts: Sequence[str] = ()) -> Seat:
    """A transcript's entity, with its context where there may be namesakes."""
    told_apart = local["kind"] == "person"
    return _without_blanks([
        number, len(local["spans"]), 0, local["near"] if told_apart else [],
        sorted(words_of(local["about"])) if told_apart or local["kind"] == "place" else [], local["initial"], list(shorts),
    ])  # fmt: skip


def _without_blanks(seat: Seat) -> Seat:
    """Without what is empty at its end."""
    while len(seat) > _OWNER and not seat[-1]:
        seat.pop()
    return seat


def owners(record: Mapping[str, Any]) -> set[str]:
    """The entities that have the form."""
    return {owner[0] for owner in record["owners"] if owner}


def sit(record: FormRecord, transcript: str, entity: str, seats: Sequence[Seat]) -> None:
    """Add a transcript's seats, as an entity's."""
    number = _owner_number(record["owners"], entity)
    new = [
        seat if (_of(seat, _OWNER) or 0) == number else _without_blanks([*seat[:_OWNER], number, *seat[_NEAR:]]) for seat in seats
    ]
    there = record["seen"].get(transcript)
    record["seen"][transcript] = sorted([*there, *new]) if there else new
    for seat in new:
        _sum(record, seat, 1)


def leave(record: FormRecord, transcript: str) -> None:
    """Take a transcript's seats out, if it has any."""
    for seat in record["seen"].pop(transcript, ()):
        _sum(record, seat, -1)
    owners = record["owners"]
    for number, owner in enumerate(owners):
        if owner and not owner[1]:
            owners[number] = None
    while owners and not owners[-1]:
        owners.pop()


def resolve_newcomers(record: FormRecord, entity: str) -> bool:
    """Make all seats that are nobody's yet one entity's, if that has none here so far. Answers whether it was done."""
    if entity in owners(record):
        return False
    for owner in record["owners"]:
        if owner and owner[0] == NOBODY:
            owner[0] = entity
    return True


def _owner_number(owners: list[Any], entity: str) -> int:
    """An entity's place among the owners, made where it has none: numbers that nobody has any more are given again."""
    number = next((at for at, owner in enumerate(owners) if owner and owner[0] == entity), None)
    if number is None:
        number = next((at for at, owner in enumerate(owners) if not owner), len(owners))
        owners[number : number + 1] = [[entity, 0]]
    return number


def _sum(record: FormRecord, seat: Seat, sign: int) -> None:
    record["mentions"] += sign * seat[_COUNT]
    record["told"] += sign * bool(_of(seat, _ABOUT))
    record["owners"][_of(seat, _OWNER) or 0][1] += sign
    if initial := _of(seat, _INITIAL):
        _add(record["initials"], initial, sign)
    for short in _of(seat, _SHORTS) or ():
        _add(record["shorts"], short, sign)


def _add(counts: dict[str, int], key: str, amount: int) -> None:
    counts[key] = counts.get(key, 0) + amount
    if not counts[key]:
        del counts[key]


def _of(seat: Seat, at: int) -> Any:
    return seat[at] if len(seat) > at else None


def seats_in(record: Mapping[str, Any], transcripts: Iterable[str] | None = None) -> Iterator[tuple[str, str, Seat]]:
    """Transcript, entity and seat, of some transcripts or of all."""
    for transcript in list(record["seen"] if transcripts is None else transcripts):
        for seat in record["seen"].get(transcript, ()):
            yield transcript, record["owners"][_of(seat, _OWNER) or 0][0], seat


def seen_of(transcript: str, seat: Seat, key: str) -> Seen:
    """A seat as it is compared with others."""
    near, about, initial = (_of(seat, at) or () for at in (_NEAR, _ABOUT, _INITIAL))
    return Seen((transcript, seat[_NUMBER]), key, seat[_COUNT], frozenset(about), frozenset(near), initial or "")


def current(record: FormRecord | None) -> FormRecord | None:
    """A record as it is kept now: those of graphs from before seats went by transcript, or by entity, are read as well."""
    if record is None or "owners" in record:
        return record
    made = {**unseen(), "near": record["near"], "full": record["full"]}
    if isinstance(record["seen"], dict):
        old = [(seat[0], entity, [*seat[1:3], 0, *seat[3:]]) for entity, seats in record["seen"].items() for seat in seats]
    else:
        old = [
            (name, entity, [at, count, 0, near, about, initial, shorts])
            for name, at, count, about, near, initial, entity, shorts in record["seen"]
        ]
    for transcript, entity, seat in old:
        sit(made, transcript, entity, [_without_blanks(seat)])
    return made
