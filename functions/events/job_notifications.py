"""A job's end told to HEADRACE_NOTIFY_URL and by mail to HEADRACE_NOTIFY_EMAIL: written down by a trigger, sent by a task, tried again by a schedule.

`notifications/{job}-{run}` (the mail's: `{job}-{run}-mail`) is `unsent` until the receiver has answered 2xx (`sent`) or it is `given_up`, with the reason.
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
MAIL = "-mail"
"""What a notification's name ends in that goes by mail: each way has its own tries."""
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
    mail, url = by_mail(ports), ports.settings.notify_url
    wanted = [*([path] if url or not mail else []), *([path + MAIL] if mail else [])]
    for each in wanted:
        name = each.rpartition("/")[2]
        fields = {"message_id": name, "message": _message(change.name, job), "state": "unsent", "tries": 0, "due_at": now,
                  "reason": None, "created_at": now, "expires_at": now + KEPT}  # fmt: skip
        with contextlib.suppress(Conflict):  # it is there
            await ports.documents.commit(Create(each, fields))
        if url or mail:
            await ports.tasks.enqueue(Task(f"notify-{name}", LANE, FUNCTION, Wanted(notification=name).model_dump()))


def by_mail(ports: Ports) -> bool:
    """Whether somebody is told by mail."""
    return bool(ports.settings.notify_email and ports.settings.smtp_url)


def _message(job_id: str, job: Data) -> Data:
    """As Standard Webhooks has it: type, time of the event, data. What the job was asked and what came of it stay behind the links."""
    ended, links = job_view.moment(job["finished_at"]), job_view.links(job_id)
    assert ended is not None  # noqa: S101 - an ended job's
    data = {"id": job_id, "run": job["run"], "pipeline": job["pipeline"], "status": job["status"], "finished_at": ended.isoformat(),
            "error": job["error"], "links": {name: links[name] for name in ("self", "result")}}  # fmt: skip
    return {"type": f"job.{job['status']}", "timestamp": ended.isoformat(), "data": data}


def mail_of(message: Data, url: str) -> tuple[str, str]:
    """The subject and the text of a message's mail. `url`: the deployment's address, where it is known."""
    said = message["data"]
    error = said["error"] or {}
    lines = [
        f"Job {said['id']} of {said['pipeline']} (run {said['run']}) ended: {said['status']}, at {said['finished_at']}.",
        *(f"{error[name]}" for name in ("message", "advice") if error.get(name)),
        *(f"{name}: {url.rstrip('/')}{link}" for name, link in said["links"].items()),
        f"headrace jobs show {said['id']}",
    ]
    return f"{said['pipeline']}: {said['status']} ({said['id']})", "\n\n".join(lines) + "\n"
