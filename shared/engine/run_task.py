"""One delivery of one task, from claim to release. Every path through here ends in an answer to the queue."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from structlog.contextvars import bound_contextvars
from structlog.stdlib import get_logger

from shared.engine import finish, follow, jobs, join, meter, paths, record
from shared.engine.attempt import attempt
from shared.engine.claim import ENDED, Claim, claim, kept_alive
from shared.engine.envelope import Envelope, to_task
from shared.engine.flow import Flow, Stage
from shared.engine.payloads import kept
from shared.engine.step import Step
from shared.errors import Cancelled, Conflict, HeadraceError, Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update

log = get_logger()

BACKOFF = 0.5
"""Seconds before the second attempt; doubled for each further one, up to `MAX_BACKOFF`."""
MAX_BACKOFF = 60.0


@dataclass(frozen=True)
class Answer:
    """What the queue is told: 2xx ends the task, 409 and 503 bring it back."""

    status: int
    say: str


async def run_task(flow: Flow, stage: Stage, envelope: Envelope, ports: Ports) -> Answer:
    """Handle one delivery. Duplicates, stragglers and zombies are answered without effect."""
    step = Step(flow, stage, envelope, ports)
    job, task = await ports.documents.get_many([paths.job(step.job), envelope.task_path])
    if job is None or job.data["run"] != envelope.run or job.data["status"] in jobs.TERMINAL:
        return Answer(200, "the job has ended")
    if envelope.kind == "close":
        await join.close(step, "deadline")
        return Answer(200, "closed")
    if envelope.kind == "release":
        return Answer(200, f"released {await follow.release_page(step)}")
    if task is not None and task.data["state"] in ENDED:
        # Its outcome is recorded, but what follows may not have been released.
        await _propagate(step, task.data, await kept(ports, task.data), await record.shard_numbers(step))
        return Answer(200, "recorded before")
    try:
        held = await claim(ports, envelope, task)
    except Conflict as conflict:
        return Answer(409, conflict.message)
    await jobs.started(job, ports)
    with bound_contextvars(job_id=step.job, stage=stage.name, task=envelope.task_id, attempt=held.attempt):
        return await _work(step, held, job)


async def _work(step: Step, held: Claim, job: Document) -> Answer:
    """Run the attempt and record what came of it."""
    account = meter.Meter(step.job, step.envelope.lane, lambda: _alive(step, held))
    begun = step.ports.clock.now()
    result: Any = None
    try:
        async with kept_alive(step.ports, held):
            result, outcome = await attempt(step, held, job, account)
    except Cancelled:
        return Answer(200, "the job has ended")
    except HeadraceError as error:
        delay = _delay(error, held.attempt, step.stage.attempts)
        if delay is not None:
            return await _put_back(step, held, error, delay, account)
        outcome = {"state": "failed", "error": finish.as_data(error)}
    numbers = _spent(held, {**account.numbers(), "work_s": round(step.ports.clock.now() - begun, 6)})
    try:
        data, counted = await record.record(step, held, {**outcome, **numbers}, result)
    except Conflict:
        log.warning("fenced")
        return Answer(409, "the claim was lost")
    log.info("task_ended", state=data["state"], error=data.get("error"), **numbers)
    await _propagate(step, data, result, counted)
    return Answer(200, data["state"])


def _spent(held: Claim, numbers: Mapping[str, float]) -> dict[str, float]:
    """The numbers of one attempt on top of what earlier attempts of the task spent."""
    return {name: held.data.get(name, 0) + value for name, value in numbers.items()}


def _delay(error: HeadraceError, attempt: int, attempts: int) -> float | None:
    """Seconds until the next try, or None when there is none."""
    if isinstance(error, PutBack):
        return error.retry_after or 1.0
    if isinstance(error, Transient) and attempt < attempts:
        return error.retry_after or min(MAX_BACKOFF, BACKOFF * 2 ** (attempt - 1)) * random.uniform(0.5, 1.5)
    return None


async def _alive(step: Step, held: Claim) -> None:
    """Raise unless, right before a paid call, the job is still wanted and the claim still ours."""
    job, task = await step.ports.documents.get_many([paths.job(step.job), held.path])
    if job is None or job.data["run"] != step.envelope.run or job.data["status"] in jobs.TERMINAL:
        raise Cancelled("the job has ended")
    if task is None or task.data["epoch"] != held.epoch:
        raise Cancelled("another attempt took over")


async def _put_back(step: Step, held: Claim, why: HeadraceError, delay: float, account: meter.Meter) -> Answer:
    """Back into the queue under a new name. Waiting burns no attempt, failing does."""
    now = step.ports.clock.now()
    waited = isinstance(why, PutBack)
    fields = {
        **_spent(held, account.numbers()), "state": "queued", "lease_until": 0, "due_at": now + delay, "waiting": why.message,
        "attempt": held.attempt + (0 if waited else 1), "wait_s": held.data.get("wait_s", 0) + (delay if waited else 0),
    }  # fmt: skip
    log.info("put_back", why=why.message, code=why.code, delay=round(delay, 2))
    try:
        await step.ports.documents.commit(Update(held.path, fields, version=held.version))
    except Conflict:
        return Answer(409, "the claim changed")
    again = step.envelope.model_copy(update={"epoch": held.epoch})
    await step.ports.tasks.enqueue(to_task(step.flow, step.stage, again, at=now + delay))
    return Answer(200, why.message)


async def _propagate(step: Step, data: Data, result: Any, counted: Any) -> None:
    """What an ended task means for its job: the next tasks, or the end."""
    try:
        failures = await record.propagate(step, data, result, counted)
    except Permanent as error:  # the join's combiner failed
        why = {**finish.as_data(error), "stage": step.stage.name}
        await finish.fail(step.flow, step.job, step.envelope.run, why, step.ports)
        return
    if data["state"] == "done" and step.stage is step.flow.stages[-1]:
        await finish.succeed(step.flow, step.job, step.envelope.run, result, step.ports)
    elif data["state"] == "failed" and _fatal(step, failures):
        await finish.fail(step.flow, step.job, step.envelope.run, {**data["error"], "stage": step.stage.name}, step.ports)


def _fatal(step: Step, failures: float) -> bool:
    """A side stage may fail; so may members, up to what their join tolerates."""
    if step.stage.join is not None and step.envelope.size is not None:
        return failures > step.stage.join.tolerate * step.envelope.size
    return not step.flow.is_beside(step.stage)
