"""A queue as Cloud Tasks is one: at least once, late, out of order, names remembered for a while, given up without a word."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from starlette.types import Message, Scope

from shared.errors import Permanent
from shared.ports.tasks import Task
from tests.sim.world.loop import EPOCH, Loop
from tests.sim.world.process import Process

MAX_BODY = 100 * 1024
BACKOFF, MAX_BACKOFF = 0.5, 30.0


@dataclass(frozen=True)
class Mood:
    """How a queue misbehaves. Shares of deliveries, until `calm` (POSIX seconds); `late` in seconds."""

    duplicate: float = 0.0
    drop: float = 0.0
    unanswered: float = 0.0
    """An answer that never reaches the queue: it delivers again what may well be done."""
    late: float = 0.0
    window: float = 3600.0
    """Seconds for which an ended task's name is remembered."""
    attempts: int = 1000
    deadline: float = 600.0
    """Seconds after which the queue gives an unanswered delivery up, and delivers again beside it."""
    calm: float = EPOCH
    slots: Callable[[str, int], float] | None = None
    """Seconds by which a copy (0, 1) of the task of that name is late, if not by chance."""


@dataclass(frozen=True)
class Delivery:
    """What an HTTP handler is handed."""

    name: str
    function: str
    content: bytes
    retries: int = 0
    """How often the queue has delivered it before."""

    @property
    def headers(self) -> dict[str, str]:
        return {"x-cloudtasks-taskretrycount": str(self.retries)}

    @property
    def scope(self) -> Scope:
        headers = [(name.encode(), value.encode()) for name, value in self.headers.items()]
        return {"type": "http", "method": "POST", "path": "/", "headers": headers}

    async def receive(self) -> Message:
        return {"type": "http.request", "body": self.content, "more_body": False}

    async def body(self) -> bytes:
        return self.content


Deliver: TypeAlias = Callable[[Delivery], Awaitable[int]]


class Queue:
    """The queue itself. `deliver` hands a delivery to some process and answers its status."""

    def __init__(
        self, loop: Loop, dice: random.Random, mood: Mood, deliver: Deliver, accepted: Callable[[Delivery], None]
    ) -> None:
        self._loop, self._dice, self._mood, self._deliver, self._accepted = loop, dice, mood, deliver, accepted
        self._known: dict[str, float] = {}
        self._copies: dict[str, int] = {}
        self._carriers: set[asyncio.Task[None]] = set()
        self.lost = 0
        self.deliveries = 0

    @property
    def pending(self) -> int:
        return len(self._carriers)

    def add(self, task: Task) -> None:
        """Accept a task, or recognise its name."""
        text = json.dumps(task.body, ensure_ascii=False)
        if len(text.encode()) > MAX_BODY:
            raise Permanent(f"the body of {task.name} is too large", code="task_too_large")
        if self._known.get(task.name, 0.0) > self._loop.time():
            return
        delivery = Delivery(task.name, task.function, text.encode())
        self._accepted(delivery)
        self._known[task.name] = float("inf")
        self._copies[task.name] = 1
        if self._befalls(self._mood.drop):
            self.lost += 1
            self._end(task.name)
            return
        at = task.at or 0.0
        if self._befalls(self._mood.duplicate):
            self._copies[task.name] = 2
            self._carry(delivery, at, 1)
        self._carry(delivery, at, 0)

    def _befalls(self, share: float) -> bool:
        return share > 0 and self._loop.time() < self._mood.calm and self._dice.random() < share

    def _carry(self, delivery: Delivery, at: float, copy: int) -> None:
        late = self._dice.random() * self._mood.late if self._mood.late else 0.0
        if self._mood.slots is not None:
            late = self._mood.slots(delivery.name, copy)
        carrier = self._loop.create_task(self._carried(delivery, at + late if at else self._loop.time() + late))
        self._carriers.add(carrier)
        carrier.add_done_callback(self._carriers.discard)

    async def _carried(self, delivery: Delivery, at: float) -> None:
        if at > self._loop.time():
            await asyncio.sleep(at - self._loop.time())
        for attempt in range(self._mood.attempts):
            await self._loop.turn()
            self.deliveries += 1
            status = await self._answered(replace(delivery, retries=attempt))
            if self._befalls(self._mood.unanswered):
                status = 503
            if status < 300:
                break
            await asyncio.sleep(min(MAX_BACKOFF, BACKOFF * 2.0**attempt))
        else:
            self.lost += 1
        self._end(delivery.name)

    async def _answered(self, delivery: Delivery) -> int:
        if self._mood.deadline >= 600:
            return await self._deliver(delivery)
        handling = asyncio.ensure_future(self._deliver(delivery))
        done, _ = await asyncio.wait([handling], timeout=self._mood.deadline)
        return handling.result() if done else 504

    def _end(self, name: str) -> None:
        self._copies[name] -= 1
        if self._copies[name] <= 0:
            self._known[name] = self._loop.time() + self._mood.window


class SimTasks:
    """The tasks port of one process."""

    def __init__(self, process: Process, queue: Queue) -> None:
        self._process, self._queue = process, queue

    async def enqueue(self, *tasks: Task) -> None:
        def effect() -> None:
            for task in tasks:
                self._queue.add(task)

        await self._process.call("enqueue", [task.name for task in tasks], effect)
