"""Recording a task's outcome: once, fenced, with what follows sealed in the same commit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from shared.engine.fanout import branch_counts, join, outbox
from shared.engine.fanout.shard_tree import Layout
from shared.engine.spending import budget
from shared.engine.store import paths
from shared.engine.store.counters import tally
from shared.engine.store.payloads import keep
from shared.engine.store.retry import TRIES, patiently, pause
from shared.engine.task.claim import Claim, refresh
from shared.engine.task.context import TaskContext
from shared.errors import Conflict, Transient
from shared.ports.documents import Data, Merge, Write


async def record(step: TaskContext, held: Claim, outcome: Data, result: Any) -> tuple[Data, Mapping[str, float]]:
    """Write the outcome under the claim. Answers the task's fields and its shard's new numbers.

    Raises:
        Conflict: the claim was lost; the outcome is dropped.
        Transient: the store did not answer and the outcome is not there.
    """
    data = {**held.data, **outcome, "lease_until": 0, "finished_at": step.ports.clock.now()}
    writes: list[Write] = []
    if outcome["state"] == "done":
        data |= await keep(step.ports, result)
        writes += await outbox.seal(step, result, data["finished_at"])
    if step.envelope.branch is not None:
        begun = outbox.begun(step, result) if outcome["state"] == "done" else {}
        writes += branch_counts.counted(step, begun, tally(data, sums(step, result)))
    if (shard := shard_of(step)) is not None:
        writes.append(Merge(shard, increments=tally(data, sums(step, result))))
    for tried in range(TRIES):
        paid = budget.settled(held, data.get("usd_micros", 0))
        try:
            committed = await step.ports.documents.commit(held.write(data), *paid, *writes)
        except (Conflict, Transient) as error:
            if await patiently(partial(_recorded, step, held, data), step.ports.clock):
                return data, await shard_numbers(step)  # it was committed; only the answer was lost
            if isinstance(error, Conflict):
                await refresh(held, step.ports)  # a renewal may have moved the version under us
            await pause(tried, step.ports.clock)
        else:
            return data, committed.values[-1]
    raise Transient(f"{held.path} cannot be recorded", code="store_unavailable")


async def _recorded(step: TaskContext, held: Claim, data: Data) -> bool:
    """Whether this outcome is the one that stands."""
    found = await step.ports.documents.get(held.path)
    return found is not None and all(found.data.get(name) == data[name] for name in ("owner", "epoch", "finished_at"))


def sums(step: TaskContext, result: Any) -> dict[str, float]:
    """The numbers of a result that its stage adds up."""
    return {name: float(result.get(name) or 0) for name in step.stage.sums} if isinstance(result, dict) else {}


def shard_of(step: TaskContext) -> str | None:
    """Where a member is counted."""
    if step.envelope.index is None or step.envelope.size is None:
        return None
    return paths.shard(step.job, step.fanout, 0, Layout(step.envelope.size).shard_of(step.envelope.index))


async def shard_numbers(step: TaskContext) -> Mapping[str, float]:
    """A member's shard as it is now."""
    shard = shard_of(step)
    found = await step.ports.documents.get(shard) if shard else None
    return found.data if found else {}


async def propagate(step: TaskContext, data: Data, result: Any, counted: Mapping[str, float]) -> float:
    """Release what follows a recorded outcome; repeatable. Answers the failures that its fan-out knows of."""
    if data["state"] == "done":
        await outbox.release(step, result, data["finished_at"])
    return await join.arrived(step, counted)
