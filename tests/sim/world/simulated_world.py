"""A whole deployment in one thread: processes over one store, one queue, one provider, on virtual time."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import math
import random
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from unittest.mock import patch

import structlog

from shared.engine.fanout import item_pages, shard_tree
from shared.engine.flow import Flow
from shared.engine.recovery.sweep import sweep
from shared.engine.store import ended_instances, paths, payloads
from shared.errors import HeadraceError, Transient
from shared.ports import Ports
from shared.settings import Settings
from tests.sim.watch import Watch
from tests.sim.world.blobs import SimBlobs
from tests.sim.world.documents import SimDocuments, Store
from tests.sim.world.faults import Faults
from tests.sim.world.flow import FLOWS, SimPorts
from tests.sim.world.loop import EPOCH, Loop
from tests.sim.world.models import SimModels
from tests.sim.world.process import Crash, Process, ProcessClock
from tests.sim.world.tasks import Delivery, Mood, Queue, SimTasks
from tests.support.engine.stage_handler import stage_handler
from tests.support.fakes import FakeLimits, FakeWeb
from tests.support.metered import metered_models
from tests.support.seeded_chance import seeded

T = TypeVar("T")
SETTINGS = Settings()
PATIENCE = 60.0
"""Turns."""


@dataclass(frozen=True)
class Knobs:
    """Sizes made small, so that small histories have deep trees, many pages and big results."""

    shard: int = 20
    page: int = 500
    input_bytes: int = 32 * 1024
    inline_bytes: int = 200 * 1024

    @contextlib.contextmanager
    def turned(self) -> Iterator[None]:
        """The engine with these sizes."""
        with (
            patch.object(shard_tree, "SHARD", self.shard),
            patch.object(item_pages, "PAGE", self.page),
            patch.object(item_pages, "INPUT_BYTES", self.input_bytes),
            patch.object(payloads, "INLINE_BYTES", self.inline_bytes),
        ):
            yield


@dataclass
class Setting:
    """How a world is set up. `lifo`: how often the newest turn is taken, which lets one process run ahead of the others."""

    seed: int | str = 0
    processes: int = 2
    faults: Faults = field(default_factory=Faults)
    mood: Mood = field(default_factory=Mood)
    trouble: float = 0.0
    """Share of paid calls that the provider refuses."""
    lifo: float = 0.0
    pace: float = 0.01
    sweeper: bool = True
    obituaries: bool = False
    """Whether somebody notices a process's death and writes it down."""
    knobs: Knobs = field(default_factory=Knobs)
    log: list[str] | None = None
    """Where everything that happens is written down, if it is to be."""
    choose: Callable[[int], int] | None = None
    """Which of n turns is next, if not by the seed."""


