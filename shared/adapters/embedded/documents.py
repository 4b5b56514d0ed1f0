"""Documents in SQLite: the Firestore adapter's twin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from shared.adapters.embedded.change_feed import SqliteChanges
from shared.adapters.embedded.group_commit import commit_of
from shared.adapters.embedded.query_indexes import column, make, of_group, place
from shared.adapters.embedded.shared_reads import SharedReads
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.storable_values import check_commit, is_storable, json_value, storable_text
from shared.errors import Permanent
from shared.ports.declared_queries import EQUAL, Declared, group_of
from shared.ports.documents import Committed, Document, Where, Write

MAX_IN = 30
WIDEST = 2**63
NOTHING = Declared()


class SqliteDocuments:
    """The documents port over one SQLite file. Versions come from one counter, so later commits compare larger."""

    def __init__(self, database: Database, asked: Declared = NOTHING) -> None:
        self._database = database
        self._reads = SharedReads(database.read)
        self._know(asked)
        database.at_open(partial(make, declared=asked, all_there_are=False))
        self.changes = SqliteChanges(database)
        """What happened in watched collections, for the local cloud to tell."""

    async def aclose(self) -> None:
        """Finish writing and close the file."""
        self._database.close()

    async def declare(self, asked: Declared) -> None:
        """Have indexes for these queries, and for no others. Takes a while where much is kept: for the start of a process alone."""
        self._know(asked)
        await self._database.write(partial(make, declared=asked, all_there_are=True))

    async def get(self, path: str) -> Document | None:
        return (await self.get_many([path]))[0]

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        if not all(map(is_storable, paths)):  # where nothing can be kept, nothing is
            paths = [path if is_storable(path) else "" for path in paths]
        found = await self._reads.find(paths)
        return [Document(path, json_value(found[path][0]), found[path][1]) if path in found else None for path in paths]

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        clauses, values = self._conditions(collection, where)
        order, way = (column(order_by) if order_by else "path"), "DESC" if descending else "ASC"
        if order_by:  # as Firestore: what has no such field is not in the order
            clauses.append(f"json_type(data, {place(order_by)}) IS NOT NULL")
        if after is not None:
            clauses.append(f"{order} {'<' if descending else '>'} ?")
            values.append(_bound(after))
        by_path = "+path" if not order_by and self._goes_by_equality(collection, where) else "path"
        return await self._database.search(
            f"SELECT path, data, version FROM documents WHERE {' AND '.join(clauses)}"  # noqa: S608 - field names are the engine's own
            f" ORDER BY {order if order_by else by_path} {way}, {by_path} {way} LIMIT ?",
            (*values, -1 if limit is None else limit),
            _documents,
        )

    async def count(self, collection: str, *where: Where) -> int:
        clauses, values = self._conditions(collection, where)
        sql = f"SELECT COUNT(*) FROM documents WHERE {' AND '.join(clauses)}"  # noqa: S608 - as above
        return await self._database.search(sql, tuple(values), lambda rows: int(rows[0][0]))

    async def commit(self, *writes: Write) -> Committed:
        check_commit(writes)
        return await self._database.commit(commit_of(writes))

    async def erase_deleted(self) -> None:
        await self._database.cut_log()

    def _know(self, asked: Declared) -> None:
        usual = [query for query in asked.queries if not query.rare]
        self._indexed = frozenset(query.group for query in usual)
        self._equalities = frozenset((query.group, query.equal) for query in usual if query.equal and not query.sort)

    def _goes_by_equality(self, collection: str, where: Sequence[Where]) -> bool:
        """Whether an index on fields compared for equality is there for it. SQLite would rather have one that is in order."""
        equal = frozenset(condition.field for condition in where if condition.op in EQUAL)
        return (group_of(collection), equal) in self._equalities

    def _conditions(self, collection: str, where: Sequence[Where]) -> tuple[list[str], list[Any]]:
        clauses, values = ["collection = ?"], [storable_text(collection)]
        if (group := group_of(collection)) in self._indexed:
            clauses.append(of_group(group))
        for condition in where:
            value = column(condition.field)
            if condition.op == "in":
                if len(condition.value) > MAX_IN:
                    raise Permanent(f"{len(condition.value)} values for `in`; at most {MAX_IN}", code="store_refused")
                clauses.append(f"{value} IN ({','.join('?' * len(condition.value))})")
                values.extend(map(_bound, condition.value))
            else:
                clauses.append(f"{value} {condition.op.replace('==', '=')} ?")
                values.append(_bound(condition.value))
        return clauses, values


def _documents(rows: Sequence[tuple[Any, ...]]) -> list[Document]:
    return [Document(path, json_value(data), version) for path, data, version in rows]


def _bound(value: Any) -> Any:
    """A value as SQLite compares it with those in documents: text as it is kept there, whole numbers over 64 bits as JSON has them."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, int) and not -WIDEST <= value < WIDEST:
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    return value
