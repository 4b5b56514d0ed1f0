"""What an ended task means for its branch and its job: what follows it, or their end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.engine.attempt import record_branch_end, record_outcome
from shared.engine.job import finish
from shared.engine.store import paths
from shared.engine.store.schema.shared_fields import ErrorRecord, read_all_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Permanent
from shared.ports.documents import Where


async def on_task_ended(context: TaskContext, data: TaskRecord, result: Any, counted: Mapping[str, float]) -> None:
    """Release what follows a recorded outcome, or end what it ends. Safe to repeat."""
    try:
        failures = await record_outcome.release_and_count(context, data, result, counted)
    except Permanent as error:  # the join's combiner failed
        await fail_for(context, finish.error_record(error))
        return
    if _fatal(context, data, failures):
        await fail_for(context, data.get("error") or await member_failure(context))
    elif ends_branch(context, data):
        await _end_branch(context, data, result)
    elif data["state"] == "done" and context.stage is context.flow.stages[-1]:
        await finish.succeed(context.flow, context.job, context.envelope.run, result, context.ports)


async def fail_for(context: TaskContext, error: ErrorRecord) -> None:
    """A stage has failed that its branch cannot do without, or else the job."""
    why = with_fields(error, {"stage": context.stage.name, **error})
    if context.envelope.branch is not None:
        await _end_branch(context, {"state": "failed", "error": why})
    else:
        await finish.fail(context.flow, context.job, context.envelope.run, why, context.ports)


async def _end_branch(context: TaskContext, outcome: TaskChange, result: Any = None) -> None:
    """The branch ends, and so, perhaps, the fan-out of branches, or the job."""
    data, counted = await record_branch_end.end_branch(context, outcome, result)
    await on_task_ended(context.outer, data, None, counted)


def ends_branch(context: TaskContext, data: TaskRecord) -> bool:
    """Whether a task's outcome ends its branch: the last stage's, or one that runs once, is waited for and came to nothing."""
    branch = context.flow.branch_of(context.stage)
    if branch is None or context.envelope.index is not None:
        return False
    if data["state"] == "done":
        return branch.last is context.stage.run
    return not context.flow.is_beside(context.stage)


def _fatal(context: TaskContext, data: TaskRecord, failures: float) -> bool:
    """A side stage may fail; so may members, up to what their join tolerates: whoever comes to know of too many ends it."""
    if context.stage.join is not None and context.envelope.size is not None:
        return failures > context.stage.join.tolerate * context.envelope.size
    return data["state"] == "failed" and not context.flow.is_beside(context.stage)


async def member_failure(context: TaskContext) -> ErrorRecord:
    """Why a member of the fan-out of the context's stage has failed."""
    failed = (*context.of_members, Where("state", "==", "failed"))
    found = read_all_as(TaskRecord, await context.ports.documents.query(paths.tasks(context.job), *failed, limit=1))
    return found[0].data["error"] if found else {"code": "failed", "message": "too many failed", "advice": ""}
