"""A job followed to its rest: by its events, taken up again where a stream broke off, by asking where there are none."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator

from infra.cli.api_client import Client, Json
from infra.cli.exit_codes import BY_STATUS
from infra.cli.output.live_progress import Display
from shared import error_codes
from shared.errors import BadInput, HeadraceError, Transient

PATIENCE = 60.0
"""Seconds without any answer after which watching is given up."""
PAUSE = 1.0
"""Seconds between two questions, and before a broken stream is taken up again."""


async def watch(client: Client, job_id: str, display: Display) -> Json:
    """Show a job's progress until it ends or pauses. Answers all of the job.

    Raises:
        Transient: nobody has answered for a minute (`unreachable`); the job itself goes on.
    """
    with display:
        async with contextlib.aclosing(states(client, job_id)) as seen:
            async for state in seen:
                display.update(state)
    return await client.job(job_id)


async def states(client: Client, job_id: str) -> AsyncGenerator[Json, None]:
    """A job's states as they change; the last one is at rest."""
    followed = _Followed(client, job_id)
    while True:
        try:
            async with contextlib.aclosing(followed.news()) as news:
                async for state in news:
                    yield state
                    if state["status"] in BY_STATUS:
                        return
        except HeadraceError as error:
            followed.bear(error)
        await asyncio.sleep(PAUSE)


class _Followed:
    """Where a follower of a job stands."""

    def __init__(self, client: Client, job_id: str) -> None:
        self._client = client
        self._job_id = job_id
        self._last = ""
        self._streams = True
        self._heard = time.monotonic()

    async def news(self) -> AsyncGenerator[Json, None]:
        """States from one stream of events, and after its end the one that the job has then."""
        if self._streams:
            async with contextlib.aclosing(self._client.events(self._job_id, self._last)) as events:
                async for event in events:
                    self._heard, self._last = time.monotonic(), event.id or self._last
                    if event.kind in ("progress", "done"):
                        yield event.data
        state = await self._client.progress(self._job_id)
        self._heard = time.monotonic()
        yield state

    def bear(self, error: HeadraceError) -> None:
        """Go on after an error, if there is a way to.

        Raises:
            HeadraceError: the error itself: there is none.
        """
        if isinstance(error, Transient):
            if time.monotonic() - self._heard > PATIENCE:
                raise error
        elif isinstance(error, BadInput) and self._last:
            self._last = ""  # an id that the server does not know any more: begin anew
        elif self._streams and error.code not in (error_codes.JOB_NOT_FOUND, error_codes.UNAUTHORISED):
            self._streams = False  # something on the way lets no streams through
        else:
            raise error
