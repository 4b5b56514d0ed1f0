"""What an ended task means for its branch and its job: what follows it, or their end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.engine.attempt import branch_end, record_outcome
from shared.engine.job import finish
from shared.engine.store import paths
from shared.engine.task.context import TaskContext
from shared.errors import Permanent
from shared.ports.documents import Data, Where


async def propagate(step: TaskContext, data: Data, result: Any, counted: Mapping[str, float]) -> None:
    """Release what follows a recorded outcome, or end what it ends. Safe to repeat."""
    try:
        failures = await record_outcome.propagate(step, data, result, counted)
    except Permanent as error:  # the join's combiner failed
        await fail(step, finish.as_data(error))
        return
    if _fatal(step, data, failures):
        await fail(step, data.get("error") or await failure(step))
    elif ends_branch(step, data):
        await _counted(step, data, result)
    elif data["state"] == "done" and step.stage is step.flow.stages[-1]:
        await finish.succeed(step.flow, step.job, step.envelope.run, result, step.ports)


async def fail(step: TaskContext, error: Data) -> None:
    """A stage has failed that its branch cannot do without, or else the job."""
    why = {"stage": step.stage.name, **error}
    if step.envelope.branch is not None:
        await _counted(step, {"state": "failed", "error": why})
    else:
        await finish.fail(step.flow, step.job, step.envelope.run, why, step.ports)


async def _counted(step: TaskContext, outcome: Data, result: Any = None) -> None:
    """The branch ends, and so, perhaps, the fan-out of branches, or the job."""
    data, counted = await branch_end.end(step, outcome, result)
    await propagate(step.outer, data, None, counted)


def ends_branch(step: TaskContext, data: Data) -> bool:
    """Whether a task's outcome ends its branch: the last stage's, or one that runs once, is waited for and came to nothing."""
    branch = step.flow.branch_of(step.stage)
    if branch is None or step.envelope.index is not None:
        return False
    if data["state"] == "done":
        return branch.last is step.stage.run
    return not step.flow.is_beside(step.stage)


def _fatal(step: TaskContext, data: Data, failures: float) -> bool:
    """A side stage may fail; so may members, up to what their join tolerates: whoever comes to know of too many ends it."""
    if step.stage.join is not None and step.envelope.size is not None:
        return failures > step.stage.join.tolerate * step.envelope.size
    return data["state"] == "failed" and not step.flow.is_beside(step.stage)


async def failure(step: TaskContext) -> Data:
    """Why a member of the fan-out of the step's stage has failed."""
    where = [Where("run", "==", step.envelope.run), Where("stage", "==", step.stage.name), Where("state", "==", "failed")]
    if step.envelope.branch is not None:
        where.append(Where("branch", "==", step.envelope.branch))
    found = await step.ports.documents.query(paths.tasks(step.job), *where, limit=1)
    return dict(found[0].data["error"]) if found else {"code": "failed", "message": "too many failed", "advice": ""}
