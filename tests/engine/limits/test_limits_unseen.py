"""A call that comes in its time leases what it has not looked at; what begins too far ahead goes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.limits.shared_timeline import TimelineShard
from shared.ports.documents import Document, Merge

PATH = "limits/model/shards/0"


class Counting(SqliteDocuments):
    """Documents that count who reads."""

    reads = 0

    async def get(self, path: str) -> Document | None:
        self.reads += 1
        return await super().get(path)


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Counting]:
    database = Database(tmp_path / "limits.db", synchronous="OFF")
    yield Counting(database)
    database.close()


async def test_a_timeline_that_nobody_used_is_brought_up_to_now(documents: Counting) -> None:
    shard = TimelineShard(PATH, documents)
    assert [(await shard.take_unseen(3.0, floor))[0] for floor in (1000.0, 1000.5, 2000.0)] == [1000.0, 1003.0, 2000.0]
    assert documents.reads == 0


async def test_those_who_take_at_once_get_stretches_that_do_not_overlap(documents: Counting) -> None:
    shards = [TimelineShard(PATH, documents) for _ in range(20)]
    starts = await asyncio.gather(*(shard.take_unseen(3.0, 1000.0) for shard in shards))
    assert sorted(start for start, _ in starts) == [1000.0 + 3 * n for n in range(20)]


async def test_what_is_too_far_ahead_goes_back_unless_others_took_behind_it(documents: Counting) -> None:
    first, second = TimelineShard(PATH, documents), TimelineShard(PATH, documents)
    await documents.commit(Merge(PATH, {"end": 5000.0}))
    start, _ = await first.take_unseen(3.0, 1000.0)
    assert start == 5000.0
    assert await first.cut(start)
    mine, _ = await first.take_unseen(3.0, 1000.0)
    await second.take_unseen(3.0, 1000.0)
    assert mine == 5000.0
    assert not await first.cut(mine)
    assert await second.stands() == 5006.0
