"""Cloud Scheduler on this machine: each schedule's function is called at its slots, with the account's identity token."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Generator, Mapping

import httpx2

from infra.emulators.identity_tokens import Identity
from infra.local.cron import run_cron
from shared.engine.trigger.schedule_slots import Schedule


class Signed(httpx2.Auth):
    """Puts a token into each request: for the account, and good for `audience`; without, for the place that is called."""

    def __init__(self, identity: Identity, account: str, audience: str = "") -> None:
        self._identity, self._account, self._audience = identity, account, audience

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        audience = self._audience or f"{request.url.scheme}://{request.url.netloc.decode()}"
        request.headers["authorization"] = f"Bearer {self._identity.token(self._account, audience)}"
        yield request


@contextlib.asynccontextmanager
async def calling(schedules: Mapping[str, Schedule], functions: str, identity: Identity, account: str) -> AsyncIterator[None]:
    """Call the functions below the address `functions` at their times until the block ends."""
    running = asyncio.create_task(run_cron(schedules, functions, path="/{function}", auth=Signed(identity, account)))
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
