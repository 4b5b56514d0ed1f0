"""Which queries Firestore answers with the indexes of infra/firestore.indexes.json (the form of its command line, and of the Firebase CLI).

By its rules: every field has an index of its own in both directions unless a `fieldOverrides` entry takes it away; conditions of
equality merge indexes; a range, or an order by another field than the one condition's, needs a composite index, and several with
the same order merge as well (https://firebase.google.com/docs/firestore/query-data/index-overview#taking_advantage_of_index_merging).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shared.ports.documents import Where

FILE = Path(__file__).parents[2] / "infra" / "firestore.indexes.json"
EQUAL = ("==", "in")
ASCENDING, DESCENDING = "ASCENDING", "DESCENDING"


@dataclass(frozen=True)
class Index:
    """A composite index of a collection group: fields compared for equality, in any order, and then the field that sorts."""

    group: str
    equal: frozenset[str]
    sorts: tuple[str, str]


@dataclass(frozen=True)
class Query:
    """What a query asks of indexes: fields compared for equality, and those with a direction that it is ordered by."""

    group: str
    equal: frozenset[str]
    sorts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, collection: str, where: Iterable[Where], order_by: str | None = None, *, descending: bool = False) -> Query:
        equal = frozenset(condition.field for condition in where if condition.op in EQUAL)
        ranges = dict.fromkeys(condition.field for condition in where if condition.op not in EQUAL)
        order = {order_by: None} if order_by else {}
        direction = DESCENDING if descending else ASCENDING
        return cls(
            collection.rpartition("/")[2], equal, tuple((field, direction) for field in {**order, **ranges} if field not in equal)
        )


def served_by(query: Query) -> frozenset[Index] | None:
    """The composite indexes that answer a query: none where the fields' own do. None: it would be refused."""
    if not query.sorts or not (query.equal or query.sorts[1:]):
        fields = query.equal | {field for field, _ in query.sorts}
        return frozenset() if not {(query.group, field) for field in fields} & exempt() else None
    if query.sorts[1:]:
        return None
    fitting = [
        index for index in listed() if (index.group, index.sorts) == (query.group, query.sorts[0]) and index.equal <= query.equal
    ]
    exact = [index for index in fitting if index.equal == query.equal]
    if exact:
        return frozenset(exact)
    together = frozenset().union(*(index.equal for index in fitting))
    return frozenset(fitting) if together == query.equal else None


@cache
def listed() -> tuple[Index, ...]:
    """The composite indexes of the file."""
    return tuple(_index(one) for one in _file()["indexes"])


@cache
def exempt() -> frozenset[tuple[str, str]]:
    """Fields without indexes of their own, each with its collection group; those by which the store itself deletes are not among them."""
    return frozenset((one["collectionGroup"], one["fieldPath"]) for one in _file()["fieldOverrides"] if not one.get("ttl"))


@cache
def expiring() -> frozenset[str]:
    """Collection groups whose documents the store deletes when their `expires_at` has passed."""
    return frozenset(
        one["collectionGroup"] for one in _file()["fieldOverrides"] if one.get("ttl") and one["fieldPath"] == "expires_at"
    )


def _index(one: dict[str, Any]) -> Index:
    *equal, last = one["fields"]
    return Index(one["collectionGroup"], frozenset(field["fieldPath"] for field in equal), (last["fieldPath"], last["order"]))


def _file() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text())
    return read
