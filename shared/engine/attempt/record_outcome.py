"""Recording a task's outcome: once, fenced, with what follows sealed in the same commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from shared.engine.fanout import branch_stage_counts, join, outbox
from shared.engine.fanout.shard_tree import Layout
from shared.engine.spending import budget
from shared.engine.store import paths
from shared.engine.store.payloads import store_value
from shared.engine.store.retry import TRIES, back_off, retry_transient
from shared.engine.store.schema.shared_fields import with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.store.usage_totals import tally
from shared.engine.task.claim import Claim, refresh_claim
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Conflict, Transient
from shared.ports.documents import Merge, Write


async def record_outcome(
    context: TaskContext, held: Claim, outcome: TaskChange, result: Any, more: Sequence[Write] = ()
) -> tuple[TaskRecord, Mapping[str, float]]:
    """Write the outcome under the claim, and `more` with it. Answers the task's fields and its shard's new numbers.

    Raises:
        Conflict: the claim was lost; the outcome is dropped.
        Transient: the store did not answer and the outcome is not there.
    """
    ended: TaskChange = {"lease_until": 0, "finished_at": context.ports.clock.now()}
    data = with_fields(held.data, {**outcome, **ended})
    writes = [*more]
    if outcome["state"] == "done":
        data = with_fields(data, await store_value(context.ports, result, context.job))
        writes += await outbox.seal(context, result, data["finished_at"])
    ending = tally(data, stage_sums(context, result))
    if context.envelope.branch is not None:
        begun = outbox.count_following(context, result) if outcome["state"] == "done" else {}
        writes += branch_stage_counts.count_writes(context, begun, ending)
    if (shard := shard_of(context)) is not None:
        writes.append(Merge(shard, context.expiry, ending))
    for tried in range(TRIES):
        paid = budget.settle_writes(held, data.get("usd_micros", 0))
        try:
            committed = await context.ports.documents.commit(held.write(data), *paid, *writes)
        except (Conflict, Transient) as error:
            if await retry_transient(partial(_recorded, context, held, data), context.ports.clock):
                return data, await shard_numbers(context)  # it was committed; only the answer was lost
            if isinstance(error, Conflict):
                await refresh_claim(held, context.ports)  # a renewal may have moved the version under us
            await back_off(tried, context.ports.clock)
        else:
            return data, committed.values[-1]
    raise Transient(f"{held.path} cannot be recorded", code="store_unavailable")


async def _recorded(context: TaskContext, held: Claim, data: TaskRecord) -> bool:
    """Whether this outcome is the one that stands."""
    found = await context.ports.documents.get(held.path)
    return found is not None and all(found.data.get(name) == data.get(name) for name in ("owner", "epoch", "finished_at"))


def stage_sums(context: TaskContext, result: Any) -> dict[str, float]:
    """The numbers of a result that its stage adds up."""
    return {name: float(result.get(name) or 0) for name in context.stage.sums} if isinstance(result, dict) else {}


def shard_of(context: TaskContext) -> str | None:
    """Where a member is counted."""
    if context.envelope.index is None or context.envelope.size is None:
        return None
    return paths.shard(context.job, context.fanout, 0, Layout(context.envelope.size).shard_of(context.envelope.index))


async def shard_numbers(context: TaskContext) -> Mapping[str, float]:
    """A member's shard as it is now."""
    shard = shard_of(context)
    found = await context.ports.documents.get(shard) if shard else None
    return found.data if found else {}


async def release_and_count(context: TaskContext, data: TaskRecord, result: Any, counted: Mapping[str, float]) -> float:
    """Release what follows a recorded outcome; repeatable. Answers the failures that its fan-out knows of."""
    if data["state"] == "done":
        await outbox.release(context, result, data["finished_at"])
    return await join.count_arrival(context, counted)
