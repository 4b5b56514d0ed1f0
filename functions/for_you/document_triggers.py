"""What documents' changes ask for: a user's queue made anew, the catalogue built anew. Gathered, so that many are one.

All that happens to one user within `DEBOUNCE` seconds is one task, by its name; it reads what is stored then, so none is missed.
"""

from __future__ import annotations

from functions.for_you import document_paths
from shared.base_message import Message
from shared.engine.trigger.document_events import Change
from shared.ports import Ports
from shared.ports.tasks import Task

FUNCTION, LANE = "for_you_refresh_queue", "engine-bulk"
DEBOUNCE = 5.0
"""Seconds within which changes are gathered."""
SKEW = 0.5
"""Seconds by which the task comes later than its window ends: what ended with it is in the store by then."""
TOP_UP = 60
"""Served positions after which a queue is refreshed."""


class Refresh(Message):
    """The task's body."""

    user: str


def about_somebody(change: Change) -> bool:
    """Whether an engagement or a user was stored: one that is deleted is so by a reset."""
    return change.after is not None


def used_up(change: Change) -> bool:
    """Whether a cursor went past what its queue is refreshed at: a stretch of positions, another catalogue, some hours."""
    before, after = change.before or {}, change.after
    if after is None or not after.get("user_id"):
        return False
    stretches = int(before.get("served", 0)) // TOP_UP != int(after.get("served", 0)) // TOP_UP
    return stretches or any(name in after and before.get(name) != after[name] for name in ("catalogue", "period"))


async def refresh_queue(change: Change, ports: Ports) -> None:
    """Have the queue of the user that a document is about made anew."""
    fields = change.after or {}
    await ask(str(fields.get("user_id") or fields.get("id") or change.name), ports)


async def ask(user: str, ports: Ports) -> None:
    """Enqueue a user's refresh, once per window."""
    window = int(ports.clock.now() // DEBOUNCE)
    name = f"for-you-{document_paths.user_key(user)}-{window}"
    await ports.tasks.enqueue(Task(name, LANE, FUNCTION, Refresh(user=user).model_dump(), at=(window + 1) * DEBOUNCE + SKEW))
