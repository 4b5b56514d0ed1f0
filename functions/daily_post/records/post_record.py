"""A post's record at `posts/{agent}-{date}`: created once, so that there is one post per agent and date, whoever asks how often.

`writing` while one job is at it, under a lease; then `draft`, or `skipped` when there was nothing worth posting. What follows a
draft is `shared/publish/post_states.py`. A job that finds another's post leaves it as it is.
"""

from __future__ import annotations

from functions.daily_post.stage_messages import DailyPost, Planned
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.spending.usage_meter import running_job
from shared.engine.store import paths
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update
from shared.publish.post_states import path_of

WRITING, SKIPPED, DRAFT, DELETED = "writing", "skipped", "draft", "deleted"
PIPELINE = "daily-post"
LEASE = 900.0
"""Seconds, beyond a post's last time, that a job holds its record: then it has died or waits for somebody, and another may."""


async def begin(post: Planned, ports: Ports) -> Document | None:
    """Take a post's record for this job. None: it is ours; else the record as it is: finished, or held by another job."""
    path = path_of(post.id)
    while True:
        found = await ports.documents.get(path)
        now = ports.clock.now()
        if found is not None and not await _free(found, now, ports):
            return found
        data: Data = {
            "pipeline": PIPELINE, "state": WRITING, "job": running_job(), "held_until": max(post.image_by, now) + LEASE,
            "agent": post.agent.id, "date": post.date.isoformat(), "updated_at": now,
        }  # fmt: skip
        if found is None:
            write: Create | Update = Create(path, {**data, "id": post.id, "publish": None, "created_at": now})
        else:
            write = Update(path, data, version=found.version)
        try:
            await ports.documents.commit(write)
        except Conflict:
            continue
        return None


async def finish(made: DailyPost, ports: Ports) -> DailyPost:
    """Write what came of a post. Answers it as it is recorded: by this attempt, an earlier one, or another job."""
    while True:
        found = await ports.documents.get(path_of(made.id))
        now = ports.clock.now()
        if found is not None and (found.data["state"] != WRITING or found.data["job"] != running_job()):
            return as_post(found)
        fields: Data = {**made.model_dump(mode="json"), "updated_at": now}
        new: Data = {**fields, "pipeline": PIPELINE, "job": running_job(), "publish": None, "created_at": now}
        try:
            await ports.documents.commit(
                Create(path_of(made.id), new) if found is None else Update(found.path, fields, version=found.version)
            )
        except Conflict:
            continue
        return made


def as_post(record: Document) -> DailyPost:
    """The post that a record holds; `again` when it is another job's. One that is being written has no words yet."""
    fields = {name: record.data[name] for name in DailyPost.model_fields if record.data.get(name) is not None}
    return DailyPost.model_validate({**fields, "again": record.data.get("job") != running_job()})


async def _free(found: Document, now: float, ports: Ports) -> bool:
    """Whether a record can be taken: nothing was worth posting then, or it is ours, or its holder has ended, died or stands still."""
    data = found.data
    if data["state"] == WRITING:
        return bool(data["job"] == running_job() or data["held_until"] <= now or await _has_ended(data["job"], ports))
    return bool(data["state"] == SKIPPED)


async def _has_ended(job: str, ports: Ports) -> bool:
    """Whether a job goes on no more: it was cancelled, has failed, or was deleted."""
    found = await ports.documents.get(paths.job(job))
    return found is None or found.data["status"] in TERMINAL
