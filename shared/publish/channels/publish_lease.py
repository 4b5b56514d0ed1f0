"""Who is at a post's try: a short lease, begun anew while its publisher works, and free at once when its process is known to be gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from shared.engine.store import ended_instances
from shared.errors import Conflict, HeadraceError
from shared.ports import Ports
from shared.ports.documents import Data, Document

LEASE = 12.5
RENEWED = LEASE / 3
"""Seconds that a try has, and after which they begin anew: a store that is away for eight may cost it the lease, then another repeats it with
the same key. Three that are killed in a row leave a post less than a minute late."""

Change = Callable[[Callable[[Document], Data | None]], Awaitable[Document]]
"""Sets the fields that are given for the record as it is; None: none."""


def is_held(found: Document, now: float) -> bool:
    """Whether a try of it may be under way."""
    return found.data["state"] == "publishing" and bool(found.data["publish"]["lease_until"] > now)


def lease(owner: str, now: float) -> Data:
    """What a try's record says of who is at it."""
    return {"owner": owner, "lease_until": now + LEASE}


async def take_lease(begin: Callable[[str], Awaitable[Document]], path: str, ports: Ports) -> Document:
    """The record with a try begun by `begin`, which is told of a process that held it and is known to be gone.

    Raises:
        Conflict: as `begin`: somebody else is at it (`publishing`), or it is not to be published.
    """
    try:
        return await begin("")
    except Conflict as error:
        found = await ports.documents.get(path) if error.code == "publishing" else None
        owner = (found.data.get("publish") or {}).get("owner") if found is not None else ""
        if not owner or owner == ports.instance or not await ended_instances.has_ended(owner, ports):
            raise
    return await begin(owner)


@asynccontextmanager
async def keep_lease(mine: Data, change: Change, ports: Ports) -> AsyncIterator[None]:
    """Inside, the lease of the try `mine` begins anew time and again, until another try has the record."""

    def longer(found: Document) -> Data | None:
        publishing, until = found.data.get("publish") or {}, ports.clock.now() + LEASE
        if found.data["state"] != "publishing" or publishing.get("epoch") != mine["epoch"]:
            raise Conflict("another has it", code="publishing")
        return {"publish": {**publishing, "lease_until": until}, "publish_due": until}

    async def renew() -> None:
        while True:
            await ports.clock.sleep(RENEWED)
            try:
                await change(longer)
            except Conflict:
                return
            except HeadraceError:
                continue  # the store is away: the lease may outlast it

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
