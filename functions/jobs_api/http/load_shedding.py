"""How many requests are worked on at once, and how many may wait for that: any beyond is refused before anything is done for it.

An API that takes all that comes answers nobody in time once more comes than it can do. Here who comes too many is told at once to
come again (503 with Retry-After), and nothing was written; who is let in is answered. Reads and writes have places of their own, so
that a crowd of readers keeps no job from being taken. An open event stream costs little, for long: those are counted apart, and the
health of the process is told at any load. It goes by how many there are, not by how long they take, so it is the same on any machine.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from structlog.stdlib import get_logger

from shared import error_codes
from shared.errors import Transient
from shared.ports.documents import Documents

log = get_logger()

Load: TypeAlias = Literal["read", "write", "none", ""]
"""What a request costs: a place among the reads or the writes, or next to nothing."""
AT_ONCE, WAITING = 32, 200
"""Requests of one load under way in a process, and those in line behind them."""
STREAMS = 500
"""Event streams open in a process."""
SMALL, ROOM = 64 * 1024, 32 * 2**20
"""Bytes of a body that are always taken, and of the rest of all bodies that a process holds: few may send much, slowly."""
PATIENCE = 2.0
"""Seconds in line. Who has to wait longer is better off elsewhere, or later."""
AGAIN = 2.0
"""Seconds that a refused caller is asked to stay away."""
TOLD_EVERY = 1.0
"""Seconds between lines in the log about refusals: one for each would be a load of its own."""


@dataclass
class Places:
    """Places for requests of one load, taken in the order of arrival."""

    at_once: int
    waiting: int
    taken: int = 0
    line: deque[asyncio.Future[None]] = field(default_factory=deque)

    async def take(self) -> bool:
        """Take a place, which has to be given back; False: the line is full, or did not move in time."""
        if self.taken < self.at_once and not self.line:
            self.taken += 1
            return True
        if len(self.line) >= self.waiting:
            return False
        turn = asyncio.get_running_loop().create_future()
        self.line.append(turn)
        try:
            async with asyncio.timeout(PATIENCE):
                await turn
        except BaseException as error:
            with suppress(ValueError):
                self.line.remove(turn)
            if turn.done() and not turn.cancelled():  # its turn came at the same moment
                self.give_back()
            if isinstance(error, TimeoutError):
                return False
            raise
        return True

    def give_back(self) -> None:
        """Let the next in line have the place."""
        while self.line:
            turn = self.line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.taken -= 1


@dataclass
class Shedder:
    """All places of one process, or of one local cloud in it."""

    places: dict[Load, Places] = field(
        default_factory=lambda: {"read": Places(AT_ONCE, WAITING), "write": Places(AT_ONCE, WAITING)}
    )
    streams: Places = field(default_factory=lambda: Places(STREAMS, 0))
    held: int = 0
    """Bytes of large bodies."""
    refused: int = 0
    told_at: float = float("-inf")

    @asynccontextmanager
    async def place(self, load: Load) -> AsyncIterator[None]:
        """A place for as long as the block takes.

        Raises:
            Transient: there is none (`overloaded`).
        """
        places = self.places.get(load)
        if places is None:
            yield
            return
        await self._taken(places)
        try:
            yield
        finally:
            places.give_back()

    async def stream(self) -> Callable[[], None]:
        """A place for an open stream, which the answered function gives back.

        Raises:
            Transient: there is none (`overloaded`).
        """
        await self._taken(self.streams)
        return self.streams.give_back

    @contextmanager
    def body(self, request: Request) -> Iterator[Request]:
        """The request, whose body counts for as long as the block takes.

        Reading it raises:
            Transient: there is no room for a body of its size (`overloaded`).
        """
        seen, held = 0, 0

        async def receive() -> Message:
            nonlocal seen, held
            message = await request.receive()
            seen += len(message.get("body", b""))
            more = max(0, seen - SMALL) - held
            if more and self.held + more > ROOM:
                raise self._refusal()
            held, self.held = held + more, self.held + more
            return message

        try:
            yield Request(request.scope, receive)
        finally:
            self.held -= held

    async def _taken(self, places: Places) -> None:
        if not await places.take():
            raise self._refusal()

    def _refusal(self) -> Transient:
        self.refused += 1
        if (now := time.monotonic()) - self.told_at >= TOLD_EVERY:
            log.warning("requests_shed", code=error_codes.OVERLOADED, count=self.refused)
            self.told_at, self.refused = now, 0
        return Transient(
            "there is more to do than can be done now",
            code=error_codes.OVERLOADED,
            advice="Nothing was done; ask again.",
            retry_after=AGAIN,
        )


class HeldResponse(Response):
    """A response that gives its place back once it was sent, or there is nobody to send it to."""

    def __init__(self, response: Response, give_back: Callable[[], None]) -> None:
        self._response, self._give_back = response, give_back
        self.status_code, self.background = response.status_code, None
        self.raw_headers = response.raw_headers  # the same list: what is set here is sent there

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._response(scope, receive, send)
        finally:
            self._give_back()


_shedders: WeakKeyDictionary[Documents, Shedder] = WeakKeyDictionary()


def shedder_of(documents: Documents) -> Shedder:
    """The one of a store: the API and the dashboard in one process share it, two local clouds do not."""
    return _shedders.setdefault(documents, Shedder())
