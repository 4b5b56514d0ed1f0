"""What happens when documents change. `TRIGGERS` is what Eventarc, and the local cloud, call and for what."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

import functions_framework.aio
from cloudevents.http import CloudEvent
from starlette.exceptions import HTTPException
from structlog.stdlib import get_logger

from shared import eventarc
from shared.bootstrap import ports
from shared.engine import dead_letters, events, paths
from shared.engine.events import Change, Then, Trigger
from shared.engine.jobs import TERMINAL
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Delete

log = get_logger()

EventHandler: TypeAlias = Callable[[CloudEvent], Awaitable[None]]
KEPT = 30 * 86400.0
"""Seconds that a notification is kept."""


def has_ended(change: Change) -> bool:
    """Whether a job's run came to its end by this change."""
    before, after = change.before, change.after
    if after is None or after["status"] not in TERMINAL:
        return False
    return before is None or before["status"] not in TERMINAL or bool(before["run"] != after["run"])


async def notify_of_end(change: Change, ports: Ports) -> None:
    """A job's end as a message in `notifications/{job}-{run}`, once per run, for a sender to take.

    `message` has the shape of a Standard Webhooks payload (https://www.standardwebhooks.com), `message_id` is its webhook-id.
    """
    job = change.after or {}
    now, message_id = ports.clock.now(), f"{change.name}-{job['run']}"
    data = {"id": change.name, "run": job["run"], "pipeline": job["pipeline"], "owner": job["owner"], "status": job["status"],
            "finished_at": job["finished_at"], "error": job["error"]}  # fmt: skip
    message = {
        "type": f"job.{job['status']}",
        "timestamp": datetime.fromtimestamp(job["finished_at"], UTC).isoformat(),
        "data": data,
    }
    fields = {"message_id": message_id, "message": message, "state": "unsent", "created_at": now, "expires_at": now + KEPT}
    with contextlib.suppress(Conflict):  # it is there
        await ports.documents.commit(Create(paths.notification(change.name, job["run"]), fields))


def drop_context(kind: str) -> Then:
    """Forget what was prepared from a profile. Whoever prepares it anew reads the profile after that."""

    async def drop(change: Change, ports: Ports) -> None:
        await ports.documents.commit(Delete(paths.context(kind, change.name)))

    return drop


TRIGGERS = {
    "events_job_ended": Trigger("jobs/{job}", notify_of_end, when=has_ended, latest=False),
    "events_profile_written": Trigger("profiles/{profile}", drop_context("profile")),
    "events_agent_written": Trigger("agents/{agent}", drop_context("agent")),
}
"""By deployed function. A pipeline that documents start has a `start_job.Start` here."""


def trigger_function(name: str) -> EventHandler:
    """The deployed function of one trigger. 2xx when nothing is left to do, 503 to be called again."""
    trigger = TRIGGERS[name]

    async def called(event: CloudEvent) -> None:
        try:
            try:
                outcome = await events.handle(name, trigger, eventarc.read(event), ports())
            except Permanent as error:  # 2xx, or it would come again for a day
                await dead_letters.bury(name, _as_text(event), error, ports())
                return
        except HeadraceError as error:
            log.warning("try_again", function=name, code=error.code, error=error.message)
            raise HTTPException(503, error.message) from error
        log.info("event_handled", function=name, id=event["id"], outcome=outcome)

    called.__name__ = name
    functions_framework.aio.cloud_event(called)
    return called


def _as_text(event: CloudEvent) -> str:
    body = base64.b64encode(event.data).decode() if isinstance(event.data, bytes) else str(event.data)
    return f"{event['source']} {event['id']} {event.get('subject')}\n{body}"
