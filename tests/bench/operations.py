"""What one job does to the stores: documents read, written and deleted, tasks, blobs and their bytes, counted at the ports.

The tables of docs/operations.md, one per pipeline with a sample (tests/bench/samples.py): `python -m tests.bench.operations [PIPELINE ...]`
prints them anew, and tests/flow/pages/test_operations.py holds them.
"""

from __future__ import annotations

import asyncio
import functools
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from functions import pipelines
from functions.jobs_api.reports import job_view
from shared import bootstrap, logs
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.recovery.sweep import sweep
from shared.engine.run_task import run_task
from shared.engine.task import envelope as envelopes
from shared.ports import Ports
from shared.ports.documents import Create, Delete, Merge, Update
from shared.ports.tasks import Task
from shared.settings import Settings
from tests.bench.samples import SAMPLES
from tests.flow.harness import outside

MEASURES = (
    "documents read", "documents written", "documents deleted", "documents that stay", "documents, KB written",
    "reads for limits, of these", "writes for limits, of these", "tasks created", "task deliveries", "blobs written", "blobs, KB written", "blobs read",
    "blobs, KB read", "model calls", "requests to other hosts",
)  # fmt: skip
LOOK, SWEEP = "a look at the job", "a sweep, nothing open"
PAUSE = 0.02


@dataclass
class Counted:
    """Counts what goes through ports, as a store would charge it: a read per document asked for or found, a write per document."""

    counts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    there: set[str] = field(default_factory=set)
    """Paths of documents seen written, and not deleted."""

    def watch(self, ports: Ports) -> None:
        """Count on the very objects, as the limits hold some of them too. Their `get` is a `get_many` of one."""
        documents, blobs = ports.documents, ports.blobs
        _before(documents, "get_many", self._read)
        _before(documents, "count", lambda collection, *_: self._read([collection]))
        _before(documents, "commit", self._write)
        _after(documents, "query", lambda found, collection: self._read([collection] * max(1, len(found))))
        _before(blobs, "put", lambda name, content, kind: self._blob("written", content))
        _after(blobs, "get", lambda content, name: self._blob("read", content or b""))

    def _read(self, paths: Sequence[str]) -> None:
        self.counts["documents read"] += len(paths)
        self.counts["reads for limits, of these"] += sum(path.startswith("limits/") for path in paths)

    def _write(self, *writes: Create | Update | Merge | Delete) -> None:
        for write in writes:
            if isinstance(write, Delete):
                self.counts["documents deleted"] += 1
                self.there.discard(write.path)
                continue
            self.there.add(write.path)
            self.counts["documents written"] += 1
            self.counts["documents, KB written"] += len(json.dumps(write.data)) / 1000
            self.counts["writes for limits, of these"] += write.path.startswith("limits/")

    def _blob(self, done: str, content: bytes) -> None:
        self.counts[f"blobs {done}"] += 1
        self.counts[f"blobs, KB {done}"] += len(content) / 1000


def _before(port: object, name: str, note: Callable[..., None]) -> None:
    """Tell `note` the arguments of each call of a port's method."""
    method: Callable[..., Awaitable[Any]] = getattr(port, name)

    @functools.wraps(method)
    async def counted(*args: Any, **options: Any) -> Any:
        note(*args)
        return await method(*args, **options)

    setattr(port, name, counted)


def _after(port: object, name: str, note: Callable[..., None]) -> None:
    """Tell `note` what each call of a port's method answered, and its first argument."""
    method: Callable[..., Awaitable[Any]] = getattr(port, name)

    @functools.wraps(method)
    async def counted(*args: Any, **options: Any) -> Any:
        answer = await method(*args, **options)
        note(answer, args[0])
        return answer

    setattr(port, name, counted)


@dataclass
class Queue:
    """The tasks port in this process: who delivers does not change what is counted."""

    counts: dict[str, float]
    waiting: list[Task] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    async def enqueue(self, *tasks: Task) -> None:
        self.counts["tasks created"] += len(tasks)
        for task in tasks:
            if task.name not in self.names:
                self.names.add(task.name)
                self.waiting.append(task)

    def take(self, *, idle: bool, over: bool) -> list[Task]:
        """Tasks to deliver now: what is due, with nothing else to do the next that runs a stage, and at the end all there are."""
        self.waiting.sort(key=lambda task: task.at or 0.0)
        now = time.time()
        found = [task for task in self.waiting if over or (task.at or 0.0) <= now]
        if idle and not found:
            found = [task for task in self.waiting if task.body.get("kind", "run") == "run"][:1]
        for task in found:
            self.waiting.remove(task)
        self.counts["task deliveries"] += len(found)
        return found


