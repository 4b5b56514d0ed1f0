"""Jobs that a schedule starts: of one pipeline, one for each item whose time has come."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from structlog.stdlib import get_logger

from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store.batches import in_batches
from shared.engine.trigger.schedule_slots import Slot
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Data

log = get_logger()

AT_ONCE = 20
"""Jobs started side by side."""
OWNER = "schedule"
"""Of the jobs that nobody asked for. Their idempotency keys are no user's."""


@dataclass(frozen=True)
class Item:
    """A job to start: `input` of its pipeline, `due` since a time (POSIX seconds). One `key` and time give one job."""

    key: str
    input: Any
    due: float


Items: TypeAlias = Callable[[Slot, Flow, Ports], Awaitable[Sequence[Item]]]
"""Lists what a slot is to start. Called again for the same slot after a crash: what was started then is not started again."""


async def start_jobs(name: str, flow: Flow, items: Items, slot: Slot, ports: Ports) -> Data:
    """Start what has come due of the schedule `name`: jobs in the bulk lane. Answers how many it began.

    Raises:
        Transient: the store or the queue did not answer; the slot is to be done again.
    """
    begun = 0
    for some in in_batches(await items(slot, flow, ports), AT_ONCE):
        begun += sum(await asyncio.gather(*(_began(name, flow, item, ports) for item in some)))
    return {name: begun}


async def _began(name: str, flow: Flow, item: Item, ports: Ports) -> bool:
    key = f"{name}:{item.key}:{item.due:.0f}"
    try:
        accepted = await lifecycle.create(
            flow, item.input, lifecycle.Options(lane="bulk"), ports, owner=OWNER, idempotency_key=key
        )
    except Permanent as error:  # one that cannot be started keeps no other from it
        log.warning("not_started", schedule=name, item=item.key, code=error.code, error=error.message)
        return False
    return not accepted.replayed
