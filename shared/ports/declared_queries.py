"""What is asked of the documents, declared once: each store makes its indexes from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.ports.documents import Where

EQUAL = ("==", "in")


@dataclass(frozen=True, slots=True)
class Query:
    """One kind of query of a collection group (a collection path's last part: `tasks` of `jobs/{job}/tasks`).

    `equal` are the fields compared for equality, in any order; `sort` is the field that orders or that a range is of.
    `sparse` is one of them that is null in most documents, and never asked for as null. `rare`: asked so seldom, or leaving so
    little to look through, that a store which answers without an index goes without.
    """

    group: str
    equal: frozenset[str] = frozenset()
    sort: str = ""
    descending: bool = False
    sparse: str = ""
    rare: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """Every field that it looks at."""
        return self.equal | ({self.sort} if self.sort else frozenset())

    @property
    def is_composite(self) -> bool:
        """Whether Firestore needs an index of several fields for it: conditions of equality alone merge the fields' own."""
        return bool(self.sort and self.equal)


def group_of(collection: str) -> str:
    """The collection group that a collection is in."""
    return collection.rpartition("/")[2]


def query_of(collection: str, where: Iterable[Where], order_by: str | None = None, *, descending: bool = False) -> Query:
    """The kind of a query as it is asked.

    Raises:
        ValueError: ranges or orders of several fields: no store of ours answers that.
    """
    where = tuple(where)
    equal = frozenset(condition.field for condition in where if condition.op in EQUAL)
    sorts = dict.fromkeys([*([order_by] if order_by else []), *(one.field for one in where if one.op not in EQUAL)])
    left = [field for field in sorts if field not in equal]
    if len(left) > 1:
        raise ValueError(f"one query of {collection} with ranges or orders of {' and '.join(left)}")
    return Query(group_of(collection), equal, left[0] if left else "", descending and bool(left))


@dataclass(frozen=True, slots=True)
class Declared:
    """What one part of the code asks for, and the collection groups whose documents have an `expires_at` after which nobody wants them."""

    queries: tuple[Query, ...] = ()
    expiring: tuple[str, ...] = ()

    def __add__(self, other: Declared) -> Declared:
        return Declared(tuple(dict.fromkeys(self.queries + other.queries)), tuple(dict.fromkeys(self.expiring + other.expiring)))


def lookup(group: str, *equal: str, sort: str = "", descending: bool = False, sparse: str = "", rare: bool = False) -> Query:
    """A query, shortly said."""
    return Query(group, frozenset(equal), sort, descending, sparse, rare)
