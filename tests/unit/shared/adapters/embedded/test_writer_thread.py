"""Nothing that a commit or a write holds ends the writer: who is at fault fails, alone, and everybody else's is done."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.embedded import group_commit
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.embedded.writer_thread import GROUP, Writer
from shared.errors import Conflict, Permanent, Transient
from shared.ports.documents import Create, Merge
from shared.ports.tasks import Task
from tests.support.waiting import PATIENCE


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(tmp_path / "d.db")
    made.read("SELECT 1")
    yield made
    made.close()


@pytest.fixture
def documents(database: Database) -> SqliteDocuments:
    return SqliteDocuments(database)


class Odd(Exception):
    """Nobody has heard of it."""


ERRORS: list[BaseException] = [
    *(kind("as it happens") for kind in (ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError, OverflowError, RecursionError)),
    *(kind("as it happens") for kind in (MemoryError, OSError, RuntimeError, AssertionError, StopIteration, StopAsyncIteration, Odd)),
    *(kind("as it happens") for kind in (KeyboardInterrupt, SystemExit, GeneratorExit, asyncio.CancelledError)),
    *(kind("as it happens") for kind in (sqlite3.OperationalError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.Warning)),
    Conflict("as it happens"), Permanent("as it happens"), Transient("as it happens"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "as it happens"),
]  # fmt: skip
CHANGE = "INSERT INTO queue (name, lane, function, body, at) VALUES (?, 'l', 'f', '{}', 0)"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("after_a_change", [False, True])
async def test_a_write_that_raises_fails_alone(database: Database, error: BaseException, after_a_change: bool) -> None:
    def bad(connection: sqlite3.Connection) -> None:
        if after_a_change:
            connection.execute(CHANGE, ("half",))
        raise error

    queue, documents = SqliteTasks(database), SqliteDocuments(database)
    answers = await together(
        queue.enqueue(Task("before", "l", "f")),
        documents.commit(Merge("a/b", {}, {"n": 1})),
        database.write(bad),
        documents.commit(Merge("a/b", {}, {"n": 1})),
        queue.enqueue(Task("after", "l", "f")),
    )
    assert [isinstance(answer, BaseException) for answer in answers] == [False, False, True, False, False]
    assert isinstance(answers[2], Exception)
    assert "as it happens" in str(answers[2]) or "as it happens" in str(answers[2].__cause__)
    found = await documents.get("a/b")
    assert found is not None
    assert found.data == {"n": 2}
    assert sorted(task.name for task in await queue.take("l", 10)) == ["after", "before"]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["_read", "_checked", "_write", "_keep", "_text"])
async def test_whatever_a_commit_raises_wherever_its_neighbours_are_done(
    documents: SqliteDocuments, monkeypatch: pytest.MonkeyPatch, error: BaseException, place: str
) -> None:
    monkeypatch.setattr(group_commit, place, raising(getattr(group_commit, place), error, "bad"))
    answers = await together(*(documents.commit(Merge(f"a/{name}", {"name": name})) for name in ("x", "bad", "y")))
    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False]
    monkeypatch.undo()
    assert [one.id for one in await documents.query("a")] == ["x", "y"]
    await documents.commit(Create("a/later", {}))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["_turn", "_connect", "_commit", "_join"])
async def test_whatever_fails_around_a_group_the_next_group_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, place: str
) -> None:
    raised: list[BaseException] = []

    def once(*_: Any) -> Any:
        if not raised:
            raised.append(error)
            raise error
        return whole(*_)

    made = Database(tmp_path / "d.db")
    owner = made if place in ("_turn", "_connect") else Writer
    made.read("SELECT 1")
    assert made._writer is not None
    whole = getattr(made._writer, place) if owner is made else getattr(Writer, place)
    monkeypatch.setattr(made._writer if owner is made else Writer, place, once)
    documents = SqliteDocuments(made)
    answers = await together(*(documents.commit(Create(f"a/{n}", {})) for n in range(3)))
    assert raised
    assert all(isinstance(answer, Exception) for answer in answers[:1])
    await documents.commit(Create("a/later", {}))
    assert await documents.get("a/later") is not None
    made.close()


async def test_a_full_disk_is_passing_and_says_so(database: Database, documents: SqliteDocuments) -> None:
    await documents.commit(Create("a/1", {"x": 1}))
    (pages,) = database.read("PRAGMA page_count")[0]
    await database.write(lambda db: db.execute(f"PRAGMA max_page_count={pages + 2}").fetchall())
    answers = await together(
        documents.commit(Create("a/small", {"x": 1})),
        documents.commit(Create("a/big", {"x": "y" * 300_000})),
        documents.commit(Create("a/other", {"x": 1})),
    )
    assert [type(answer).__name__ for answer in answers] == ["Committed", "Transient", "Committed"]
    assert isinstance(answers[1], Transient)
    assert answers[1].code == "store_full"
    assert "disk space" in answers[1].advice
    assert database.held_up() == "the disk is full: free some space, and it goes on"
    await database.write(lambda db: db.execute("PRAGMA max_page_count=1000000").fetchall())
    await documents.commit(Create("a/big", {"x": "y" * 300_000}))
    assert not database.held_up()


async def test_a_file_that_another_program_holds_is_passing(database: Database, documents: SqliteDocuments) -> None:
    await database.write(lambda db: db.execute("PRAGMA busy_timeout=50").fetchall())
    other = sqlite3.connect(database.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers = await together(*(documents.commit(Create(f"a/{n}", {})) for n in range(3)))
    assert [getattr(answer, "code", "") for answer in answers] == ["store_unavailable"] * 3
    assert len({id(answer) for answer in answers}) == 3, "one exception for several who wait would grow with each"
    other.execute("ROLLBACK")
    other.close()
    await documents.commit(Create("a/0", {}))


async def test_a_damaged_file_is_told_and_the_writer_lives(tmp_path: Path) -> None:
    made = Database(tmp_path / "d.db")
    documents = SqliteDocuments(made)
    await documents.commit(*(Create(f"a/{n}", {"x": "y" * 5000}) for n in range(200)))
    made.close()
    content = bytearray(made.file.read_bytes())
    content[4096 * 4 : 4096 * 60] = b"\xff" * 4096 * 56
    made.file.write_bytes(content)
    answers = await together(*(documents.commit(Merge(f"a/{n}", {"x": "z"})) for n in range(0, 200, 5)))
    failed = [answer for answer in answers if isinstance(answer, BaseException)]
    assert failed
    assert {getattr(answer, "code", answer) for answer in failed} == {"store_damaged"}
    assert all(isinstance(answer, Permanent) for answer in failed)
    for asked in (documents.query("a"), documents.get_many([f"a/{n}" for n in range(200)])):
        with pytest.raises(Permanent) as caught:
            await asked
        assert caught.value.code == "store_damaged"
    made.close()


async def test_what_is_no_database_is_told_at_the_first_call(tmp_path: Path) -> None:
    file = tmp_path / "d.db"
    file.write_bytes(b"a letter to somebody" * 1000)
    for call in (SqliteDocuments(Database(file)).get("a/b"), SqliteDocuments(Database(file)).commit(Create("a/b", {}))):
        with pytest.raises(Permanent) as caught:
            await call
        assert caught.value.code == "store_damaged"


async def test_many_at_once_with_one_bad_of_each_kind_lose_none(documents: SqliteDocuments) -> None:
    bad: list[Any] = [float("nan"), b"x", 10**5000, {1, 2}, object()]
    answers = await together(
        *(documents.commit(Merge(f"a/{n}", {"x": bad[n // 97 % 5] if n % 97 == 0 else n})) for n in range(GROUP * 3))
    )
    failed = {n for n, answer in enumerate(answers) if isinstance(answer, BaseException)}
    assert failed == set(range(0, GROUP * 3, 97))
    assert await documents.count("a") == GROUP * 3 - len(failed)


async def test_who_no_longer_waits_holds_up_nobody(documents: SqliteDocuments) -> None:
    waiting = [asyncio.ensure_future(documents.commit(Merge(f"a/{n}", {}))) for n in range(20)]
    await asyncio.sleep(0)
    for one in waiting[::2]:
        one.cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(answer, asyncio.CancelledError) for answer in answers] == [n % 2 == 0 for n in range(20)]
    await documents.commit(Create("a/later", {}))


def test_a_loop_that_is_gone_holds_up_no_other(tmp_path: Path) -> None:
    made = Database(tmp_path / "d.db")
    documents = SqliteDocuments(made)

    async def leave() -> None:
        task = asyncio.ensure_future(documents.commit(Merge("a/left", {})))
        await asyncio.sleep(0)
        task.cancel()

    for _ in range(20):
        asyncio.run(leave())
    asyncio.run(within(documents.commit(Create("a/later", {}))))
    made.close()


async def within(call: Any) -> Any:
    async with asyncio.timeout(PATIENCE):
        return await call


async def together(*calls: Any) -> list[Any]:
    """Their answers or errors, or a failure when one never comes."""
    return list(await within(asyncio.gather(*calls, return_exceptions=True)))


def raising(whole: Callable[..., Any], error: BaseException, marked: str) -> Callable[..., Any]:
    """`whole`, but for what concerns the document `marked`."""

    def call(*arguments: Any) -> Any:
        if f"a/{marked}" in repr(arguments[1:] if isinstance(arguments[0], sqlite3.Connection) else arguments):
            raise error
        return whole(*arguments)

    return call


@pytest.mark.parametrize(("mode", "waits", "does_not"), [("FULL", 2, 1), ("NORMAL", 1, 1), ("OFF", 0, 0)])
async def test_a_group_waits_for_the_disk_if_anybody_in_it_does(tmp_path: Path, mode: str, waits: int, does_not: int) -> None:
    made = Database(tmp_path / "d.db", mode)
    made.read("SELECT 1")
    assert made._writer is not None
    connection, loop = made._connect(), asyncio.get_running_loop()
    for lasting in ([False], [False, True], [True], [False, False], [True, False]):
        made._writer._commit(connection, [(lambda _: None, loop.create_future(), one) for one in lasting])
        assert connection.execute("PRAGMA synchronous").fetchone() == (waits if any(lasting) else does_not,)
    connection.close()
    made.close()