async def finished(flow: Flow, given: dict[str, Any], ports: Ports, queue: Queue) -> str:
    """Run one job to its end without waiting, and then every delivery that is left over, timers too. Answers its id."""
    job = (await lifecycle.create(flow, given, lifecycle.Options(), ports)).job.id
    under_way: set[asyncio.Task[bool]] = set()
    over = False
    while queue.waiting or under_way:
        under_way |= {asyncio.create_task(_deliver(flow, task, ports)) for task in queue.take(idle=not under_way, over=over)}
        assert under_way, "nothing runs, and only timers wait"
        ended, under_way = await asyncio.wait(under_way, timeout=PAUSE, return_when=asyncio.FIRST_COMPLETED)
        results = [task.result() for task in ended]
        over = over or any(results)
    return job


async def _deliver(flow: Flow, task: Task, ports: Ports) -> bool:
    """Deliver one task; answers whether it was the flow's last."""
    stage = flow.stage(task.function.removeprefix(f"{flow.name}_"))
    answer = await run_task(flow, stage, envelopes.parse(json.dumps(task.body).encode(), stage.name), ports)
    assert answer.status == 200, answer
    return stage is flow.stages[-1]


async def measured(pipeline: str) -> dict[str, Counter[str]]:
    """The jobs of the pipeline's sample, one after the other, its requests, and what is around; each by its name."""
    flow, sample = pipelines()[pipeline], SAMPLES[pipeline]
    counted = Counted()
    found: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world:
            plain = bootstrap.build(Settings.load(world.environment(Path(folder))))
            counted.watch(plain)
            queue = Queue(counted.counts)
            ports = replace(plain, tasks=queue)

            async def count(scenario: str, work: Callable[[], Awaitable[Any]]) -> Any:
                counted.counts.clear()
                before, there = world.calls(), len(counted.there)
                made = await work()
                counted.counts["documents that stay"] = len(counted.there) - there
                calls = Counter(world.calls())
                calls.subtract(before)
                counted.counts["model calls"] = calls.pop("model")
                counted.counts["requests to other hosts"] = sum(calls.values())
                found[scenario] = Counter({name: round(counted.counts[name]) for name in MEASURES})
                return made

            try:
                await sample.bring_in(ports)
                for scenario, given in sample.scenarios.items():
                    job = await count(scenario, functools.partial(finished, flow, given(world.base), ports, queue))
                    ended = (await lifecycle.read(job, ports)).data
                    assert ended["status"] == "succeeded", ended
                for scenario, request in sample.requests.items():
                    await count(scenario, functools.partial(request, ports))
                await count(LOOK, functools.partial(_look, job, ports))
                await count(SWEEP, functools.partial(sweep, pipelines(), ports))
            finally:
                await bootstrap.close(plain)
    return found


async def _look(job: str, ports: Ports) -> None:
    """What `GET /api/v1/jobs/{id}` does."""
    found = await lifecycle.read(job, ports)
    await job_view.whole(await job_view.state(pipelines(), found, ports), found, ports)


def table(found: dict[str, Counter[str]]) -> str:
    """The page's table of a pipeline."""
    lines = [f"| per | {' | '.join(found)} |", "|---" + "|--:" * len(found) + "|"]
    lines += [f"| {name} | {' | '.join(f'{counts[name]}' for counts in found.values())} |" for name in MEASURES]
    return "\n".join(lines)


async def main(names: list[str]) -> None:
    """Print the tables of some pipelines, or of all that have a sample."""
    for pipeline in names or [name for name in pipelines() if name in SAMPLES]:
        sys.stdout.write(f"## `{pipeline}`\n\n{table(await measured(pipeline))}\n\n")


if __name__ == "__main__":
    logs.configure("error")
    asyncio.run(main(sys.argv[1:]))
