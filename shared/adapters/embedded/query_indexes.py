"""SQLite's indexes for the declared queries: over expressions of the JSON, each on its own collection group alone.

A query has to repeat an index's own words (`of_group`, `column`) for SQLite to know that the index answers it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass

from shared.adapters.storable_values import storable_text
from shared.ports.declared_queries import Declared, Query

PREFIX = "query_"
NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass
class Index:
    """One index: blocks of fields compared for equality (any order within a block), then the one that sorts. No group: all."""

    group: str
    blocks: list[frozenset[str]]
    sort: str = ""
    sparse: str = ""

    def serves(self, query: Query) -> bool:
        """Whether a query of equality alone is answered by its first fields; it takes an order of them that does."""
        if query.sort or (self.group, self.sparse) != (query.group, query.sparse):
            return False
        left = query.equal
        for at, block in enumerate(self.blocks):
            if left < block:
                self.blocks[at : at + 1] = [left, block - left]
                return True
            if not block <= left:
                return False
            left -= block
            if not left:
                return True
        return False

    def sql(self) -> str:
        names = [*(name for block in self.blocks for name in sorted(block)), *([self.sort] if self.sort else [])]
        where = [
            *([of_group(self.group)] if self.group else []),
            *([f"{column(self.sparse)} IS NOT NULL"] if self.sparse else []),
        ]
        return f"ON documents (collection, {', '.join(map(column, names))}) WHERE {' AND '.join(where)}"


def indexes(declared: Declared) -> dict[str, str]:
    """Names and statements of the fewest indexes that answer every query which is not `rare`, and what has expired."""
    wanted = {query for query in declared.queries if not query.rare}
    made = [Index("", [], "expires_at", "expires_at")] if declared.expiring else []
    for query in sorted(wanted, key=lambda one: (not one.sort, -len(one.equal), one.group, one.sort, sorted(one.equal))):
        if not query.fields or any(index.serves(query) for index in made):
            continue
        index = Index(query.group, [query.equal] if query.equal else [], query.sort, query.sparse)
        if index not in made:  # an index is read both ways
            made.append(index)
    statements = sorted(index.sql() for index in made)
    names = (PREFIX + hashlib.sha256(sql.encode()).hexdigest()[:12] for sql in statements)
    return {name: f"CREATE INDEX IF NOT EXISTS {name} {sql}" for name, sql in zip(names, statements, strict=True)}


def make(connection: sqlite3.Connection, declared: Declared, *, all_there_are: bool) -> None:
    """Make those that are missing; with `all_there_are`, drop those that nothing asks for any more."""
    wanted = indexes(declared)
    there = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'") if name.startswith(PREFIX)
    }
    for name in wanted.keys() - there:
        connection.execute(wanted[name])
    for name in there - wanted.keys() if all_there_are else ():
        connection.execute(f"DROP INDEX {name}")


def of_group(group: str) -> str:
    """The condition that a document is in a collection group.

    Raises:
        ValueError: its name is no plain one.
    """
    if not NAME.fullmatch(group):
        raise ValueError(f"{group!r} cannot be the name of a collection group with indexes")
    return f"collection_group = '{group}'"


def place(name: str) -> str:
    """A top-level field's path in the JSON."""
    quoted = json.dumps(storable_text(name), ensure_ascii=False).replace("'", "''")
    return f"'$.{quoted}'"


def column(name: str) -> str:
    """A top-level field's value."""
    return f"json_extract(data, {place(name)})"
