"""A job's end told to HEADRACE_NOTIFY_URL: written down by a trigger, sent by a task, tried again by a schedule.

`notifications/{job}-{run}` is `unsent` until the receiver has answered 2xx (`sent`) or it is `given_up`, with the reason.
"""

from __future__ import annotations

import contextlib

from pydantic import BaseModel, ConfigDict

from shared.engine.job.lifecycle import TERMINAL
from shared.engine.report import job_view
from shared.engine.store import paths
from shared.engine.trigger.document_events import Change
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.ports.tasks import Task

COLLECTION = "notifications"
FUNCTION, LANE = "events_notify", "engine-bulk"
"""The deployed function that tries one, and its task's queue."""
KEPT = 30 * 86400.0
"""Seconds that a notification is kept."""


class Wanted(BaseModel):
    """The task's body."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    notification: str


def has_ended(change: Change) -> bool:
    """Whether a job's run came to its end by this change."""
    before, after = change.before, change.after
    if after is None or after["status"] not in TERMINAL:
        return False
    return before is None or before["status"] not in TERMINAL or bool(before["run"] != after["run"])


async def notify_of_end(change: Change, ports: Ports) -> None:
    """A job's end as a message, once per run, and the task that sends it if there is somebody to tell."""
    job = change.after or {}
    path, now = paths.notification(change.name, job["run"]), ports.clock.now()
    name = path.rpartition("/")[2]
    fields = {"message_id": name, "message": _message(change.name, job), "state": "unsent", "tries": 0, "due_at": now,
              "reason": None, "created_at": now, "expires_at": now + KEPT}  # fmt: skip
    with contextlib.suppress(Conflict):  # it is there
        await ports.documents.commit(Create(path, fields))
    if ports.settings.notify_url:
        await ports.tasks.enqueue(Task(f"notify-{name}", LANE, FUNCTION, Wanted(notification=name).model_dump()))


def _message(job_id: str, job: Data) -> Data:
    """As Standard Webhooks has it: type, time of the event, data. What the job was asked and what came of it stay behind the links."""
    ended, links = job_view.moment(job["finished_at"]), job_view.links(job_id)
    assert ended is not None  # noqa: S101 - an ended job's
    data = {"id": job_id, "run": job["run"], "pipeline": job["pipeline"], "status": job["status"], "finished_at": ended.isoformat(),
            "error": job["error"], "links": {name: links[name] for name in ("self", "result")}}  # fmt: skip
    return {"type": f"job.{job['status']}", "timestamp": ended.isoformat(), "data": data}
