"""A form's record in the graph: who has the form, by the entity that each one is; which forms are spelt alike; what it is short for.

`{"seen": {entity: [seat, …]}, "near": [form, …], "full": {form: [transcript, …]}}`. A seat is one transcript's entity,
`[transcript, number, mentions, near, about, initial, shorts]`, without the empty ones at its end: most have three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from functions.transcript_graph.resolution.contribution import LocalEntity
from functions.transcript_graph.resolution.namesake_context import Seen, words_of

Seat: TypeAlias = list[Any]
FormRecord: TypeAlias = dict[str, Any]
NOBODY = ""
"""The entity of seats that are not resolved yet."""
_NEAR, _ABOUT, _INITIAL, _SHORTS = 3, 4, 5, 6


def unseen() -> FormRecord:
    """A form that nobody has."""
    return {"seen": {}, "near": [], "full": {}}


def seat_of(transcript: str, number: int, local: LocalEntity, shorts: list[str]) -> Seat:
    """A transcript's entity, with its context where there may be namesakes."""
    told_apart = local["kind"] == "person"
    return _without_blanks([
        transcript, number, len(local["spans"]), local["near"] if told_apart else [],
        sorted(words_of(local["about"])) if told_apart else [], local["initial"], shorts,
    ])  # fmt: skip


def _without_blanks(seat: Seat) -> Seat:
    """Without what is empty at its end."""
    while not seat[-1]:
        seat.pop()
    return seat


def by_entity(record: Mapping[str, Any]) -> dict[str, list[Seat]]:
    """A record's seats by the entity that they are."""
    seen = record["seen"]
    return seen if isinstance(seen, dict) else _as_kept_before(seen)


def seats(record: Mapping[str, Any]) -> Iterator[Seat]:
    """All of them."""
    return (seat for some in by_entity(record).values() for seat in some)


def shorts_of(record: Mapping[str, Any]) -> Iterator[str]:
    """The acronyms that its transcripts give for it."""
    return (short for seat in seats(record) if len(seat) > _SHORTS for short in seat[_SHORTS])


def is_told_of(record: Mapping[str, Any]) -> bool:
    """Whether anything is said of any of them."""
    return any(len(seat) > _ABOUT and seat[_ABOUT] for seat in seats(record))


def initials(record: Mapping[str, Any]) -> set[str]:
    """Their middle initials."""
    return {seat[_INITIAL] for seat in seats(record) if len(seat) > _INITIAL} - {""}


def seen_of(seat: Seat, key: str) -> Seen:
    """A seat as it is compared with others."""
    near, about, initial = (seat[at] if len(seat) > at else () for at in (_NEAR, _ABOUT, _INITIAL))
    return Seen((seat[0], seat[1]), key, seat[2], frozenset(about), frozenset(near), initial or "")


def _as_kept_before(seen: list[Any]) -> dict[str, list[Seat]]:
    """Of a graph from before seats went by entity."""
    found: dict[str, list[Seat]] = {}
    for transcript, number, count, about, near, initial, entity, shorts in seen:
        found.setdefault(entity, []).append(_without_blanks([transcript, number, count, near, about, initial, shorts]))
    return found
