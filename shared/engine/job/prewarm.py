"""Warm the way ahead: a chain of functions scaled to zero pays one cold start, not one per stage.

The flow is known when a job is accepted, so each of its functions is called at once with nothing to do, and they start while the
first stages work. The calls are tasks like any other: they carry the same identity, and nobody waits for them. Their names hold
the time, so that the queue drops all but one per function and `EVERY` seconds, however many jobs are accepted.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from structlog.stdlib import get_logger

from shared.engine.flow import Flow
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.tasks import Tasks

log = get_logger()

EVERY = 60
"""Seconds. Cloud Run keeps an idle instance for longer."""


_last: WeakKeyDictionary[Tasks, dict[str, int]] = WeakKeyDictionary()
"""The slot in which this process last warmed a flow, by queue: it would drop the names, but each costs a call."""


async def prewarm(flow: Flow, lane: str, ports: Ports) -> None:
    """Call the functions of all stages but the first, which has work already. Never fails: it is a help, not a promise."""
    if not ports.cold_starts:
        return
    slot = int(ports.clock.now() // EVERY)
    warmed = _last.setdefault(ports.tasks, {})
    if warmed.get(flow.name) == slot:
        return
    warmed[flow.name] = slot
    calls = (Envelope(kind="warm", job=flow.name, stage=stage.name, lane=lane, epoch=slot) for stage in flow.stages[1:])
    try:
        await ports.tasks.enqueue(*(to_task(flow, flow.stage(call.stage), call) for call in calls))
    except HeadraceError as error:
        log.warning("not_warmed", flow=flow.name, code=error.code, error=error.message)
