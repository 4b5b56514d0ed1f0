"""A process that is told to end: no new work, some time for what runs, and what does not end by then is given back.

Cloud Run kills a process 10 s after it has told it to end. Work that is cut off then would wait for its lease, and be paid for
again; work that is given back is taken up by another process at once, with what it has spent so far on its account.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

from structlog.stdlib import get_logger

from shared.engine.spending import usage_meter
from shared.engine.store import ended_instances
from shared.errors import HeadraceError, PutBack, Transient
from shared.ports import Ports

log = get_logger()

LAST = 1.0
"""Seconds to tell that this process holds nothing any more."""
SOON = 0.1
"""Seconds until work that was given back is taken up."""


class Drain:
    """What one process has under way. `ending`: it takes no more."""

    def __init__(self) -> None:
        self.ending = False
        self._cut = False
        self._deliveries: set[asyncio.Task[object]] = set()
        self._attempts: set[asyncio.Timeout] = set()

    @contextlib.contextmanager
    def delivery(self) -> Iterator[None]:
        """Around the handling of one delivery.

        Raises:
            Transient: the process is ending; another shall have it (`process_ending`).
        """
        task = asyncio.current_task()
        if self.ending or task is None:
            raise Transient("this process is ending", code="process_ending")
        self._deliveries.add(task)
        try:
            yield
        finally:
            self._deliveries.discard(task)

    @contextlib.asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """Around the part of a delivery that may take long.

        Raises:
            PutBack: the process is ending, and the work was cut off.
        """
        cut = asyncio.timeout(0 if self._cut else None)
        try:
            async with cut:
                self._attempts.add(cut)
                yield
        except TimeoutError:
            if cut.expired():
                raise PutBack("another process", SOON) from None
            raise
        finally:
            self._attempts.discard(cut)

    async def run(self, ports: Ports, *, grace: float, back: float) -> None:
        """Let work end for `grace` seconds, give the rest back within `back`. A second call answers at once.

        It takes LAST seconds more at most, whatever the store does.
        """
        if self.ending:
            return
        self.ending = True
        log.info("process_ending", deliveries=len(self._deliveries))
        await self._rest(grace)
        self._cut = True
        for attempt in self._attempts:
            attempt.reschedule(asyncio.get_running_loop().time())
        await self._rest(back)
        for delivery in self._deliveries:
            delivery.cancel()
        try:
            async with asyncio.timeout(LAST):
                await usage_meter.close_client(ports.limits)
                await ended_instances.record_ended(ports.instance, ports)
        except (TimeoutError, HeadraceError) as error:  # then leases run out, as when a process dies
            log.warning("process_ended_untold", why=str(error) or type(error).__name__)

    async def _rest(self, seconds: float) -> None:
        """Wait until nothing is under way, but not for ever."""
        if self._deliveries:
            await asyncio.wait(self._deliveries, timeout=seconds)


PROCESS = Drain()
"""This process's."""
