from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import NAMES_KEPT, SqliteTasks
from shared.errors import Permanent
from shared.ports.tasks import Task


def task(name: str, at: float | None = None, lane: str = "web-bulk") -> Task:
    return Task(name, lane, "f", {"n": name}, at)


async def test_tasks_come_once_in_time_order_from_their_lane(queue: SqliteTasks) -> None:
    await queue.enqueue(task("b", at=2.0), task("a", at=1.0), task("other", lane="web-interactive"))
    assert [d.name for d in await queue.take("web-bulk", 10)] == ["a", "b"]
    assert await queue.take("web-bulk", 10) == []
    assert [d.name for d in await queue.take("web-interactive", 10)] == ["other"]


@pytest.mark.fault(7)
@pytest.mark.fault(8)
async def test_a_name_is_accepted_once_even_after_its_end(database: Database) -> None:
    now = [1000.0]
    queue = SqliteTasks(database, now=lambda: now[0])
    await asyncio.gather(*(queue.enqueue(task("a")) for _ in range(5)))
    assert len(await queue.take("web-bulk", 10)) == 1
    await queue.end(["a"])
    await queue.enqueue(task("a"))
    assert await queue.take("web-bulk", 10) == []
    now[0] += NAMES_KEPT + 1
    await queue.forget()
    await queue.enqueue(task("a"))
    assert len(await queue.take("web-bulk", 10)) == 1


async def test_a_task_waits_for_its_time(database: Database) -> None:
    now = [1000.0]
    queue = SqliteTasks(database, now=lambda: now[0])
    await queue.enqueue(task("later", at=1005.0))
    assert await queue.take("web-bulk", 10) == []
    assert queue.due(["web-bulk", "none"]) == {"web-bulk": 1005.0}
    now[0] = 1005.0
    assert [d.name for d in await queue.take("web-bulk", 10)] == ["later"]


async def test_what_ended_stays_ended_whoever_puts_it_back(queue: SqliteTasks) -> None:
    await queue.enqueue(task("a"))
    await queue.take("web-bulk", 1)
    await queue.end(["a"])
    await queue.put_back("a", 0.0)
    assert (await queue.take("web-bulk", 1), queue.depth()) == ([], {})


async def test_put_back_counts_attempts(queue: SqliteTasks) -> None:
    await queue.enqueue(task("a"))
    (first,) = await queue.take("web-bulk", 1)
    await queue.put_back("a", 0.0)
    (second,) = await queue.take("web-bulk", 1)
    assert (first.attempts, second.attempts) == (0, 1)
    assert queue.depth() == {"web-bulk": 1}


async def test_the_queue_survives_its_process(tmp_path: Path) -> None:
    first = Database(tmp_path / "q.db", synchronous="OFF")
    queue = SqliteTasks(first)
    await queue.enqueue(task("a"), task("b"))
    await queue.take("web-bulk", 1)
    first.close()
    second = Database(tmp_path / "q.db", synchronous="OFF")
    again = SqliteTasks(second)
    await again.recover()
    assert sorted(d.name for d in await again.take("web-bulk", 10)) == ["a", "b"]
    second.close()


@pytest.mark.fault(13)
async def test_a_body_over_100_kb_is_refused(queue: SqliteTasks) -> None:
    with pytest.raises(Permanent) as caught:
        await queue.enqueue(Task("a", "web-bulk", "f", {"text": "x" * 102_400}))
    assert caught.value.code == "task_too_large"


async def test_what_is_erased_goes_from_tasks_too_that_were_queued_then(database: Database) -> None:
    """A task's body may hold what was deleted: once it has ended, no page of the log holds it any more."""
    queue, documents = SqliteTasks(database), SqliteDocuments(database)
    await queue.enqueue(Task("a", "web-bulk", "f", {"of": "canary7f3"}))
    await documents.erase_deleted()
    files = [database.file, database.file.with_name(f"{database.file.name}-wal")]
    assert [file for file in files if b"canary7f3" in file.read_bytes()]
    await queue.take("web-bulk", 1)
    await queue.end(["a"])
    await queue.forget()
    assert not [file for file in files if file.exists() and b"canary7f3" in file.read_bytes()]
