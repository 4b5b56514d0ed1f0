"""Queues made anew behind the user's back: an engagement, an edited user, a new catalogue or a used-up queue asks for it.

All that happens to one user within `DEBOUNCE` seconds is one task, by its name; it reads what is stored then, so none is missed.
"""

from __future__ import annotations

import contextlib

from pydantic import ValidationError

from functions.for_you import places
from functions.for_you.catalogue import memory
from functions.for_you.sessions import queues
from functions.for_you.sessions.rebuild import rebuild, stored
from shared.engine.events import Change
from shared.errors import Conflict, Permanent, Transient
from shared.messages import Message
from shared.ports import Ports
from shared.ports.documents import Delete
from shared.ports.tasks import Task

FUNCTION, LANE = "for_you_refresh_queue", "engine-bulk"
DEBOUNCE = 5.0
"""Seconds within which changes are gathered."""
SKEW = 0.5
"""Seconds by which the task comes later than its window ends: what ended with it is in the store by then."""
TRIES = 5


class Refresh(Message):
    """The task's body."""

    user: str


def about_somebody(change: Change) -> bool:
    """Whether an engagement was stored: one that is deleted is so by a reset."""
    return change.after is not None and bool(change.after.get("user_id"))


def wants_refresh(change: Change) -> bool:
    """Whether a cursor went past what its queue should be refreshed at: a stretch of positions, another catalogue, hours."""
    before, after = change.before, change.after
    if after is None or not after.get("user_id"):
        return False
    before = before or {}
    stretches = int(before.get("served", 0)) // queues.TOP_UP != int(after.get("served", 0)) // queues.TOP_UP
    return stretches or any(before.get(name) != after.get(name) for name in ("catalogue", "period"))


async def of_change(change: Change, ports: Ports) -> None:
    """What a trigger does: enqueue the user's refresh."""
    await ask(str((change.after or {}).get("user_id") or change.name), ports)


async def ask(user: str, ports: Ports) -> None:
    """Enqueue a user's refresh, once per window."""
    window = int(ports.clock.now() // DEBOUNCE)
    name = f"for-you-{places.user_key(user)}-{window}"
    await ports.tasks.enqueue(Task(name, LANE, FUNCTION, Refresh(user=user).model_dump(), at=(window + 1) * DEBOUNCE + SKEW))


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
        held = await memory.catalogue(ports, await ports.documents.get(places.CURRENT))
    except Permanent:
        return "no catalogue"
    assert held.snapshot is not None  # noqa: S101 - `catalogue` has seen to it
    for _ in range(TRIES):
        found = await stored(user, ports)
        if not found.known and not found.events and found.cursor is None:
            return "nobody"
        with contextlib.suppress(Conflict):
            await rebuild(found, found.user, found.events, held.snapshot, ports, claim=None, length=queues.LENGTH)
            if found.cursor is None:
                await _forgotten_meanwhile(user, ports)
            return "refreshed"
    raise Transient("the user's queue is being served all the time", code="busy")


async def _forgotten_meanwhile(user: str, ports: Ports) -> None:
    """A reset may have come between reading and writing, with no cursor to tell: leave nothing of it."""
    again = await stored(user, ports)
    if not again.known and not again.events:
        key = places.user_key(user)
        await ports.documents.commit(*(Delete(path) for path in (places.queue(key), places.cursor(key), places.served(key))))
