"""The cost of a job on Firestore, counted in the client's own requests, is that of the same job on SQLite and in the simulator."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from google.cloud.firestore_v1.services.firestore.async_client import FirestoreAsyncClient

from shared.adapters.google.documents import FirestoreDocuments
from shared.ports.documents import Documents
from tests.bench.fanout import Counted
from tests.sim.world.documents import SimDocuments, Store
from tests.support.engine.world import World

SIZES = (3, 25)
"""Members of the fan-out: of one shard, and of a tree of them."""


class Calm:
    """A simulated process in which every call has its effect, and nothing happens in between."""

    loop = SimpleNamespace(turns=0)

    def __init__(self) -> None:
        self.thread = SimpleNamespace(read={})
        self.empty = 0
        """Queries that found nothing: the simulator counts what it hands out, a store charges a read."""

    async def call(self, name: str, _: Any, effect: Callable[[], Any]) -> Any:
        made = effect()
        self.empty += name == "query" and not made
        return made


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What Firestore would charge for the requests that its client sends from now on: reads, writes, deletes."""
    counts: Counter[str] = Counter()
    commit = FirestoreAsyncClient.commit

    async def committed(self: Any, request: Any, **options: Any) -> Any:
        for write in request["writes"]:
            counts["deletes" if "delete" in write else "writes"] += 1
        return await commit(self, request, **options)

    monkeypatch.setattr(FirestoreAsyncClient, "commit", committed)
    for method in ("batch_get_documents", "run_query", "run_aggregation_query"):
        monkeypatch.setattr(FirestoreAsyncClient, method, _counting(method, counts))
    return counts


def _counting(method: str, counts: Counter[str]) -> Callable[..., Any]:
    """A read per document that is answered, there or not, and at least one per request."""
    ask = getattr(FirestoreAsyncClient, method)

    async def asked(self: Any, *arguments: Any, **options: Any) -> AsyncIterator[Any]:
        answers = await ask(self, *arguments, **options)

        async def read() -> AsyncIterator[Any]:
            documents = 0
            async for answer in answers:
                documents += method != "run_query" or "document" in answer
                yield answer
            counts["reads"] += max(1, documents)

        return read()

    return asked


async def counted(folder: Path, size: int, documents: Documents | None = None) -> Counted:
    """One toy job, delivered by hand in the order of the queue."""
    folder.mkdir()
    world = World(folder)
    made = Counted(documents or world.ports.documents)
    world.ports = replace(world.ports, documents=made)
    job = await world.start(size=size)
    await world.drain()
    ended = await world.job(job)
    assert ended["status"] == "succeeded", ended["error"]
    world.close()
    return made


@pytest.mark.parametrize("size", SIZES)
async def test_a_job_takes_the_same_operations_on_firestore(
    size: int, firestore_host: str, wire: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_host)
    google = FirestoreDocuments(f"operations-{size}")
    here, there = await counted(tmp_path / "here", size), await counted(tmp_path / "there", size, google)
    await google.aclose()
    assert (wire.total(), wire["writes"]) == (here.total, here.writes.total())
    assert wire["reads"] > 0
    assert there.writes == here.writes


@pytest.mark.parametrize("size", SIZES)
async def test_the_simulator_counts_the_same(size: int, tmp_path: Path) -> None:
    store, calm = Store(), Calm()
    here = await counted(tmp_path / "here", size)
    simulated = await counted(tmp_path / "there", size, SimDocuments(cast("Any", calm), store))
    assert store.operations + calm.empty == simulated.total == here.total
    assert simulated.writes == here.writes
