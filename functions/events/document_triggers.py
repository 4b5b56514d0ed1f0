"""What happens when documents change: our own triggers and those that pipelines register, as Eventarc, or the local cloud, calls them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from starlette.requests import Request
from structlog.stdlib import get_logger

from functions import by_package
from functions.entry import called_function
from functions.events.job_notifications import is_told, notify
from functions.events.question_notifications import is_new, notify_question
from functions.pipeline_registration import DocumentTrigger, load
from shared import eventarc
from shared.engine.delivery_handler import Handler
from shared.engine.store import paths
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change, Then, Trigger
from shared.ports import Ports
from shared.ports.documents import Data, Delete

log = get_logger()

OURS = {
    "events_job_ended": Trigger("jobs/{job}", notify, when=is_told, latest=False),
    "events_question_asked": Trigger("questions/{question}", notify_question, when=is_new, latest=False),
}
"""By deployed function."""


def triggers() -> dict[str, Trigger]:
    """All triggers by deployed function; loads what each does."""
    return {**OURS, **{name: _trigger(registered) for name, registered in _registered()}}


def _registered() -> Iterator[tuple[str, DocumentTrigger]]:
    for pipeline in by_package().values():
        for registered in pipeline.triggers:
            yield registered.function, registered


def trigger_function(name: str) -> Handler:
    """The deployed function of one trigger; loads what it does, and no other's.

    Raises:
        KeyError: there is no such trigger.
    """
    trigger = OURS.get(name) or _trigger(dict(_registered())[name])

    async def work(request: Request, ports: Ports) -> Data:
        event = eventarc.parse(request.headers, await request.body())
        outcome = await document_events.handle_change(name, trigger, eventarc.read(event), ports)
        log.info("event_handled", function=name, id=event["id"], outcome=outcome)
        return {"said": outcome}

    return called_function(name, work, _letter)


def _trigger(registered: DocumentTrigger) -> Trigger:
    then = drop_context(registered.drops) if registered.drops else load(registered.calls)
    return Trigger(registered.document, then, load(registered.when) if registered.when else None, registered.latest)


def drop_context(kind: str) -> Then:
    """Forget what was prepared from a record. Whoever prepares it anew reads the record after that."""

    async def drop(change: Change, ports: Ports) -> None:
        await ports.documents.commit(Delete(paths.context(kind, change.name)))

    return drop


def _letter(headers: Mapping[str, str], body: bytes) -> str:
    """An event as text: what it says of itself, and its body, which is protobuf."""
    named = " ".join(headers.get(name, "-") for name in ("ce-source", "ce-id", "ce-subject"))
    return f"{named}\n{base64.b64encode(body).decode()}"
