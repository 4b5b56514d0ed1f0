"""A job's end and pauses, told to HEADRACE_NOTIFY_URL, HEADRACE_NOTIFY_EMAIL (ends alone) and its own `callback_url`.

A trigger writes, a task sends, a schedule tries again. `notifications/{job}-{run}`, with `-paused-{number}` for a pause, `-callback` for
the job's own receiver and `-mail` for the mail's, is `unsent` until the receiver has answered 2xx (`sent`) or it is `given_up`, with
the reason. Where nobody is to be told, it is never due.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from pydantic import BaseModel, ConfigDict

from functions import owner_spending, pipelines
from functions.jobs_api.reports import job_view
from functions.jobs_api.reports.progress import WITH_RESULT
from shared.engine.job import admission
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.trigger.document_events import Change
from shared.errors import Conflict
from shared.model_batches import ended_jobs
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update
from shared.ports.tasks import Task

COLLECTION = "notifications"
CALLBACK = "-callback"
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


def is_told(change: Change) -> bool:
    """Whether a job's run came to its end by this change, or the job to a pause."""
    return has_ended(change) or _has_paused(change)


def has_ended(change: Change) -> bool:
    """Whether a job's run came to its end by this change."""
    before, after = change.before, change.after
    if after is None or after["status"] not in TERMINAL:
        return False
    return before is None or before["status"] not in TERMINAL or bool(before["run"] != after["run"])


def _has_paused(change: Change) -> bool:
    before, after = change.before, change.after
    return after is not None and after["status"] == "paused" and (before is None or before["status"] != "paused")


async def notify(change: Change, ports: Ports) -> None:
    """A job's end, once per run, or a pause, once each, as a message to whoever is to be told, and the task that sends it.

    An end calls the next job that waited for this one's place, and takes back what the job asked by batches and does not wait for.
    """
    job = change.after or {}
    ended = has_ended(change)
    name = _name(change.name, job["run"], None if ended else job.get("resumes", 0))
    message = _message(change.name, job, job["finished_at"] if ended else ports.clock.now())
    await tell(_receivers(name, job, ports, ended=ended), message, ports)
    if ended:
        await owner_spending.settle(change.name, cast("JobRecord", job), ports)
        if job["status"] != "succeeded":
            await ended_jobs.take_back(change.name, ports)
    if (group := job.get("admission")) is not None:
        await admission.next_in_line(pipelines(), group, ports)


async def tell(receivers: Mapping[str, str], message: Data, ports: Ports) -> None:
    """Write a message down for each receiver, by its notification's name, and enqueue the task that sends it. Repeating it is harmless.

    An empty address: that of the settings, or the mail's.
    """
    now = ports.clock.now()
    for one, url in receivers.items():
        wanted = bool(url or ports.settings.notify_url or one.endswith(MAIL))
        fields = {"message_id": one, "job": message["data"]["id"], "message": message, "state": "unsent", "tries": 0, "due_at": now if wanted else None,
                  "reason": None, "created_at": now, "expires_at": now + KEPT, **({"url": url} if url else {})}  # fmt: skip
        with contextlib.suppress(Conflict):  # it is there
            await ports.documents.commit(Create(f"{COLLECTION}/{one}", fields))
        if wanted:
            await ports.tasks.enqueue(Task(f"notify-{one}", LANE, FUNCTION, Wanted(notification=one).model_dump()))


async def resend(found: Document, ports: Ports) -> None:
    """Send a message again that was sent, was given up, or waits for its next try.

    Raises:
        Conflict: a try of it is under way.
        Transient: the store or the queue did not answer.
    """
    now = ports.clock.now()
    fields = {"state": "unsent", "due_at": now, "tries": 0, "reason": None, "created_at": now}
    committed = await ports.documents.commit(Update(found.path, fields, version=found.version))
    body = Wanted(notification=found.id).model_dump()
    await ports.tasks.enqueue(Task(f"notify-{found.id}-again-{committed.version}", LANE, FUNCTION, body))


def _receivers(name: str, job: Data, ports: Ports, *, ended: bool) -> dict[str, str]:
    """The notifications to write, each with the job's own address; none: that of the settings, or the mail's."""
    mail, found = ended and by_mail(ports), dict[str, str]()
    if ports.settings.notify_url or (ended and not mail):
        found[name] = ""
    if mail:
        found[f"{name}{MAIL}"] = ""
    if (callback := job["options"].get("callback_url")) is not None:
        found[f"{name}{CALLBACK}"] = callback
    return found


def by_mail(ports: Ports) -> bool:
    """Whether somebody is told by mail."""
    return bool(ports.settings.notify_email and ports.settings.smtp_url)


def paths_of(job_id: str, job: JobRecord) -> list[str]:
    """Where all that was ever told of a job is kept."""
    runs, pauses = range(1, job["run"] + 1), range(job.get("resumes", 0) + 1)
    names = [_name(job_id, run, pause) for run in runs for pause in (None, *pauses)]
    return [f"{COLLECTION}/{name}{suffix}" for name in names for suffix in ("", CALLBACK, MAIL)]


def _name(job_id: str, run: int, pause: int | None) -> str:
    name = paths.notification(job_id, run).rpartition("/")[2]
    return name if pause is None else f"{name}-paused-{pause}"


def _message(job_id: str, job: Data, at: float) -> Data:
    """As Standard Webhooks has it: type, time of the event, data. What the job was asked and what came of it stay behind the links."""
    time, links = job_view.moment(at), job_view.links(job_id)
    assert time is not None  # noqa: S101 - a time is given
    ended = job["status"] in TERMINAL
    data = {"id": job_id, "run": job["run"], "pipeline": job["pipeline"], "status": job["status"],
            **({"finished_at": time.isoformat()} if ended else {"paused": job["paused"]}),
            "error": job["error"], "links": {name: links[name] for name in ("self", "result" if ended else "resume")}}  # fmt: skip
    return {"type": f"job.{job['status']}", "timestamp": time.isoformat(), "data": data}


def mail_of(message: Data, url: str) -> tuple[str, str]:
    """The subject and the text of a message's mail. `url`: the deployment's address, where it is known."""
    said = message["data"]
    if "asks" in said:
        asked = (
            said["asks"],
            f"It is asked until {said['until']}; then the job goes on without an answer.",
            said["links"]["answer"],
        )
        return f"{said['pipeline']} asks: {said['asks']} ({said['id']})", "\n\n".join(asked) + "\n"
    error = said["error"] or {}
    again = f" (run {said['run']})" if said["run"] > 1 else ""
    ended = f"{datetime.fromisoformat(said['finished_at']):%Y-%m-%d %H:%M} UTC"
    here = url.rstrip("/")
    lines = [
        f"The {said['pipeline']} job {said['id']}{again} has ended: {said['status']}, at {ended}.",
        *(f"{error[name]}" for name in ("message", "advice") if error.get(name)),
        *([f"Its page: {here}/#/job/{said['id']}"] if here else []),
        *([f"Its result: {here}{said['links']['result']}"] if here and said["status"] in WITH_RESULT else []),
        f"At a terminal: headrace jobs show {said['id']}",
    ]
    return f"{said['pipeline']}: {said['status']} ({said['id']})", "\n\n".join(lines) + "\n"
