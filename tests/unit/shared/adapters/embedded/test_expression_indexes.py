"""Every declared query is answered by an index, and by as few as do."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from functions.declared_queries import declared
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.query_indexes import PREFIX, indexes
from shared.adapters.embedded.sqlite_file import Database
from shared.ports.declared_queries import Declared, Query, lookup
from shared.ports.documents import Create, Where
from tests.support.waiting import PATIENCE

ALL = declared()
USUAL = [query for query in ALL.queries if not query.rare]


class Explained(SqliteDocuments):
    """Documents that remember how SQLite goes about each query."""

    def __init__(self, database: Database, asked: Declared) -> None:
        super().__init__(database, asked)
        self.plans: list[str] = []
        search = database.search

        async def explained(sql: str, parameters: Any, read: Any) -> Any:
            self.plans.append("; ".join(row[3] for row in database.read(f"EXPLAIN QUERY PLAN {sql}", parameters)))
            return await search(sql, parameters, read)

        database.search = explained  # type: ignore[method-assign]


@pytest.fixture
async def documents(tmp_path: Path) -> AsyncIterator[Explained]:
    database = Database(tmp_path / "d.db")
    yield Explained(database, ALL)
    database.close()


async def ask(documents: SqliteDocuments, query: Query, collection: str) -> list[str]:
    where = [
        Where(field, "in" if field in ("status", "state") else "==", ["x"] if field in ("status", "state") else "x")
        for field in query.equal
    ]
    if query.sparse and query.sparse == query.sort:
        where.append(Where(query.sort, ">", ""))
    found = await documents.query(collection, *where, order_by=query.sort or None, descending=query.descending, limit=5)
    return [one.id for one in found]


def sorted_whole(plan: str) -> bool:
    """Whether what is found is sorted, and not only what is alike in the field it is ordered by, as it comes."""
    return "TEMP B-TREE" in plan.replace("TEMP B-TREE FOR RIGHT PART", "").replace("TEMP B-TREE FOR LAST TERM", "")


@pytest.mark.parametrize("query", USUAL, ids=lambda one: ".".join((one.group, *sorted(one.equal), one.sort)))
@pytest.mark.parametrize("below", ["", "jobs/j/"])
async def test_every_declared_query_uses_an_index_that_has_its_fields(documents: Explained, query: Query, below: str) -> None:
    collection = f"{below}{query.group}"
    data = {**dict.fromkeys(query.equal, "x"), **({query.sort: "x"} if query.sort else {})}
    await documents.commit(
        Create(f"{collection}/1", data), Create(f"{collection}/2", {}), Create(f"other/{query.group}/x/1", data)
    )
    assert await ask(documents, query, collection) == ["1"]
    (plan,) = documents.plans
    assert f"USING INDEX {PREFIX}" in plan
    columns = plan.count("=?") + plan.count(">?") + plan.count("<?")
    assert columns >= 1 + len(query.equal), plan
    if query.sort and not any(field in ("status", "state") for field in query.equal):
        assert not sorted_whole(plan), "it is sorted, not read in order"


async def test_what_has_expired_is_found_by_an_index(documents: Explained) -> None:
    for group in ALL.expiring:
        await documents.commit(*(Create(f"{group}/{n}", {"expires_at": n}) for n in range(3)), Create(f"{group}/never", {}))
        found = await documents.query(group, Where("expires_at", "<=", 1), order_by="expires_at", limit=10)
        assert [one.id for one in found] == ["0", "1"]
    assert all(f"USING INDEX {PREFIX}" in plan and not sorted_whole(plan) for plan in documents.plans), documents.plans


def test_a_query_of_equality_goes_by_the_first_fields_of_another() -> None:
    def count(*queries: Query) -> int:
        return len(indexes(Declared(queries)))

    assert count(lookup("t", "a", sort="d"), lookup("t", "a"), lookup("t", "a", sort="d", descending=True)) == 1
    assert count(lookup("t", "a", "b", "c", sort="d"), lookup("t", "a", "c"), lookup("t", "c")) == 1
    assert count(lookup("t", "a", "b"), lookup("t", "b"), lookup("t", "a")) == 2
    assert count(lookup("t", "a", sort="d"), lookup("u", "a")) == 2
    assert count(lookup("t", "a", sort="d"), lookup("t", sort="d")) == 2
    assert count(lookup("t", "a", "b", sparse="b"), lookup("t", "a")) == 2
    assert count(lookup("t"), lookup("t", "a", rare=True)) == 0


async def test_indexes_come_and_go_with_what_is_declared(tmp_path: Path) -> None:
    first = Database(tmp_path / "d.db")
    documents = SqliteDocuments(first, Declared((lookup("t", "a"),)))
    await documents.commit(*(Create(f"t/{n}", {"a": n % 2}) for n in range(4)))
    assert names(first) == set(indexes(Declared((lookup("t", "a"),))))
    await documents.declare(Declared((lookup("t", "b"),)))
    assert names(first) == set(indexes(Declared((lookup("t", "b"),))))
    first.close()
    second = Database(tmp_path / "d.db")
    again = SqliteDocuments(second, Declared((lookup("t", "a"),)))
    assert [one.id for one in await again.query("t", Where("a", "==", 1))] == ["1", "3"]
    assert len(names(second)) == 2, "a process that knows a part alone takes nothing away"
    second.close()


def names(database: Database) -> set[str]:
    return {name for (name,) in database.read("SELECT name FROM sqlite_master WHERE name LIKE 'query%'")}


async def test_a_search_runs_beside_the_loop_and_beside_another(tmp_path: Path) -> None:
    database = Database(tmp_path / "d.db")
    documents = SqliteDocuments(database)
    await documents.commit(*(Create(f"t/{n:05}", {"n": n}) for n in range(10)))
    held, free = threading.Event(), threading.Event()

    def slow(rows: Any) -> int:
        held.set()
        assert free.wait(PATIENCE)
        return len(rows)

    searching = asyncio.ensure_future(database.search("SELECT path FROM documents", (), slow))
    await asyncio.to_thread(held.wait)
    assert await documents.count("t", Where("n", ">", 4)) == 5
    await documents.commit(Create("t/more", {"n": 10}))
    assert await documents.get("t/more") is not None
    free.set()
    assert await searching == 10
    database.close()


async def test_a_search_sees_what_was_answered_and_ends_with_its_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "d.db")
    documents = SqliteDocuments(database)
    for n in range(50):
        await documents.commit(Create(f"t/{n}", {"n": n}))
        assert await documents.count("t") == n + 1
    database.close()
    with sqlite3.connect(database.file) as alone:  # nobody else has it open: the log is gone
        assert alone.execute("SELECT COUNT(*) FROM documents").fetchone() == (50,)
    alone.close()
    assert not database.file.with_name("d.db-wal").exists()
