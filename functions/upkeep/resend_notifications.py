"""Notifications that their receiver has not taken yet: the next try of each that is due."""

from __future__ import annotations

import asyncio
from collections import Counter

from functions.events.job_notifications import COLLECTION
from functions.events.notification_delivery import deliver
from shared.ports import Ports
from shared.ports.documents import Data, Where

PAGE, AT_ONCE = 100, 10
"""Notifications per run, and tries side by side: a receiver that lets each wait for its time-out holds a run for under two minutes."""


async def notify(ports: Ports) -> Data:
    """Make the tries that are due. Answers how many came to which state. Safe to run at any time, twice, or again after it died.

    Raises:
        Transient: the store did not answer.
    """
    due = await ports.documents.query(COLLECTION, Where("due_at", "<=", ports.clock.now()), order_by="due_at", limit=PAGE)
    room = asyncio.Semaphore(AT_ONCE)

    async def tried(name: str) -> str:
        async with room:
            return await deliver(name, ports)

    return dict(Counter(await asyncio.gather(*(tried(found.id) for found in due))))
