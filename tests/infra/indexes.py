"""Which queries Firestore answers with the indexes of infra/firestore.indexes.json (the form of its command line, and of the Firebase CLI).

By its rules: conditions of equality merge the fields' own indexes; a range, or an order by another field than the one condition's,
needs a composite index, and several with the same order merge as well
(https://firebase.google.com/docs/firestore/query-data/index-overview#taking_advantage_of_index_merging). A field has an index of its
own only where the file says so: its first override takes all away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from infra.firestore_indexes import ASCENDING, DESCENDING, EVERY_FIELD, EVERY_GROUP, FILE
from shared.ports.declared_queries import Query

TTL = "expires_at"


@dataclass(frozen=True)
class Index:
    """A composite index of a collection group: fields compared for equality, in any order, and then the field that sorts."""

    group: str
    equal: frozenset[str]
    sorts: tuple[str, str]


def served_by(query: Query) -> frozenset[Index] | None:
    """The composite indexes that answer a query: none where the fields' own do. None: it would be refused."""
    if not query.is_composite:
        return frozenset() if _wanted(query) <= single() or _is_the_stores_own(query) else None
    sorts = (query.sort, DESCENDING if query.descending else ASCENDING)
    fitting = [index for index in listed() if (index.group, index.sorts) == (query.group, sorts) and index.equal <= query.equal]
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
def single() -> frozenset[tuple[str, str, str]]:
    """Collection groups and fields that have an index of their own, and its order."""
    default, *overrides = _file()["fieldOverrides"]
    assert default == {"collectionGroup": EVERY_GROUP, "fieldPath": EVERY_FIELD, "indexes": []}
    return frozenset((one["collectionGroup"], one["fieldPath"], index["order"]) for one in overrides for index in one["indexes"])


@cache
def expiring() -> frozenset[str]:
    """Collection groups whose documents the store deletes when their `expires_at` has passed."""
    return frozenset(one["collectionGroup"] for one in _file()["fieldOverrides"] if one.get("ttl") and one["fieldPath"] == TTL)


def _wanted(query: Query) -> set[tuple[str, str, str]]:
    orders = dict.fromkeys(query.equal, ASCENDING) | (
        {query.sort: DESCENDING if query.descending else ASCENDING} if query.sort else {}
    )
    return {(query.group, field, order) for field, order in orders.items()}


def _is_the_stores_own(query: Query) -> bool:
    """What has expired is asked for where no store deletes it by itself: not in Firestore."""
    return query.sort == TTL and query.group in expiring()


def _index(one: dict[str, Any]) -> Index:
    *equal, last = one["fields"]
    return Index(one["collectionGroup"], frozenset(field["fieldPath"] for field in equal), (last["fieldPath"], last["order"]))


def _file() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text())
    return read
