"""One delivery of one task, from claim to release. Every path through here ends in an answer to the queue."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from structlog.stdlib import get_logger

from shared import error_codes
from shared.engine.attempt import advance_job, record_outcome
from shared.engine.attempt.call_guard import CallGuard
from shared.engine.attempt.retry_policy import Retry, next_try
from shared.engine.attempt.run_stage import run_stage
from shared.engine.attempt.stage_question import Unanswered
from shared.engine.fanout import outbox
from shared.engine.flow import Flow, Stage
from shared.engine.job import admission, controls, debounce, finish, lifecycle, stand_still
from shared.engine.recovery import fanout_repair, job_look, process_drain
from shared.engine.spending import budget
from shared.engine.store import paths
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import ErrorRecord, read_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord, TaskState
from shared.engine.task import job_telemetry
from shared.engine.task.claim import ENDED, Claim, change_claimed, claim, claim_lightly, keep_alive
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import Cancelled, Conflict, HeadraceError, Permanent, Transient
from shared.logs import bound_fields, keep_lines
from shared.ports import Ports
from shared.ports.documents import Document, Merge

log = get_logger()

LOOKS = frozenset({"look", "takeover", "repair"})
PARKED = frozenset(
    {
        error_codes.PAUSED,
        error_codes.BUDGET_REACHED,
        error_codes.MODEL_QUOTA,
        error_codes.MODEL_UNAUTHORISED,
        error_codes.PROVIDER_AWAY,
    }
)
"""Codes of errors that no further try helps, but somebody can: the job waits for them."""


@dataclass(frozen=True)
class DeliveryResponse:
    """What the queue is told: 2xx ends the task, 409 and 503 bring it back."""

    status: int
    reason: str


async def run_task(flow: Flow, stage: Stage, envelope: Envelope, ports: Ports, *, again: bool = False) -> DeliveryResponse:
    """Handle one delivery (`again`: it came before). Duplicates, stragglers and zombies are answered without effect.

    Raises:
        Transient: newer code has begun the job (`newer_version`): a newer revision shall take the delivery.
    """
    context = TaskContext(flow, stage, envelope, ports)
    found = await ports.documents.get_many([paths.job(context.job), envelope.task_path])
    job, task = read_as(JobRecord, found[0]), read_as(TaskRecord, found[1])
    if job is None or job.data["run"] != envelope.run or job.data["status"] in lifecycle.TERMINAL:
        return DeliveryResponse(200, "the job has ended")
    if envelope.kind not in LOOKS and job.data["flow_version"] > flow.version:
        raise Transient(f"the job runs by version {job.data['flow_version']} of {flow.name}", code="newer_version")
    if envelope.kind != "run" or job.data["status"] == "paused":
        return await _no_work(context, job)
    try:
        if (why := await _not_now(context, job, task)) is not None:
            return DeliveryResponse(200, why)
        held = await _claim(context, job, task, again=again)
    except Conflict as conflict:
        return DeliveryResponse(409, conflict.message)
    await lifecycle.mark_started(job, ports)
    with job_telemetry.attempt_span(context, held.attempt) as span:
        in_log = {"job_id": context.job, "stage": stage.name, "task": envelope.task_id, "attempt": held.attempt}
        with bound_fields(**in_log, **job_telemetry.log_fields(span)):
            guard = CallGuard(context, held, job)
            try:
                answer = await _work(guard, job)
            finally:
                guard.end()
        span.set({"headrace.outcome": answer.reason[:200]})
    return answer


async def _not_now(context: TaskContext, job: Document[JobRecord], task: Document[TaskRecord] | None) -> str | None:
    """Why nothing is to be done at a task by this delivery; None: there is.

    Raises:
        Conflict: the task changed just now.
    """
    if task is not None and task.data["state"] in ENDED:
        # Its outcome is recorded, but what follows may not have been released.
        await advance_job.on_task_ended(
            context, task.data, await load_value(context.ports, task.data), await record_outcome.shard_numbers(context)
        )
        return "recorded before"
    if task is None:
        return None if context.is_member else "nothing has called for it"  # what runs once is written down before it is enqueued
    if job.data["status"] != "queued":
        return None
    why = await admission.hold_back(context, job, task)
    if why is None and (by := await debounce.replaced_by(job, context.ports)) is not None:
        await lifecycle.replace_by(job.id, by, context.ports)
        return "another job has taken its place"
    return why


async def _claim(context: TaskContext, job: Document[JobRecord], task: Document[TaskRecord] | None, *, again: bool) -> Claim:
    """The claim on a task, written down at once unless this is the first that anybody sees of a task with nothing to lose.

    What came before may have taken its process down, which only a claim tells. Who shares a cache entry goes by claims.

    Raises:
        Conflict: another attempt holds it.
    """
    envelope, ledger = context.envelope, budget.ledger_of(job, context.envelope.task_id)
    if task is None and not again and not envelope.epoch and context.stage.cache is None and ledger is None:
        return claim_lightly(context.ports, envelope)
    return await claim(context.ports, envelope, task, ledger)


async def _no_work(context: TaskContext, job: Document[JobRecord]) -> DeliveryResponse:
    """A delivery for the job as a whole or for a fan-out, or one that a pause came before."""
    kind, of = context.envelope.kind, context if context.stage.join else None
    if kind in LOOKS:
        brought = await job_look.look_at_job(context.flow, job, context.envelope, context.ports)
        return DeliveryResponse(200, f"brought back {brought}")
    if kind == "deadline":
        out = await finish.expire(context.flow, job, context.ports)
        return DeliveryResponse(200, "out of time") if out else DeliveryResponse(409, "there is time left")
    if job.data["status"] == "paused":
        return DeliveryResponse(200, "the job is paused")  # resuming brings it back
    if kind == "close":
        row = of or context.outer  # a branch's first stands for its row
        closed = await stand_still.close_when_due(row, context.envelope.queued_at, context.envelope.size or 0, job.data)
        return DeliveryResponse(200, "closed" if closed else "put off: the job stood still")
    if kind == "shards":
        return DeliveryResponse(200, f"brought back {await fanout_repair.repair_fanout(of or context.outer, context.envelope)}")
    return DeliveryResponse(200, f"released {await outbox.release_page(context)}")


async def _work(guard: CallGuard, job: Document[JobRecord]) -> DeliveryResponse:
    """Run the attempt and record what came of it."""
    context, held, result, failure = guard.context, guard.held, None, None
    try:
        async with keep_alive(context.ports, held, lambda: guard.account.waiting), process_drain.PROCESS.attempt():
            with keep_lines(guard.log.lines):
                result, outcome = await run_stage(context, held, job, guard.account)
    except HeadraceError as error:
        following = error if error.code in PARKED else next_try(error, held.data, context.stage, context.ports.clock.now())
        if isinstance(following, Retry):
            return await _put_back(guard, error, following)
        if following.code in PARKED:
            return await _park(guard, following)
        state: TaskState = "cancelled" if isinstance(following, Cancelled) else "failed"
        outcome, failure = {"state": state, "error": finish.error_record(following)}, error
    try:
        async with held.lock:  # a call that the stage left behind cannot reserve any more
            waited = guard.account.waited
            worked = max(0.0, context.ports.clock.now() - guard.log.begun - waited)
            numbers = _spent(guard, {"work_s": round(worked, 6), "wait_s": round(waited, 6)})
            data, counted, result = await _record(guard, with_fields(outcome, numbers), result, failure)
    except Conflict:
        await _too_late(guard)
        return DeliveryResponse(409, "the claim was lost")
    job_telemetry.task_ended(context, data)
    log.info("task_ended", state=data["state"], error=data.get("error"), **numbers)
    await advance_job.on_task_ended(context, data, result, counted)
    return DeliveryResponse(200, data["state"])


async def _record(
    guard: CallGuard, outcome: TaskChange, result: Any, failure: HeadraceError | None
) -> tuple[TaskRecord, Mapping[str, float], Any]:
    """Write the outcome down; one that no store takes is a failure, or it would be paid for again. Answers the result that stands.

    Raises:
        Conflict: the claim was lost.
        Transient: the store did not answer.
    """
    context, held = guard.context, guard.held
    try:
        kept_with_it = [*guard.log.writes(outcome["state"], failure)]
        return *await record_outcome.record_outcome(context, held, outcome, result, kept_with_it), result
    except Permanent as error:
        log.error("unrecordable", code=error.code, error=finish.clip(error.message))  # noqa: TRY400 - ours, and said
        why: ErrorRecord = {"code": "unrecordable", "message": f"its result cannot be recorded: {error.message}"[: finish.LONGEST],
               "advice": "Let the stage give less, or in other values: see the message."}  # fmt: skip
        failed: TaskChange = {"state": "failed", "error": why}
        kept = {name: value for name, value in outcome.items() if name not in ("made_from", "code")}
        kept_with_it = [*guard.log.writes("failed", error)]
        return *await record_outcome.record_outcome(
            context, held, with_fields(failed, {**kept, **failed}), None, kept_with_it
        ), None


def _spent(guard: CallGuard, more: Mapping[str, float] = MappingProxyType({})) -> dict[str, float]:
    """The numbers of one attempt on top of what earlier attempts of the task spent. Nothing stays reserved."""
    numbers = {**guard.account.numbers(), **more}
    before: Mapping[str, Any] = guard.held.data
    return {"reserved": 0, **{name: before.get(name, 0) + value for name, value in numbers.items()}}


async def _put_back(guard: CallGuard, why: HeadraceError, following: Retry) -> DeliveryResponse:
    """Back into the queue under a new name."""
    if not await _let_go(guard, why, following.delay, following.fields):
        return DeliveryResponse(409, "the claim was lost")
    await _again(guard, following.delay)
    return DeliveryResponse(200, why.message)


async def _let_go(guard: CallGuard, why: HeadraceError, delay: float, fields: TaskChange) -> bool:
    """Give the claim back, with what the attempt spent. False: it was lost."""
    held, ports = guard.held, guard.context.ports
    log.info("put_back", why=why.message, code=why.code, delay=round(delay, 2))
    due = ports.clock.now() + delay
    back: TaskChange = {"state": "queued", "lease_until": 0, "due_at": due, "waiting": finish.clip(why.message)}
    try:
        async with held.lock:  # a call that the stage left behind cannot reserve any more
            numbers = _spent(guard)
            await change_claimed(
                held,
                ports,
                {**back, **fields, **numbers},
                lambda: [
                    *budget.settle_writes(held, int(numbers["usd_micros"])),
                    *guard.log.writes("put_back", why),
                    *([why.write] if isinstance(why, Unanswered) else []),
                ],
            )
    except Conflict:
        await _too_late(guard)
        return False
    return True


async def _again(guard: CallGuard, delay: float) -> None:
    """Enqueue the task anew."""
    context = guard.context
    envelope = context.envelope.model_copy(update={"epoch": guard.held.epoch})
    await context.ports.tasks.enqueue(
        to_task(context.flow, context.stage, envelope, at=context.ports.clock.now() + delay, maker="putback")
    )


async def _park(guard: CallGuard, why: HeadraceError) -> DeliveryResponse:
    """The task waits for its job to be resumed, unburned and in no queue; the job pauses, if it has not.

    The task is let go first: whoever resumes afterwards finds it. A job that was resumed meanwhile is not paused again for
    what was so before, and nobody looks for the task any more: it goes back into the queue by itself.
    """
    context = guard.context
    if not await _let_go(guard, why, 0.0, {"away_since": None, "away_tries": 0}):
        return DeliveryResponse(409, "the claim was lost")
    if why.code != error_codes.PAUSED:
        advice = (
            why.advice if why.code == error_codes.BUDGET_REACHED else f"{why.advice} Then: headrace jobs resume {context.job}"
        )
        because: ErrorRecord = {"code": why.code, "message": why.message, "advice": advice}
        job = await controls.pause(context.job, context.ports, because, seen=guard.job)
    else:
        job = await lifecycle.read(context.job, context.ports)
    if job.data["status"] in ("queued", "running"):
        await _again(guard, 1.0)
    return DeliveryResponse(200, why.message)


async def _too_late(guard: CallGuard) -> None:
    """Another attempt has the task. What this one spent is part of the job's cost all the same."""
    context = guard.context
    log.warning("fenced")
    numbers = guard.account.numbers()
    booked = guard.held.spent + guard.held.reserved - guard.held.data.get("usd_micros", 0)
    numbers["usd_micros"] = max(0.0, numbers["usd_micros"] - booked)  # whoever took over counted what was reserved
    if any(numbers.values()):
        with contextlib.suppress(HeadraceError):
            await context.ports.documents.commit(
                Merge(paths.late_spending(context.job, context.envelope.run), context.expiry, numbers)
            )