class World:
    """Everything that a history happens in. Deliveries go to any process; a dead one is replaced at once."""

    def __init__(self, setting: Setting, flows: Mapping[str, Flow] = FLOWS) -> None:
        self.setting, self.flows = setting, flows
        self.dice = random.Random(f"world {setting.seed}")
        patience = PATIENCE if setting.choose is None else math.inf
        self.loop = Loop(setting.choose or self._choose, setting.pace, patience)  # type: ignore[abstract] # sockets and signals are not asked for
        self.store = Store()
        self.blobs: dict[str, bytes] = {}
        self.watch = Watch(self.store, self.blobs, self.loop.time, lambda ports: self._by_name[ports.instance])
        self.store.watchers.append(self.watch.wrote)
        self.queue = Queue(self.loop, self.dice, setting.mood, self.deliver, self.watch.accepted)
        self._functions = {flow.function(stage): (flow, stage.name) for flow in flows.values() for stage in flow.stages}
        self._names = itertools.count(1)
        self._by_name: dict[str, Process] = {}
        self._ports: dict[str, SimPorts] = {}
        self.processes = [self._start() for _ in range(setting.processes)]

    def _choose(self, count: int) -> int:
        random_ = self.dice.random
        return count - 1 if self.setting.lifo and random_() < self.setting.lifo else int(random_() * count)

    def _start(self) -> Process:
        process = Process(
            self.loop,
            f"p{next(self._names)}",
            self.setting.faults,
            on_crash=self._replace,
            log=self._log if self.setting.log is not None else None,
        )
        models = SimModels(process, self.dice, self.setting.trouble, self.watch.paid)
        self._by_name[process.name] = process
        self._ports[process.name] = SimPorts(
            documents=SimDocuments(process, self.store),
            tasks=SimTasks(process, self.queue),
            blobs=SimBlobs(process, self.blobs),
            models=metered_models(models),
            web=FakeWeb(),
            limits=FakeLimits(),
            settings=SETTINGS,
            clock=ProcessClock(process),
            instance=process.name,
            witness=self.watch,
        )
        return process

    def _replace(self, dead: Process) -> None:
        self.processes[self.processes.index(dead)] = self._start()
        if self.setting.obituaries:
            self.loop.create_task(self.ask(lambda ports: ended_instances.record_ended(dead.name, ports)))

    def _log(self, line: str) -> None:
        if self.setting.log is not None:
            self.setting.log.append(f"{self.loop.time() - EPOCH:9.3f} {line}")

    def some_ports(self) -> SimPorts:
        """The ports of some process."""
        return self._ports[self.processes[int(self.dice.random() * len(self.processes))].name]

    async def deliver(self, delivery: Delivery) -> int:
        """Hand a delivery to some process, as HTTP would. Answers the status; a dying process answers 503."""
        flow, name = self._functions[delivery.function]
        ports = self.some_ports()
        handler = stage_handler(flow, name, lambda: ports)
        body = json.loads(delivery.content)
        resuming, job = int(body.get("kind") == "repair"), paths.job(body["job"])
        self.watch.resuming[job] += resuming
        try:
            status = (await asyncio.ensure_future(handler(cast("Any", delivery)))).status_code
        except Crash:
            status = 503
        except Exception as error:  # noqa: BLE001 - whatever it is, no handler may end so
            self.watch.report(1, f"{delivery.name} was answered with {type(error).__name__}: {error}")
            status = 500
        finally:
            self.watch.resuming[job] -= resuming
        self._log(f"{ports.instance} answered {delivery.name} with {status}")
        return status

    async def ask(self, call: Callable[[Ports], Coroutine[Any, Any, T]]) -> T:
        """Something done in some process, for a client that asks again until it is answered."""
        while True:
            with contextlib.suppress(Crash, Transient):
                return await self.loop.create_task(call(self.some_ports()))
            await self.wait(1.0)

    async def wait(self, seconds: float) -> None:
        """Nobody's sleep: the world's own time."""
        future = self.loop.create_future()
        self.loop.call_later(seconds, future.set_result, None)
        await future

    async def sweeping(self) -> None:
        """The sweeper, every minute."""
        while True:
            await self.wait(60.0)
            with contextlib.suppress(Crash, HeadraceError):
                await self.loop.create_task(sweep(self.flows, self.some_ports()))

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """Run to the end of `main`, then stop everything."""
        try:
            return self.loop.run_until_complete(main)
        finally:
            self.stop()

    def stop(self) -> None:
        """End every process, so that nothing waits for ever."""
        for process in self.processes[:]:
            process.dead = True
        for _ in range(20):
            left = self.loop.left()
            if not left:
                break
            for task in left:
                task.cancel()
            self.loop.drain()


@contextlib.contextmanager
def determined(setting: Setting) -> Iterator[None]:
    """What the engine takes from chance, taken from the seed: jitter and ids. Its log lines are dropped."""
    logging = structlog.get_config()
    structlog.configure(wrapper_class=cast("Any", _Silent), processors=[])
    try:
        with setting.knobs.turned(), seeded(setting.seed):
            yield
    finally:
        structlog.configure(**logging)


class _Silent:
    """A logger that says nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def _say(self, *_: Any, **__: Any) -> None:
        pass

    debug = info = warning = error = exception = _say

    def bind(self, **_: Any) -> _Silent:
        return self
