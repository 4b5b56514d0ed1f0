"""The blob store's faults: away, answered too late, killed half way, damaged (rows 14, 15 and 35)."""

from __future__ import annotations

import asyncio
import hashlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.embedded.blobs import FolderBlobs
from shared.engine.flow import Cache, Flow, Stage
from shared.engine.store import payloads
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Update
from tests.faults.faulty import Faulty, at, drain
from tests.support.engine.world import Total, ToyRequest, World

LARGE = 300_000


def one_stage(ran: list[str], *, cached: bool = False) -> Flow:
    """A job of one stage with a result that is too large for a document."""

    async def only(request: ToyRequest, ports: Ports) -> Total:
        ran.append("only")
        return Total(total=request.size, members=1, note="x" * LARGE)

    return Flow("toy", request=ToyRequest, result=Total, stages=(Stage(only, cache=Cache(days=1) if cached else None),))


def chain() -> Flow:
    """A large result, and a stage that reads it."""

    async def make(request: ToyRequest, ports: Ports) -> Total:
        return Total(total=request.size, members=1, note="x" * LARGE)

    async def read(large: Total, ports: Ports) -> Total:
        return Total(total=large.total, members=len(large.note))

    return Flow("toy", request=ToyRequest, result=Total, stages=(Stage(make, then=read), Stage(read)))


@pytest.mark.fault(14)
@pytest.mark.parametrize("after", [False, True], ids=["not stored", "stored"])
@pytest.mark.parametrize("cached", [False, True])
async def test_a_blob_store_that_answers_503_delays_and_pays_once(world: World, after: bool, cached: bool) -> None:
    ran: list[str] = []
    flow = one_stage(ran, cached=cached)
    job = await world.start(flow, size=7)
    blobs = Faulty(world.ports.blobs, at("put"), after=after)
    world.ports = world.with_ports(blobs=blobs)
    await drain(world, flow)
    done = await world.job(job)
    assert (blobs.failed, done["status"]) == (1, "succeeded")
    assert (await payloads.load_value(world.ports, done))["total"] == 7
    assert ran == ["only"]


@pytest.mark.fault(14)
async def test_a_blob_store_that_does_not_give_a_result_delays_who_needs_it(world: World) -> None:
    flow = chain()
    job = await world.start(flow, size=7)
    blobs = Faulty(world.ports.blobs, at("get", times=2))
    world.ports = world.with_ports(blobs=blobs)
    await drain(world, flow)
    assert blobs.failed == 2
    assert (await world.job(job))["result"] == {"total": 7, "members": LARGE, "note": ""}


WHOLE, HALF = 4_000_000, 2_000_000
WRITER = f"""
import asyncio, resource, signal, sys
from pathlib import Path
from shared.adapters.embedded.blobs import FolderBlobs
resource.setrlimit(resource.RLIMIT_FSIZE, ({HALF}, {HALF}))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the kernel kills it in the middle of the write, without a word to its code
asyncio.run(FolderBlobs(Path(sys.argv[1])).put("pdfs/a.pdf", bytes({WHOLE}), "application/pdf"))
"""


@pytest.mark.fault(15)
def test_a_process_killed_half_way_through_a_blob_leaves_no_half_blob(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", WRITER, str(tmp_path)], check=False)  # noqa: S603 - our own code
    assert killed.returncode == -signal.SIGXFSZ
    (part,) = tmp_path.glob("pdfs/.part-*")
    assert 0 < part.stat().st_size <= HALF
    blobs = FolderBlobs(tmp_path)
    assert asyncio.run(blobs.get("pdfs/a.pdf")) is None
    asyncio.run(blobs.put("pdfs/a.pdf", b"%PDF whole", "application/pdf"))
    assert asyncio.run(blobs.get("pdfs/a.pdf")) == b"%PDF whole"


@pytest.mark.fault(15)
async def test_a_blob_stored_just_before_its_process_died_is_taken_over(world: World) -> None:
    """The repeated attempt gives the same name and the same bytes: what was left is no orphan."""
    ran: list[str] = []
    flow = one_stage(ran)
    job = await world.start(flow, size=7)
    await world.ports.blobs.put(*_blob_of(7, job.id))
    await drain(world, flow)
    assert (await world.job(job))["result_blob"]["name"] == _blob_of(7, job.id)[0]
    assert ran == ["only"]


def _blob_of(size: int, job: str) -> tuple[str, bytes, str]:
    raw = payloads.canonical({"total": size, "members": 1, "note": "x" * LARGE}).encode()
    return f"results/{job}/2027-01/{hashlib.sha256(raw).hexdigest()}.json", raw, "application/json"


@pytest.mark.fault(15)
@pytest.mark.fault(35)
@pytest.mark.parametrize("damage", [b"", b'{"total":', b"\0" * LARGE], ids=["empty", "cut off", "zeros"])
async def test_a_damaged_blob_is_never_handed_out_and_is_made_good_by_the_next_job(
    world: World, tmp_path: Path, damage: bytes
) -> None:
    ran: list[str] = []
    flow = one_stage(ran, cached=True)
    first = await world.start(flow, size=7)
    await drain(world, flow)
    for blob in (tmp_path / "blobs" / "results").rglob("*.json"):  # the job's, and the cache entry's own
        blob.write_bytes(damage)
    with pytest.raises(Transient) as caught:
        await payloads.load_value(world.ports, await world.job(first))
    assert caught.value.code == "blob_lost"
    second = await world.start(flow, size=7)
    await drain(world, flow)
    assert ran == ["only", "only"]
    assert (await payloads.load_value(world.ports, await world.job(second)))["total"] == 7


@pytest.mark.fault(35)
@pytest.mark.parametrize("poison", [None, "text", {"total": "many"}, [1]], ids=str)
async def test_a_cache_entry_of_another_shape_is_no_entry(world: World, poison: Any) -> None:
    """Left by older code, or written by somebody else."""
    flow = world.toy.flow(cache=True)
    await world.start(flow, size=2)
    await drain(world, flow)
    for entry in await world.ports.documents.query("cache"):
        await world.ports.documents.commit(Update(entry.path, {"result": poison}))
    world.toy.ran.clear()
    job = await world.start(flow, size=2)
    await drain(world, flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["total"]) == ("succeeded", 1)
