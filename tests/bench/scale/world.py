"""Many instances over one store and one queue, on virtual time. Instances die; some of what they held comes back, some is lost."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import random
from collections import defaultdict, deque
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar
from unittest.mock import patch

from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.limits import Limit, SharedLimits
from shared.engine.recovery.sweep import EVERY, sweep
from shared.engine.run_task import run_task
from shared.engine.spending import usage_meter
from shared.engine.task import envelope as envelopes
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.blobs import Blob
from shared.ports.models import Usage
from shared.ports.tasks import Task
from shared.settings import Settings
from tests.bench.scale.documents import InstanceDocuments, Store
from tests.sim.world import loop as sim_loop
from tests.support.fakes import FakeLimits, FakeWeb
from tests.support.metered import metered_models

T = TypeVar("T")
MODEL = "openai"
"""The resource that has a limit, if there is one."""
STEP = 0.02
ENQUEUE, BLOB, BACK_OFF = 0.02, 0.03, 1.0
"""Seconds that a call of the queue and of the blobs takes, and after which the queue tries again what was not answered."""


class Gone(BaseException):
    """The instance was ended: nothing of it has an effect any more."""


@dataclass
class Queue:
    """One lane of Cloud Tasks: so many starts a second, so many under way."""

    rate: float
    at_once: int
    due: deque[Task] = field(default_factory=deque)
    under_way: int = 0
    credit: float = 0.0


@dataclass
class Instance:
    """One instance, its ports, and the deliveries that it is at."""

    name: str
    world: World
    dead: bool = False
    at_work: dict[asyncio.Task[Any], Task] = field(default_factory=dict)
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        documents, limits = InstanceDocuments(self.world.store, self.pass_time), self.world.limits
        self.ports = Ports(
            documents=documents, tasks=self, blobs=self, models=metered_models(Provider(self)), web=FakeWeb(),
            limits=SharedLimits(documents, self, limits, self.name) if limits else FakeLimits(), settings=self.world.settings,
            clock=self, instance=self.name,
        )  # fmt: skip

    async def pass_time(self, seconds: float) -> None:
        if self.dead:
            raise Gone
        await asyncio.sleep(seconds)
        if self.dead:
            raise Gone

    def now(self) -> float:
        return self.world.loop.time()

    async def sleep(self, seconds: float) -> None:
        await self.pass_time(seconds)

    async def enqueue(self, *tasks: Task) -> None:
        await self.pass_time(ENQUEUE)
        for task in tasks:
            self.world.add(task)

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        await self.pass_time(BLOB)
        self.world.blobs[name] = content
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        await self.pass_time(BLOB)
        return self.world.blobs.get(name)

    async def delete(self, *names: str) -> None:
        for name in names:
            self.world.blobs.pop(name, None)

    async def delete_folder(self, folder: str) -> None:
        await self.delete(*[name for name in self.world.blobs if name.startswith(f"{folder}/")])

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        return f"memory:{name}"


@dataclass
class Provider:
    """A model that takes its time, and takes calls only as its limit allows."""

    instance: Instance
    label: str = "scale"

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return 0.0

    async def ask(self, **question: Any) -> Any:
        grant = await self.instance.ports.limits.acquire(MODEL, requests=1)
        await self.instance.pass_time(self.instance.world.seconds)
        self.instance.ports.limits.settle(grant, status=200)
        usage_meter.count_usage(Usage(calls=1))
        return question["answer"](members=1, sum=0)


class World:
    """`rate`: starts a second of a lane. `dying`: seconds from one instance's end to the next one's; 0: none dies.
    `seconds`: what a call of the model takes.
    """

    def __init__(
        self,
        flow: Flow,
        *,
        rate: float = 500,
        instances: int = 100,
        at_once: int = 5000,
        dying: float = 0.0,
        limits: Mapping[str, Limit] = MappingProxyType({}),
        seconds: float = 4.0,
        seed: int = 1,
    ) -> None:
        self.flow, self.flows, self.dying, self.limits, self.seconds = flow, {flow.pipeline: flow}, dying, limits, seconds
        self.loop = sim_loop.Loop(lambda _: 0, 0.0)  # type: ignore[abstract] # sockets and signals are not asked for
        self.store = Store(self.loop.time)
        self.blobs: dict[str, bytes] = {}
        self.settings = Settings()
        self.queues: dict[str, Queue] = defaultdict(lambda: Queue(rate, at_once))
        self.deliveries = 0
        self._names: set[str] = set()
        self.dice = random.Random(seed)
        self._numbers = itertools.count(1)
        self.instances = [self._start() for _ in range(instances)]
        self.lost: dict[tuple[str, str], float] = {}
        """Tasks whose instance ended and whose delivery is gone, by job and task id: when."""
        self.lateness: list[float] = []
        """Seconds from then until somebody enqueued them anew."""
        self.looks: dict[str, list[float]] = defaultdict(list)
        """Seconds that deliveries which look after others took, by kind."""

    def _start(self) -> Instance:
        return Instance(f"i{next(self._numbers)}", self)

    def add(self, task: Task) -> None:
        """Accept a task once; start it in its time."""
        if task.name in self._names:
            return
        self._names.add(task.name)
        if self.lost and (at := self.lost.pop(_task_of(task), None)):
            self.lateness.append(self.loop.time() - at)
        due, wait = self.queues[task.lane].due, (task.at or 0.0) - self.loop.time()
        if wait > 0:
            self.loop.call_later(wait, due.append, task)
        else:
            due.append(task)

    async def _serving(self) -> None:
        """Start what is due, at each queue's rate."""
        while True:
            await asyncio.sleep(STEP)
            for queue in list(self.queues.values()):
                queue.credit = min(queue.credit + queue.rate * STEP, queue.rate)
                while queue.credit >= 1 and queue.due and queue.under_way < queue.at_once:
                    queue.credit -= 1
                    self._deliver(queue.due.popleft())

    def _deliver(self, task: Task) -> None:
        instance = self.dice.choice(self.instances)
        delivery = self.loop.create_task(self._delivered(task, instance))
        instance.at_work[delivery] = task
        self.queues[task.lane].under_way += 1
        self.deliveries += 1
        delivery.add_done_callback(lambda done: self._ended(done, task, instance))

    async def _delivered(self, task: Task, instance: Instance) -> int:
        stage = self.flow.stage(task.function.removeprefix(f"{self.flow.name}_"))
        envelope = envelopes.parse(json.dumps(task.body).encode(), stage.name)
        began = self.loop.time()
        try:
            status = (await run_task(self.flow, stage, envelope, instance.ports)).status
        except HeadraceError:
            return 503
        if envelope.kind in ("look", "shards"):
            self.looks[envelope.kind].append(self.loop.time() - began)
        return status

    def _ended(self, done: asyncio.Task[int], task: Task, instance: Instance) -> None:
        self.queues[task.lane].under_way -= 1
        instance.at_work.pop(done, None)
        if instance.dead or done.cancelled():
            return  # what became of it was said when the instance ended
        if done.exception() is not None or done.result() >= 300:
            self.loop.call_later(BACK_OFF, self.queues[task.lane].due.append, task)

    async def _dying(self) -> None:
        """An instance ends, again and again. Half of its deliveries come back, of the other half nobody hears again."""
        while self.dying:
            await asyncio.sleep(self.dying)
            dead = self.dice.choice(self.instances)
            self.instances[self.instances.index(dead)] = self._start()
            dead.dead = True
            for delivery, task in list(dead.at_work.items()):
                delivery.cancel()
                if self.dice.random() < 0.5:
                    self.loop.call_later(BACK_OFF, self.queues[task.lane].due.append, task)
                elif task.body["kind"] == "run":
                    self.lost[_task_of(task)] = self.loop.time()

    async def _sweeping(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await sweep(self.flows, self._safe.ports)

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """Run to the end of `main`, with the queue, the sweeper and death at work."""
        self._safe = self._start()  # where the sweeper and the clients are: it does not die

        async def whole() -> T:
            around = [asyncio.ensure_future(one) for one in (self._serving(), self._sweeping(), self._dying())]
            try:
                return await main
            finally:
                for one in around:
                    one.cancel()

        with patch.object(sim_loop, "MOST_TURNS", 10**12):
            try:
                return self.loop.run_until_complete(whole())
            finally:
                self._stop()

    def _stop(self) -> None:
        """End all instances, so that nothing is left that waits."""
        for instance in (*self.instances, self._safe):
            instance.dead = True
        while left := asyncio.all_tasks(self.loop):
            for task in left:
                task.cancel()
            self.loop.drain()

    async def create(self, given: Mapping[str, Any]) -> str:
        return (await lifecycle.create(self.flow, given, lifecycle.Options(), self._safe.ports)).job.id

    def status(self, job: str) -> str:
        found = self.store.kept.get(f"jobs/{job}")
        return str(found[0]["status"]) if found else "missing"

    async def ended(self, jobs: set[str], most: float) -> None:
        """Wait until the jobs have ended, at most so many seconds."""
        until = self.loop.time() + most
        while jobs and self.loop.time() < until:
            await asyncio.sleep(1.0)
            jobs = {job for job in jobs if self.status(job) in ("queued", "running")}
        if jobs:
            raise AssertionError(f"{len(jobs)} jobs have not ended, one of them {next(iter(jobs))}")


def _task_of(task: Task) -> tuple[str, str]:
    """The job and the id of the task that a delivery runs; no id for a delivery of another kind."""
    envelope = envelopes.Envelope.model_construct(**task.body)
    return envelope.job, envelope.task_id if envelope.kind == "run" else ""
