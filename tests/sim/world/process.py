"""A simulated process: it reaches the outside through `call` alone, and can be slow, stalled or dead at any such point."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.engine.task.claim import LEASE
from shared.errors import HeadraceError, Transient
from tests.sim.world.faults import Faults
from tests.sim.world.loop import Loop

T = TypeVar("T")

STALL = 75.0
"""Seconds a stalled process stands still: far longer than a claim's lease."""
SLOW = 45.0
"""Seconds a slow call takes: longer than a claim's lease, shorter than a stage's timeout."""
BRIEF = 0.5
"""Seconds that are no time at all."""
LATE = LEASE / 12
"""Seconds a turn may take. In two thirds of a lease a heartbeat needs up to eight: it may wait for another write of its claim."""


class Crash(BaseException):
    """The process is gone. No `except Exception` may catch this, and nothing may happen after it."""


@dataclass
class Thread:
    """What one task of a process has seen: per document the turn it was last read in, and the store's version then."""

    read: dict[str, tuple[int, int]] = field(default_factory=dict)
    slept: int = -1
    """The turn in which it last woke up, if it slept for more than a moment."""


class Process:
    """One instance. `faults` are shared by all: they count calls over the whole history."""

    def __init__(
        self, loop: Loop, name: str, faults: Faults, *, on_crash: Callable[[Process], None], log: Callable[[str], None] | None
    ) -> None:
        self.loop, self.name, self.faults = loop, name, faults
        self.dead = False
        self.died: asyncio.Future[None] = loop.create_future()
        self.stalled_until = 0.0
        self.disturbed_at = float("-inf")
        """When a fault last hit it: double work right after one is its consequence, not a defect."""
        self.threads: dict[asyncio.Task[Any] | None, Thread] = defaultdict(Thread)
        self._on_crash, self._log = on_crash, log
        self._sleeping: dict[asyncio.Future[None], None] = {}

    async def call(self, verb: str, names: Sequence[str], effect: Callable[[], T]) -> T:
        """One call on a port, about these names: anything may happen before its effect, and anything after it."""
        if self.dead:
            raise Crash
        fault = self.faults.at_call(verb, names)
        if fault is not None or self._log is not None:
            return await self._told(fault, f"{verb} {' '.join(names)}", effect)
        await self._turn()
        try:
            return effect()
        finally:
            await self._turn()

    async def _told(self, fault: str | None, what: str, effect: Callable[[], T]) -> T:
        """The same, written down; with a fault, if there is one."""
        if fault is not None:
            return await self._faulty(fault, what, effect)
        await self._turn()
        try:
            result = effect()
            self._say(what, "")
        except HeadraceError as error:
            self._say(what, error.message)
            raise
        finally:
            await self._turn()
        return result

    async def _faulty(self, fault: str, what: str, effect: Callable[[], T]) -> T:
        self.disturbed_at = self.loop.time()
        await self._suffer(fault, "before")
        await self._turn()
        self._say(what, fault)
        if fault == "crash_before":
            self.crash()
        if fault == "no_effect":
            raise Transient(f"{what} was aborted", code="store_unavailable")
        refused: HeadraceError | None = None
        try:
            result = effect()
        except HeadraceError as error:
            refused = error
        if fault == "crash_after":
            self.crash()
        await self._suffer(fault, "after")
        await self._turn()
        self.disturbed_at = self.loop.time()
        if fault == "no_answer":
            raise Transient(f"{what} was not answered", code="store_unavailable")
        if refused is not None:
            raise refused
        return result

    async def _suffer(self, fault: str, when: str) -> None:
        if fault == f"stall_{when}":
            self.stalled_until = self.loop.time() + STALL
        elif fault == f"slow_{when}":
            await self._rest(SLOW)

    def _say(self, what: str, came: str) -> None:
        if self._log is not None:
            self._log(f"{self.name} {what}{f' -> {came}' if came else ''}")

    async def sleep(self, seconds: float) -> None:
        """The process's own clock."""
        await self._rest(seconds)
        if seconds > BRIEF:
            self.thread.slept = self.loop.turns

    @property
    def thread(self) -> Thread:
        """The running task's."""
        return self.threads[asyncio.current_task(self.loop)]

    async def _rest(self, seconds: float) -> None:
        if self.dead:
            raise Crash
        future = self.loop.create_future()
        timer = self.loop.call_later(seconds, _wake, future)
        self._sleeping[future] = None
        try:
            await future
        finally:
            timer.cancel()
            del self._sleeping[future]
        if self.stalled_until > self.loop.time():
            await self._turn()

    async def _turn(self) -> None:
        asked = self.loop.time()
        await self.loop.turn()
        if self.loop.time() - asked > LATE:
            self.disturbed_at = self.loop.time()
        while self.stalled_until > self.loop.time():
            await self._rest(self.stalled_until - self.loop.time())
        if self.dead:
            raise Crash

    def crash(self) -> None:
        """End here. Everything of this process that waits is gone too; nothing of it has an effect from now on."""
        if not self.dead:
            self.dead = True
            self.died.set_result(None)
            for future in list(self._sleeping):
                if not future.done():
                    future.set_exception(Crash())
            self._on_crash(self)
        raise Crash

    @property
    def now(self) -> float:
        return self.loop.time()


class ProcessClock:
    """The clock port of one process: all processes read the same virtual time."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def now(self) -> float:
        return self._process.loop.time()

    async def sleep(self, seconds: float) -> None:
        await self._process.sleep(seconds)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
