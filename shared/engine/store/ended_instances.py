"""Processes that have certainly ended: nobody waits for what they held.

A claim is held by an instance until its lease runs out, because a process that does not answer may still be at work. Whoever knows
better (the local cloud, when a worker of its own has died) writes it down here.
"""

from __future__ import annotations

from shared.engine.store.schema.engine_wide import EndedInstance
from shared.ports import Ports
from shared.ports.documents import Merge

COLLECTION = "instances"


async def record_ended(instance: str, ports: Ports) -> None:
    """Write down that a process is gone and will never write again."""
    ended: EndedInstance = {"ended_at": ports.clock.now()}
    await ports.documents.commit(Merge(f"{COLLECTION}/{instance}", ended))


async def has_ended(instance: str, ports: Ports) -> bool:
    """Whether a process is known to be gone."""
    return await ports.documents.get(f"{COLLECTION}/{instance}") is not None
