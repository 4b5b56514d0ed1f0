"""Queues made anew behind the user's back: an engagement, an edited user, a new catalogue or a used-up queue asks for it.

Who asks, and how often: `functions/for_you/document_triggers.py`.
"""

from __future__ import annotations

import contextlib

from pydantic import ValidationError

from functions.for_you import document_paths
from functions.for_you.candidates.nearest_neighbours import nearest
from functions.for_you.catalogue import loaded_catalogue
from functions.for_you.document_triggers import Refresh
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.rebuild_feed_queue import read_stored, rebuild
from functions.for_you.sessions.source_timeouts import VECTORS, within
from shared.errors import Conflict, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Delete

TRIES = 5


async def deliver(body: bytes, ports: Ports) -> str:
    """One delivery of such a task. Answers what came of it.

    Raises:
        Permanent: no such body (`poison`).
        Transient: the store did not answer, or somebody keeps claiming.
    """
    try:
        asked = Refresh.model_validate_json(body)
    except ValidationError as error:
        raise Permanent("not a user to refresh", code="poison") from error
    return await refresh(asked.user, ports)


async def refresh(user: str, ports: Ports) -> str:
    """Make a user's queue anew from what is stored: `refreshed`, `no catalogue`, or `nobody` for a user of whom nothing is.

    Raises:
        Transient: the store did not answer, or somebody keeps claiming.
    """
    try:
        held = await loaded_catalogue.catalogue(ports, await ports.documents.get(document_paths.CURRENT))
    except Permanent:
        return "no catalogue"
    assert held.snapshot is not None  # noqa: S101 - `catalogue` has seen to it
    for _ in range(TRIES):
        found = await read_stored(user, ports)
        if not found.known and not found.events and found.cursor is None:
            return "nobody"
        degraded: list[str] = []
        nearby = await within(VECTORS, "vectors", nearest(found.events, held.snapshot, ports), degraded) or ()
        with contextlib.suppress(Conflict):
            await rebuild(
                found, found.user, found.events, held.snapshot, ports,
                claim=None, length=queue_store.LENGTH, nearby=nearby, degraded=degraded,
            )  # fmt: skip
            if found.cursor is None:
                await _forgotten_meanwhile(user, ports)
            return "refreshed"
    raise Transient("the user's queue is being served all the time", code="busy")


async def _forgotten_meanwhile(user: str, ports: Ports) -> None:
    """A reset may have come between reading and writing, with no cursor to tell: leave nothing of it."""
    again = await read_stored(user, ports)
    if not again.known and not again.events:
        key = document_paths.user_key(user)
        await ports.documents.commit(
            *(Delete(path) for path in (document_paths.queue(key), document_paths.cursor(key), document_paths.served(key)))
        )
