"""An entity's record as sums over transcripts: what one gives can be taken away again, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal, TypeAlias

from functions.transcript_graph.resolution.contribution import Contribution, LocalRelation, ends_of
from functions.transcript_graph.salience.salience_score import neighbours_of

Record: TypeAlias = dict[str, Any]
"""An entity: `names`, `types` with their counts, `about` and `places` by transcript, `out` and `in`: other entity -> type -> transcript -> quotes; `ties`: how many others."""


def empty(kind: str) -> Record:
    """An entity that nobody mentions."""
    return {"kind": kind, "names": {}, "types": {}, "about": {}, "places": {}, "mentions": 0, "out": {}, "in": {}, "ties": 0}


class Counters:
    """Entities' records while a change goes over them."""

    def __init__(self, records: dict[str, Record]) -> None:
        self.records = records
        self.relations = 0
        """By so many they have more relations (two entities and a type, whoever says so)."""

    def apply(self, given: Contribution, assigned: Sequence[str], sign: int, only: set[int] | None = None) -> None:
        """Add (1) or take away (-1) what a transcript gives to the entities that its own are assigned to.

        `only`: the numbers of those that are concerned, and the relations from and to them.
        """
        entities = given["entities"]
        some = enumerate(entities) if only is None else ((number, entities[number]) for number in sorted(only))
        for number, local in some:
            self._mentions(given["id"], number, local, assigned[number], sign)
        for relation in _relations(given, only):
            source, target = assigned[relation["source"]], assigned[relation["target"]]
            if source != target:
                quotes = sign * len(relation["says"])
                said = (relation["type"], given["id"], quotes)
                self.relations += _edge(self.records[source], "out", target, said)
                _edge(self.records[target], "in", source, said)

    def _mentions(self, transcript: str, number: int, local: Any, entity: str, sign: int) -> None:
        record = self.records.setdefault(entity, empty(local["kind"]))
        record["mentions"] += sign * len(local["spans"])
        for name in ("names", "types"):
            for key, count in local[name].items():
                _add(record[name], key, sign * count)
        numbers = record["places"].get(transcript, [])
        record["places"][transcript] = sorted({*numbers, number} if sign > 0 else {*numbers} - {number})
        if not record["places"][transcript]:
            del record["places"][transcript]
        about = record["about"].setdefault(transcript, {})
        for text in local["about"]:
            _add(about, text, sign)
        if not about:
            del record["about"][transcript]


def _relations(given: Contribution, only: AbstractSet[int] | None) -> Iterable[LocalRelation]:
    """All of a transcript's relations, or those from and to some of its entities: no others are read."""
    relations = given["relations"]
    if only is None:
        return relations
    return (relations[number] for number, ends in enumerate(ends_of(given)) if not only.isdisjoint(ends))


def _edge(record: Record, way: Literal["out", "in"], other: str, said: tuple[str, str, int]) -> int:
    """`said`: a relation's type, the transcript that says so, in how many quotes more. Answers how many relations more there are."""
    kind, transcript, quotes = said
    record["ties"] = neighbours_of(record)
    ties = record[way]
    kinds = ties.setdefault(other, {})
    before = len(kinds)
    _add(kinds.setdefault(kind, {}), transcript, quotes)
    if not kinds[kind]:
        del kinds[kind]
    if bool(before) != bool(kinds) and other not in record["in" if way == "out" else "out"]:
        record["ties"] += 1 if kinds else -1
    if not kinds:
        del ties[other]
    return len(kinds) - before


def _add(counts: dict[str, int], key: str, amount: int) -> None:
    left = counts.get(key, 0) + amount
    if left > 0:
        counts[key] = left
    else:
        counts.pop(key, None)


def concerned_entities(given: Contribution, assigned: Sequence[str], only: Iterable[int] | None = None) -> set[str]:
    """The entities whose records a transcript's (or some of its entities') coming or going changes."""
    if only is None:
        return set(assigned)
    numbers = set(only)
    ends = {end for pair in ends_of(given) if not numbers.isdisjoint(pair) for end in pair}
    return {assigned[number] for number in numbers | ends}


def name_of(record: Record) -> str:
    """The name to show: the most frequent spelling, of a person the most frequent of two words or more, if there is one.

    Of equals the longest, then the first of the alphabet.
    """
    names = record["names"]
    whole = [name for name in names if " " in name.strip()] if record["kind"] == "person" else []
    return max(sorted(whole or names), key=lambda name: (names[name], len(name)), default="")


def type_of(record: Record) -> str:
    """The type that it is called by most."""
    return max(sorted(record["types"]), key=lambda name: record["types"][name], default="")
