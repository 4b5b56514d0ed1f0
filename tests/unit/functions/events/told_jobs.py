"""A job whose end is told to a receiver: what happens to it, and what became of the message."""

from __future__ import annotations

import json
from typing import Any

from functions.events import job_notifications
from functions.events.document_triggers import triggers
from functions.events.notification_delivery import send
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change
from shared.ports.documents import Data
from tests.support.engine.world import World
from tests.unit.shared.adapters.web.sites import Site

SECRET = "whsec_" + "QUJD" * 10
ENDED = {"run": 1, "pipeline": "toy", "owner": "somebody", "status": "succeeded", "finished_at": 1_800_000_000.0, "error": None, "options": {},
         "input": {"text": "private"}, "result": {"text": "private"}}  # fmt: skip
NAME = "j1-1"


async def ends(world: World, *, event: str = "e1", run: int = 1) -> None:
    """The event of a job's end."""
    after = {**ENDED, "run": run}
    change = Change(event, "jobs/j1", {**after, "status": "running"}, after, 1)
    await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], change, world.ports)


async def tasks(world: World) -> list[str]:
    """What the queued tasks that send are answered."""
    taken = await world.queue.take(job_notifications.LANE, 100)
    assert {task.function for task in taken} <= {job_notifications.FUNCTION}
    said = [await send(task.body.encode(), world.ports) for task in taken]
    await world.queue.end([task.name for task in taken])
    return said


async def kept(world: World, name: str = NAME) -> Data:
    found = await world.ports.documents.get(f"notifications/{name}")
    assert found is not None
    return found.data


def messages(site: Site) -> list[Any]:
    return [json.loads(request.body) for request in site.requests]


async def changes(world: World, event: str, before: Data, after: Data) -> str:
    change = Change(event, "jobs/j1", before, after, 1)
    return await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], change, world.ports)
