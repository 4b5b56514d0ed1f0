"""A fan-out of tasks that do nothing, and its join: how fast, at how many document operations, in how much memory."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import psutil

from shared import bootstrap
from shared.adapters.embedded.tasks import Delivery, SqliteTasks
from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.store import paths
from shared.engine.task import envelope as envelopes
from shared.ports import Ports
from shared.ports.documents import Committed, Document, Documents, Write
from shared.settings import Settings
from tests.bench.peers import compare
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait
from tests.pipelines.noop.flow import FLOW

WORKERS = 2
RUNS = 3
"""Jobs whose median counts."""
BEST_PEER = 632.0
"""Tasks/s of huey on SQLite, N = 10,000, on two cores: the bar's base when no peer runs along."""
SIZES = (10, 100, 1_000, 10_000, 100_000)
AT_ONCE = 200
MEMBER = "nothing"


async def speed() -> list[Row]:
    """N = 1,000 and 10,000, every task a call of its deployed function over HTTP, in worker processes."""
    rows: list[Row] = []
    for size in (1_000, 10_000):
        runs = [await measured(size) for _ in range(RUNS)]
        wall, join = median(run.wall for run in runs), median(run.join for run in runs)
        peers = await compare.noop_of_all(size)
        rates = {peer.name: round(size / peer.wall_s, 1) for peer in peers if peer.wall_s}
        joins = {peer.name: round(peer.join_s * 1000, 1) for peer in peers if peer.join_s is not None}
        walls = {"walls_s": [round(run.wall, 2) for run in runs], "joins_ms": [round(run.join * 1000, 1) for run in runs]}
        beside = {"workers": WORKERS, **walls, **compare.told(peers)}
        as_they_come = [rate for name, rate in rates.items() if not compare.PEERS[name].tuned]
        bar = 1.5 * max(as_they_come, default=BEST_PEER)
        rows += [
            Row(
                f"{size:,} no-op tasks and their join",
                size / wall,
                "tasks/s",
                bar,
                at_least=True,
                beside=beside,
                peers=rates,
            ),
            Row(f"{size:,} no-op tasks, join after the last", join * 1000, "ms", 50, peers=joins),
        ]
    return rows


async def memory() -> list[Row]:
    """Resident memory of all processes together, at most, N = 100,000 over N = 1,000."""
    small, large = await measured(1_000), await measured(100_000)
    beside = {"mb_1000": round(small.peak_mb), "mb_100000": round(large.peak_mb), "tasks_s_100000": round(100_000 / large.wall)}
    return [Row("100,000 no-op tasks, memory over that of 1,000", large.peak_mb / small.peak_mb, "x", 1.3, beside=beside)]


async def operations() -> list[Row]:
    """Documents read and written per further task (beyond a job of one), and the most writes that one document sees."""
    alone = await counted(1)
    found = {size: await counted(size) for size in SIZES}
    each = {str(size): round((of.total - alone.total) / (size - 1), 3) for size, of in found.items()}
    hottest = {str(size): of.writes.most_common(1)[0] for size, of in found.items()}
    beside = {"each": each, "job_of_one_task": alone.total}
    spread = max(each.values()) / min(each.values())
    most = max(count for _, count in hottest.values())
    return [
        Row("document operations per task, N = 10 … 100,000: most over least", spread, "x", 1.1, beside=beside),
        Row("writes to any one document", most, "writes", 50, beside={size: f"{name}: {count}" for size, (name, count) in hottest.items()}),
    ]  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Seconds from the POST to the job's end, seconds from the last member's end to the join's, MB of all processes at most."""

    wall: float
    join: float
    peak_mb: float


