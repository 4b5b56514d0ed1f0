"""The cost of a job on Firestore is that of the same job on SQLite, where the simulator counts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shared.adapters.google.documents import FirestoreDocuments
from shared.ports.documents import Documents
from tests.bench.fanout import Counted
from tests.engine.world import World

pytestmark = pytest.mark.xdist_group("emulators")
SIZES = (3, 25)
"""Members of the fan-out: of one shard, and of a tree of them."""


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
    size: int, firestore_host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_host)
    google = FirestoreDocuments(f"operations-{size}")
    here, there = await counted(tmp_path / "here", size), await counted(tmp_path / "there", size, google)
    await google.aclose()
    assert there.total == here.total > 0
    assert sorted(there.writes.values()) == sorted(here.writes.values())
    assert there.writes == here.writes
