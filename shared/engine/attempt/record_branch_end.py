"""A branch's end: counted once, as a member of the fan-out of branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shared.engine.attempt import record_outcome
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.store.usage_totals import tally
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.initial_task_document import new_task
from shared.errors import Conflict
from shared.ports.documents import Create, Document, Merge

KEPT = ("result", "result_blob", "error")
"""What a branch's end keeps of the task that ended it."""


def ending_documents(context: TaskContext) -> list[str]:
    """The documents that tell whether a task's branch is over (see `is_over`); none outside of branches."""
    if context.envelope.branch is None:
        return []
    of = context.outer
    return [of.envelope.task_path, *([of.manifest_path] if of.stage.closes_early else [])]


def is_over(found: Iterable[Document | None]) -> bool:
    """Whether a branch has ended or a fan-out has closed: then no work for it is wanted any more."""
    return any(one is not None and one.data["state"] != "open" for one in found)


async def end_branch(context: TaskContext, outcome: TaskChange, result: Any = None) -> tuple[TaskRecord, Mapping[str, float]]:
    """End the branch that the context is in: `state`, and its last stage's result as kept, or its error.

    Answers what it ended as, which may be something else if it had ended before, and its shard's numbers. Safe to repeat.

    Raises:
        Transient: the store did not answer.
    """
    of, now = context.outer, context.ports.clock.now()
    began = read_as(TaskRecord, await context.ports.documents.get(context.path_of(context.flow.stage(of.stage.run))))
    task = new_task(of.envelope, outcome["state"], queued_at=began.data["queued_at"] if began else now, epoch=1)
    ended: TaskChange = {
        "started_at": began.data.get("started_at") if began else None, "finished_at": now, "lease_until": 0,
    }  # fmt: skip
    kept = {name: value for name, value in outcome.items() if name in KEPT and value is not None}
    data = with_fields(task, {**ended, **kept})
    shard = record_outcome.shard_of(of)
    count = [Merge(shard, of.expiry, tally(data, record_outcome.stage_sums(of, result)))] if shard else []
    try:
        committed = await context.ports.documents.commit(Create(of.envelope.task_path, data), *count)
    except Conflict:
        found = read_as(TaskRecord, await context.ports.documents.get(of.envelope.task_path))
        return found.data if found else data, await record_outcome.shard_numbers(of)
    return data, committed.values[-1]
