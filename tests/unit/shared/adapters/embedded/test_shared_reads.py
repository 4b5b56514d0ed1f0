"""Reads of one turn share a statement, and each gets its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.errors import Transient
from shared.ports.documents import Create, Merge


class Watched(Database):
    """Counts reads, and fails when told to."""

    reads = 0
    broken = False

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        self.reads += 1
        if self.broken:
            raise Transient("away", code="store_unavailable")
        return super().read(sql, parameters)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Watched]:
    made = Watched(tmp_path / "d.db")
    documents = SqliteDocuments(made)
    for start in range(0, 400, 100):
        await documents.commit(*(Create(f"c/{n}", {"n": n}) for n in range(start, start + 100)))
    yield made
    made.close()


async def test_all_of_one_turn_take_two_statements_and_get_what_each_asked_for(database: Watched) -> None:
    documents = SqliteDocuments(database)
    database.reads = 0
    found = await asyncio.gather(*(documents.get_many([f"c/{n}", "c/0", f"c/none{n}", f"c/{n}"]) for n in range(60)))
    assert database.reads == 2
    numbers = [[one and one.data["n"] for one in some] for some in found]
    assert numbers == [[n, 0, None, n] for n in range(60)]
    found[0][1].data["n"] = "changed by whoever reads it"  # type: ignore[union-attr]
    assert found[1][1].data["n"] == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [1, 2, 3, 9, 33, 127, 128, 129, 300, 400])
async def test_any_number_is_found(database: Watched, count: int) -> None:
    found = await SqliteDocuments(database).get_many([f"c/{n}" for n in range(count)])
    assert [one and one.data["n"] for one in found] == list(range(count))


async def test_who_asks_alone_waits_for_nobody(database: Watched) -> None:
    read = SqliteDocuments(database).get("c/1")
    with pytest.raises(StopIteration) as ended:
        read.send(None)
    assert ended.value.value.data == {"n": 1}
    await asyncio.sleep(0)


async def test_what_was_committed_before_is_seen(database: Watched) -> None:
    documents = SqliteDocuments(database)

    async def one(n: int) -> list[int]:
        seen = []
        for times in range(20):
            await documents.commit(Merge(f"c/{n}", {"times": times}))
            found = await documents.get(f"c/{n}")
            assert found is not None
            seen.append(found.data["times"])
        return seen

    assert await asyncio.gather(*(one(n) for n in range(30))) == [list(range(20))] * 30


async def test_a_fault_is_told_to_all_who_asked_and_to_nobody_after(database: Watched) -> None:
    documents = SqliteDocuments(database)
    database.broken = True
    told = await asyncio.gather(*(documents.get(f"c/{n}") for n in range(5)), return_exceptions=True)
    assert [type(one) for one in told] == [Transient] * 5
    database.broken = False
    assert await documents.get("c/1") is not None


async def test_who_is_cancelled_holds_up_no_other(database: Watched) -> None:
    documents = SqliteDocuments(database)
    tasks = [asyncio.create_task(documents.get(f"c/{n}")) for n in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one).__name__ for one in found] == ["Document", "CancelledError", "Document", "Document"]


def test_a_loop_that_ended_in_the_middle_of_its_turn_is_forgotten(tmp_path: Path) -> None:
    documents = SqliteDocuments(Database(tmp_path / "d.db"))
    asyncio.run(documents.commit(Create("c/1", {})))
    cut_off = asyncio.new_event_loop()

    def turn() -> None:
        with contextlib.suppress(StopIteration):
            documents.get("c/1").send(None)
        cut_off.stop()

    cut_off.call_soon(turn)
    cut_off.run_forever()
    cut_off.close()
    assert asyncio.run(documents.get("c/1")) is not None
