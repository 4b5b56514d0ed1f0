"""How many requests are worked on at once, and how many may wait for that: any beyond is refused before anything is done for it.

An API that takes all that comes answers nobody in time once more comes than it can do. Here who comes too many is told at once to
come again (503 with Retry-After), and nothing was written; who is let in is answered. Reads and writes have places of their own, so
that a crowd of readers keeps no job from being taken, and of each, one owner has half at most (`owner_shares`), so that no owner keeps
another out. An open event stream costs little, for long: those are counted apart, and the health of the process is told at any load.
It goes by how many there are, not by how long they take, so it is the same on any machine.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send
from structlog.stdlib import get_logger

from functions.jobs_api.http.owner_shares import Places, Shares
from shared import error_codes
from shared.errors import Transient
from shared.ports.documents import Documents

log = get_logger()

Load: TypeAlias = Literal["read", "write", "none", ""]
"""What a request costs: a place among the reads or the writes, or next to nothing."""
AT_ONCE, WAITING = 64, 400
"""Requests of one load under way in a process, and those in line behind them. One owner alone has half of each of these."""
STREAMS = 1_000
"""Event streams open in a process."""
SMALL, ROOM = 64 * 1024, 64 * 2**20
"""Bytes of a body that are always taken, and of the rest of all bodies that a process holds: few may send much, slowly."""
PATIENCE = 2.0
"""Seconds in line. Who has to wait longer is better off elsewhere, or later."""
AGAIN = 2.0
"""Seconds that a refused caller is asked to stay away."""
TOLD_EVERY = 1.0
"""Seconds between lines in the log about refusals: one for each would be a load of its own."""


@dataclass
class Shedder:
    """All places of one process, or of one local cloud in it."""

    places: dict[Load, Places] = field(
        default_factory=lambda: {"read": Places(AT_ONCE, WAITING), "write": Places(AT_ONCE, WAITING)}
    )
    streams: Shares = field(default_factory=lambda: Shares(STREAMS))
    bodies: Shares = field(default_factory=lambda: Shares(ROOM))
    """Bytes of large bodies."""
    refused: int = 0
    told_at: float = float("-inf")

    @asynccontextmanager
    async def place(self, load: Load, owner: str) -> AsyncIterator[None]:
        """A place for as long as the block takes.

        Raises:
            Transient: there is none for this owner (`overloaded`).
        """
        places = self.places.get(load)
        if places is None:
            yield
            return
        if not await places.take(owner, PATIENCE):
            raise self._refusal()
        try:
            yield
        finally:
            places.give_back(owner)

    def stream(self, owner: str) -> Callable[[], None]:
        """A place for an open stream, which the answered function gives back.

        Raises:
            Transient: there is none for this owner (`overloaded`).
        """
        if not self.streams.take(owner):
            raise self._refusal()
        return partial(self.streams.give_back, owner)

    @contextmanager
    def body(self, request: Request, owner: str) -> Iterator[Request]:
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
            if more and not self.bodies.take(owner, more):
                raise self._refusal()
            held += more
            return message

        try:
            yield Request(request.scope, receive)
        finally:
            if held:
                self.bodies.give_back(owner, held)

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
