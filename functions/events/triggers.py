"""What happens when documents change. `TRIGGERS` is what Eventarc, and the local cloud, call and for what."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import functions_framework.aio
from cloudevents.http import CloudEvent
from starlette.exceptions import HTTPException
from structlog.stdlib import get_logger

from functions.events.notifications import has_ended, notify_of_end
from functions.events.start_job import Start
from functions.for_you.triggers import about_somebody, refresh_queue, same_for_all, used_up, whole_catalogue
from shared import eventarc
from shared.bootstrap import ports
from shared.engine.store import paths
from shared.engine.task import dead_letters
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change, Then, Trigger
from shared.errors import HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Delete

log = get_logger()

EventHandler: TypeAlias = Callable[[CloudEvent], Awaitable[None]]


def drop_context(kind: str) -> Then:
    """Forget what was prepared from a profile. Whoever prepares it anew reads the profile after that."""

    async def drop(change: Change, ports: Ports) -> None:
        await ports.documents.commit(Delete(paths.context(kind, change.name)))

    return drop


TRIGGERS = {
    "events_job_ended": Trigger("jobs/{job}", notify_of_end, when=has_ended, latest=False),
    "events_profile_written": Trigger("profiles/{profile}", drop_context("profile")),
    "events_engagement_written": Trigger("engagements/{engagement}", refresh_queue, when=about_somebody, latest=False),
    "events_user_written": Trigger("users/{user}", refresh_queue, when=about_somebody),
    "events_cursor_moved": Trigger("cursors/{cursor}", refresh_queue, when=used_up),
    "events_episode_written": Trigger("episodes/{episode}", Start("for-you", whole_catalogue, same=same_for_all, window=30)),
    "events_agent_written": Trigger("agents/{agent}", drop_context("agent")),
}
"""By deployed function. A pipeline that documents start has a `start_job.Start` here."""


def trigger_function(name: str) -> EventHandler:
    """The deployed function of one trigger. 2xx when nothing is left to do, 503 to be called again."""
    trigger = TRIGGERS[name]

    async def called(event: CloudEvent) -> None:
        try:
            try:
                outcome = await document_events.handle(name, trigger, eventarc.read(event), ports())
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
