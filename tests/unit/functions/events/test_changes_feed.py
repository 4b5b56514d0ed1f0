"""The store's feed of changes: in the commit's own transaction, from any process, for watched collections alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from shared.adapters.embedded.change_feed import SqliteChanges
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.errors import Conflict
from shared.ports.documents import Create, Delete, Merge, Update
from tests.support.engine.world import World


@pytest.fixture
async def feed(world: World) -> SqliteChanges:
    feed: SqliteChanges = world.ports.documents.changes  # type: ignore[attr-defined] # no part of the port
    await feed.watch(["agents"])
    return feed


def rows(feed: SqliteChanges, now: float = 0, limit: int = 100, **more: Any) -> list[tuple[str, Any, Any]]:
    return [(change.path, change.before, change.after) for change in feed.due(now, limit, **more)]


async def test_every_kind_of_write_is_told_with_what_was_and_what_is(world: World, feed: SqliteChanges) -> None:
    documents = world.ports.documents
    await documents.commit(Create("agents/a", {"n": 1}))
    await documents.commit(Update("agents/a", {"m": 2}))
    await documents.commit(Merge("agents/a", increments={"n": 1}), Merge("agents/b", {"x": 0}))
    await documents.commit(Delete("agents/a"), Delete("agents/never"))
    assert rows(feed) == [
        ("agents/a", None, {"n": 1}),
        ("agents/a", {"n": 1}, {"n": 1, "m": 2}),
        ("agents/a", {"n": 1, "m": 2}, {"n": 2, "m": 2}),
        ("agents/b", None, {"x": 0}),
        ("agents/a", {"n": 2, "m": 2}, None),
    ]
    times = [change.at for change in feed.due(0, 10)]
    assert times == sorted(set(times))


async def test_what_nobody_watches_and_what_was_refused_is_not_told(world: World, feed: SqliteChanges) -> None:
    documents = world.ports.documents
    await documents.commit(Create("jobs/j/tasks/1", {}), Create("agents/a/notes/n", {}))
    with pytest.raises(Conflict):
        await documents.commit(Create("agents/a", {}), Update("agents/missing", {}))
    assert rows(feed) == []
    await feed.watch(["jobs"])
    await documents.commit(Create("agents/a", {}), Create("jobs/j", {}))
    assert [path for path, *_ in rows(feed)] == ["jobs/j"]


async def test_a_change_stays_until_it_is_ended(world: World, feed: SqliteChanges) -> None:
    for name in "abc":
        await world.ports.documents.commit(Create(f"agents/{name}", {}))
    first, second, third = feed.due(0, 10)
    await feed.end(first.number)
    await feed.put_back(second.number, due=50)
    assert [change.number for change in feed.due(0, 10)] == [third.number]
    assert [(change.number, change.attempts) for change in feed.due(50, 10)] == [(third.number, 0), (second.number, 1)]
    assert [change.number for change in feed.due(50, 10, [third.number])] == [second.number]
    await feed.end(third.number)
    await feed.end(second.number)
    await world.ports.documents.commit(Create("agents/d", {}))
    assert feed.due(0, 10)[0].number > third.number  # no number is used again: it names the event


WRITER = """
import asyncio, os, signal, sys
from pathlib import Path
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.documents import SqliteDocuments
from shared.ports.documents import Create

async def main():
    await SqliteDocuments(Database(Path(sys.argv[1]))).commit(Create("agents/other", {"n": 1}))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_commit_of_a_process_that_is_killed_at_once_is_told(world: World, feed: SqliteChanges) -> None:
    done = subprocess.run([sys.executable, "-c", WRITER, str(world.database.file)], cwd=os.getcwd(), check=False)  # noqa: ASYNC221, S603, PTH109 - our own code
    assert done.returncode == -signal.SIGKILL
    assert rows(feed) == [("agents/other", None, {"n": 1})]
    again = Database(world.database.file)  # and whoever opens the file anew finds the same, and watches the same
    await SqliteDocuments(again).commit(Create("agents/more", {}))
    assert [path for path, *_ in rows(SqliteChanges(again))] == ["agents/other", "agents/more"]
    again.close()
