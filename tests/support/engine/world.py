"""The engine on its real embedded adapters, with deliveries made by hand: in order, doubled, shuffled, dropped."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import Delivery, SqliteTasks
from shared.engine.flow import Cache, Flow, Join, Stage
from shared.engine.job import lifecycle
from shared.engine.recovery.sweep import Takeover, sweep
from shared.engine.run_task import DeliveryResponse, run_task
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import envelope as envelopes
from shared.ports import Ports
from shared.ports.documents import Document
from shared.ports.tasks import Task, Tasks
from shared.settings import Settings
from tests.support.fakes import FakeLimits, FakeModels, FakeWeb

LANES = [f"{name}-{kind}" for name in ("engine",) for kind in ("interactive", "bulk")]


LOOKS = ("look", "takeover", "shards")


class _LooksAside:
    """A queue from which looks are taken out, to be done at once; whatever they enqueue for others goes into the real one."""

    def __init__(self, queue: Tasks) -> None:
        self._queue = queue
        self.looks: list[Task] = []

    async def enqueue(self, *tasks: Task) -> None:
        self.looks += [task for task in tasks if task.body.get("kind") in LOOKS]
        if rest := [task for task in tasks if task.body.get("kind") not in LOOKS]:
            await self._queue.enqueue(*rest)


async def sweep_now(flows: Mapping[str, Flow], ports: Ports, *, takeover: Takeover | None = None) -> int:
    """A sweep, and every look that comes of it, at once. Answers how many tasks were brought back."""
    aside = _LooksAside(ports.tasks)
    ports = replace(ports, tasks=aside)
    await sweep(flows, ports, takeover=takeover)
    brought = 0
    while aside.looks:
        task = aside.looks.pop(0)
        flow = next(flow for flow in flows.values() if task.function.startswith(f"{flow.name}_"))
        answer = await run_task(flow, flow.stage(task.body["stage"]), envelopes.Envelope(**task.body), ports)
        if found := re.fullmatch(r"brought back (\d+)", answer.reason):
            brought += int(found[1])
    return brought


class ToyRequest(BaseModel):
    size: int
    fail: tuple[int, ...] = ()
    text: str = ""


class Item(BaseModel):
    number: int
    fail: bool = False


class Squared(BaseModel):
    number: int
    square: int


class Total(BaseModel):
    total: int
    members: int
    note: str = ""


class Toy:
    """Stage functions that remember how often each piece of work was really done."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.hook: Callable[[str], Any] = lambda _: None

    def flow(self, *, cache: bool = False, **join: Any) -> Flow:
        async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
            self.ran.append("spread")
            self.hook("spread")
            return [Item(number=n, fail=n in request.fail) for n in range(request.size)]

        async def square(item: Item, ports: Ports) -> Squared:
            self.ran.append(f"square {item.number}")
            self.hook(f"square {item.number}")
            return Squared(number=item.number, square=item.number**2)

        async def add(squares: list[Squared], request: ToyRequest, note: Total | None, ports: Ports) -> Total:
            self.ran.append("add")
            self.hook("add")
            text = note.note if note else "no note"
            return Total(total=sum(s.square for s in squares), members=len(squares), note=text)

        async def note(items: list[Item], ports: Ports) -> Total:
            self.ran.append("note")
            self.hook("note")
            return Total(total=0, members=len(items), note="noted")

        kept = Cache(days=1) if cache else None
        return Flow(
            "toy",
            request=ToyRequest,
            result=Total,
            stages=(
                Stage(spread, then=square, beside=note, cache=kept),
                Stage(note, within=3),
                Stage(square, join=Join(add, **join), cache=kept, sums=("square",), says="{square:.0f} squared"),
                Stage(add, needs=(ToyRequest, note)),
            ),
        )


class World:
    """Ports, a queue that is emptied by hand, and the toy flow."""

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock()
        self.database = Database(folder / "test.db", synchronous="OFF")
        self.queue = SqliteTasks(self.database, now=self.clock.now)
        self.ports = Ports(
            documents=SqliteDocuments(self.database),
            tasks=self.queue,
            blobs=FolderBlobs(folder / "blobs"),
            models=cast("Any", FakeModels()),
            web=FakeWeb(),
            limits=FakeLimits(),
            settings=Settings(),
            clock=self.clock,
        )
        self.toy = Toy()
        self.flow = self.toy.flow()
        self.deliveries = 0

    def close(self) -> None:
        self.database.close()

    def with_ports(self, **changes: Any) -> Ports:
        return replace(self.ports, **changes)

    async def start(self, flow: Flow | None = None, **request: Any) -> Document[JobRecord]:
        return (await lifecycle.create(flow or self.flow, request, lifecycle.Options(), self.ports)).job

    async def deliver(self, delivery: Delivery, flow: Flow | None = None) -> DeliveryResponse:
        """One delivery, ended or put back as the dispatcher would."""
        flow = flow or self.flow
        stage = flow.stage(delivery.function.removeprefix("toy_"))
        answer = await run_task(
            flow,
            stage,
            envelopes.parse(delivery.body.encode(), stage.name),
            self.ports,
            again=delivery.attempts + delivery.lost > 0,
        )
        self.deliveries += 1
        if 200 <= answer.status < 300:
            await self.queue.end([delivery.name])
        else:
            await self.queue.put_back(delivery.name, self.clock.now() + 1)
        return answer

    async def due(self) -> list[Delivery]:
        return [delivery for lane in LANES for delivery in await self.queue.take(lane, 100_000)]

    async def drain(
        self, flow: Flow | None = None, *, seed: int | None = None, double: bool = False, most: int = 100_000
    ) -> None:
        """Deliver until nothing is queued; shuffled by `seed`, each one twice with `double`."""
        dice = random.Random(seed)
        while self.queue.depth() and most > 0:
            batch = await self.due()
            if not batch:
                self.clock.time = max(self.clock.time, min(self.queue.due(LANES).values()))
                continue
            if seed is not None:
                dice.shuffle(batch)
            for delivery in batch:
                most -= 1
                await self.deliver(delivery, flow)
                if double:
                    await self.deliver(delivery, flow)

    async def closed_because(self, job: Document[JobRecord], stage: str) -> str:
        """Why the fan-out of a stage closed, in the job's first run."""
        found = await self.ports.documents.get(paths.fanout(job.id, paths.fanout_id(1, stage)))
        return str(found.data["reason"]) if found else ""

    async def job(self, job: Document[JobRecord]) -> dict[str, Any]:
        return dict((await lifecycle.read(job.id, self.ports)).data)
