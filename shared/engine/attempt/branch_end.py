"""A branch's end: counted once, as a member of the fan-out of branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shared.engine.attempt import record_outcome
from shared.engine.store.counters import tally
from shared.engine.task.context import TaskContext
from shared.errors import Conflict
from shared.ports.documents import Create, Data, Document, Merge

COUNTED = ("result", "result_blob", "error")


def watched(context: TaskContext) -> list[str]:
    """The documents that tell whether a task's branch is over (see `over`); none outside of branches."""
    if context.envelope.branch is None:
        return []
    of = context.outer
    return [of.envelope.task_path, *([of.manifest_path] if of.stage.closes_early else [])]


def over(found: Iterable[Document | None]) -> bool:
    """Whether a branch has ended or a fan-out has closed: then no work for it is wanted any more."""
    return any(one is not None and one.data["state"] != "open" for one in found)


async def end(context: TaskContext, outcome: Data, result: Any = None) -> tuple[Data, Mapping[str, float]]:
    """End the branch that the context is in: `state`, and its last stage's result as kept, or its error.

    Answers what it ended as, which may be something else if it had ended before, and its shard's numbers. Safe to repeat.

    Raises:
        Transient: the store did not answer.
    """
    of, now = context.outer, context.ports.clock.now()
    began = await context.ports.documents.get(context.path_of(context.flow.stage(of.stage.run)))
    data: Data = {
        "run": of.envelope.run, "stage": of.stage.name, "index": of.envelope.index, "lane": of.envelope.lane,
        "state": outcome["state"], "queued_at": began.data["queued_at"] if began else now,
        "started_at": began.data.get("started_at") if began else None, "finished_at": now, "epoch": 1, "attempt": 1,
        "wait_s": 0.0, "lease_until": 0, **{name: outcome[name] for name in COUNTED if outcome.get(name) is not None},
        **of.expiry,
    }  # fmt: skip
    shard = record_outcome.shard_of(of)
    count = [Merge(shard, of.expiry, tally(data, record_outcome.sums(of, result)))] if shard else []
    try:
        committed = await context.ports.documents.commit(Create(of.envelope.task_path, data), *count)
    except Conflict:
        found = await context.ports.documents.get(of.envelope.task_path)
        return found.data if found else data, await record_outcome.shard_numbers(of)
    return data, committed.values[-1]