async def measured(size: int) -> Measured:
    """One job in a local cloud of its own, after a small one that warms it."""
    with tempfile.TemporaryDirectory() as folder:
        cloud = Cloud(Path(folder), WORKERS, HEADRACE_PIPELINES="tests.pipelines.noop")
        try:
            await cloud.up(WORKERS)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as http:
                await wait(http, await start(http, "noop", size=50), 60)
                watching = asyncio.create_task(_peak(cloud))
                began = time.time()
                job = await start(http, "noop", size=size)
                view = await wait(http, job, 600, every=0.5)
                assert view["result"] == {"members": size, "sum": size * (size - 1) // 2}, view["error"]
                watching.cancel()
                with _rows_of(Path(folder), job) as (ended, last, joined):
                    return Measured(ended - began, joined - last, await watching)
        finally:
            cloud.end()


async def _peak(cloud: Cloud) -> float:
    """The most memory seen, until cancelled."""
    most = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            most = max(most, await asyncio.to_thread(_resident, cloud.processes()))
            await asyncio.sleep(0.5)
    return most


def _resident(pids: set[int]) -> float:
    """MiB of those that still run."""
    total = 0
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += psutil.Process(pid).memory_info().rss
    return total / 2**20


@contextlib.contextmanager
def _rows_of(folder: Path, job: str) -> Iterator[tuple[float, float, float]]:
    """When the job, its last member and its join ended, as recorded."""
    at = "json_extract(data, '$.finished_at')"
    tasks = f"SELECT MAX({at}) FROM documents WHERE collection = ? AND json_extract(data, '$.stage') = ?"  # noqa: S608 - our own text
    with contextlib.closing(sqlite3.connect(folder / "headrace.db")) as database:
        (ended,) = database.execute(f"SELECT {at} FROM documents WHERE path = ?", (paths.job(job),)).fetchone()  # noqa: S608 - our own text
        last, joined = (database.execute(tasks, (paths.tasks(job), stage)).fetchone()[0] for stage in (MEMBER, "total"))
        yield ended, last, joined


@dataclass
class Counted:
    """The documents port, counted as a store would charge: a read per document asked for or found, a write per document."""

    inner: Documents
    total: int = 0
    writes: Counter[str] = field(default_factory=Counter)

    async def get(self, path: str) -> Document | None:
        self.total += 1
        return await self.inner.get(path)

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        self.total += len(paths)
        return await self.inner.get_many(paths)

    async def query(self, collection: str, *where: Any, **options: Any) -> list[Document]:
        found = await self.inner.query(collection, *where, **options)
        self.total += max(1, len(found))
        return found

    async def count(self, collection: str, *where: Any) -> int:
        self.total += 1
        return await self.inner.count(collection, *where)

    async def erase_deleted(self) -> None:
        await self.inner.erase_deleted()

    async def commit(self, *writes: Write) -> Committed:
        self.total += len(writes)
        self.writes.update(_kind_of(write.path) for write in writes)
        return await self.inner.commit(*writes)


def _kind_of(path: str) -> str:
    """A document's path without the job's id, which differs from run to run."""
    return "/".join(["jobs", "…", *path.split("/")[2:]]) if path.startswith("jobs/") else path


async def counted(size: int) -> Counted:
    """One job, its deliveries made in this process: what is counted does not depend on who delivers."""
    with tempfile.TemporaryDirectory() as folder:
        plain = bootstrap.build(Settings(data=Path(folder)))
        documents = Counted(plain.documents)
        ports = Ports(documents, plain.tasks, plain.blobs, plain.models, plain.web, plain.limits, plain.settings)
        queue = plain.tasks
        assert isinstance(queue, SqliteTasks)
        try:
            job = (await lifecycle.create(FLOW, {"size": size}, lifecycle.Options(), ports)).job
            async with asyncio.timeout(600):  # a clock that was set back by a little leaves what is due for a moment
                while (await lifecycle.read(job.id, plain)).data["status"] not in lifecycle.TERMINAL:
                    if not (due := await queue.take("engine-interactive", AT_ONCE)):
                        await asyncio.sleep(0.01)
                    await asyncio.gather(*(_deliver(delivery, ports) for delivery in due))
                    await queue.end([delivery.name for delivery in due])
            assert (await lifecycle.read(job.id, ports)).data["status"] == "succeeded"
        finally:
            await bootstrap.close(plain)
        return documents


async def _deliver(delivery: Delivery, ports: Ports) -> None:
    stage = FLOW.stage(delivery.function.removeprefix(f"{FLOW.name}_"))
    envelope = envelopes.parse(delivery.body.encode(), stage.name)
    answer = await run_task(FLOW, stage, envelope, ports)
    assert answer.status == 200, answer
