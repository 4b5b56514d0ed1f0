"""An event loop without a world: virtual time, and the order in which pending port calls go on is the caller's choice.

Callbacks run first come, first served, as asyncio promises. What is open in reality is when each answer from outside comes
in: such points are *turns*. When nothing else can run, `choose` says which turn is next; when there is none, time jumps to
the next timer. One choice function, one history.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from typing import Any, TypeVar

T = TypeVar("T")

EPOCH = 1_800_000_000.0
MOST_TURNS = 150_000


class Stuck(Exception):
    """Nothing can happen any more, or things happen without end."""


class Call(asyncio.TimerHandle):
    """A callback that waits, with little about it: there are hundreds in each history."""

    __slots__ = ()

    def __init__(self, callback: Callable[..., Any], args: tuple[Any, ...], context: Context | None) -> None:
        self._callback, self._args, self._cancelled = callback, args, False
        self._context = copy_context() if context is None else context

    def cancel(self) -> None:
        self._cancelled = True


class Loop(asyncio.AbstractEventLoop):
    """`choose(n)` answers which of n turns, in the order they came up, is next; a turn takes `pace` seconds.

    None is passed over more than `patience` times: to be would be a stall, and stalls are planned.
    """

    def __init__(self, choose: Callable[[int], int], pace: float, patience: float = math.inf) -> None:
        self._choose, self._pace, self._patience = choose, pace, patience
        self._now = EPOCH
        self._ready: deque[Call] = deque()
        self._timers: list[tuple[float, int, Call]] = []
        self._tasks: list[asyncio.Task[Any]] = []
        self._order = itertools.count()
        self._turns: list[tuple[asyncio.Future[None], int]] = []
        self._running = False
        self.turns = 0

    def time(self) -> float:
        return self._now

    def turn(self) -> asyncio.Future[None]:
        """A point at which anything else may come first."""
        future = self.create_future()
        self._turns.append((future, self.turns))
        return future

    def run_until_complete(self, main: Coroutine[Any, Any, T]) -> T:  # type: ignore[override] # coroutines alone
        """Run until `main` ends.

        Raises:
            Stuck: it cannot end.
        """
        self._running = True
        asyncio._set_running_loop(self)
        try:
            task = self.create_task(main)
            while True:
                self._run_ready()
                if task.done():
                    return task.result()
                self._step()
        finally:
            asyncio._set_running_loop(None)
            self._running = False

    def left(self) -> list[asyncio.Task[Any]]:
        """The tasks that have not ended."""
        return [task for task in self._tasks if not task.done()]

    def drain(self) -> None:
        """Run what is ready, and nothing that would need a turn or time."""
        asyncio._set_running_loop(self)
        try:
            while self._ready:
                self._run_ready()
        finally:
            asyncio._set_running_loop(None)

    def _run_ready(self) -> None:
        ready = self._ready
        while ready:
            call = ready.popleft()
            if not call._cancelled:
                try:
                    call._context.run(call._callback, *call._args)
                except (SystemExit, KeyboardInterrupt):
                    raise
                except BaseException:  # noqa: BLE001, S110 - nobody is told: what matters is checked by the history
                    pass

    def _step(self) -> None:
        turns = self._turns
        if turns:
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise Stuck(f"{MOST_TURNS} turns without an end")
            chosen = self._choose(len(turns))
            future, _ = turns.pop(chosen if self.turns - turns[0][1] < self._patience else 0)
            if future.done():
                return
            self._now += self._pace
            future.set_result(None)
        elif not self._jump():
            raise Stuck("nothing left that could happen")
        timers = self._timers
        while timers and timers[0][0] <= self._now:
            self._ready.append(heapq.heappop(timers)[2])

    def _jump(self) -> bool:
        timers = self._timers
        while timers and timers[0][2]._cancelled:
            heapq.heappop(timers)
        if timers:
            self._now = max(self._now, timers[0][0])
        return bool(timers)

    # What asyncio asks of a loop.

    def call_soon(  # type: ignore[override] # any callback
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Call:
        call = Call(callback, args, context)
        self._ready.append(call)
        return call

    def call_at(  # type: ignore[override] # any callback
        self, when: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Call:
        call = Call(callback, args, context)
        heapq.heappush(self._timers, (when, next(self._order), call))
        return call

    def call_later(  # type: ignore[override] # any callback
        self, delay: float, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> Call:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(self, coro: Coroutine[Any, Any, T], **options: Any) -> asyncio.Task[T]:  # type: ignore[override]
        task = asyncio.Task(coro, loop=self, **options)
        self._tasks.append(task)
        return task

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Tasks of dead processes end with nobody to ask them; what matters is checked by the history."""

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return self._running

    def is_closed(self) -> bool:
        return False
