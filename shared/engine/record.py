"""Recording a task's outcome: once, fenced, with what follows sealed in the same commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.engine import follow, join, paths
from shared.engine.claim import Claim
from shared.engine.fanout import Layout
from shared.engine.payloads import keep
from shared.engine.spent import tally
from shared.engine.step import Step
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Merge, Update, Write


async def record(step: Step, held: Claim, outcome: Data, result: Any) -> tuple[Data, Mapping[str, float]]:
    """Write the outcome under the claim. Answers the task's fields and its shard's new numbers.

    Raises:
        Conflict: the claim was lost; the outcome is dropped.
        Transient: the store did not answer and the outcome is not there.
    """
    data = {**held.data, **outcome, "lease_until": 0, "finished_at": step.ports.clock.now()}
    writes: list[Write] = []
    if outcome["state"] == "done":
        data |= await keep(step.ports, result)
        writes += await follow.seal(step, result, data["finished_at"])
    if (shard := _shard(step)) is not None:
        writes.append(Merge(shard, increments=tally(data, _sums(step, result))))
    for _ in range(3):
        try:
            committed = await step.ports.documents.commit(Update(held.path, data, version=held.version), *writes)
        except Conflict:
            await _refresh(held, step.ports)
        except Transient:
            if (found := await step.ports.documents.get(held.path)) and found.data.get("finished_at") == data["finished_at"]:
                return data, await shard_numbers(step)  # it was committed; only the answer was lost
            raise
        else:
            return data, committed.values[-1]
    raise Conflict(f"{held.path} keeps changing", code="held")


async def _refresh(held: Claim, ports: Ports) -> None:
    """A renewal may have moved the version under us; any other change means that the claim is lost."""
    found = await ports.documents.get(held.path)
    mine = found is not None and found.data["state"] == "running" and found.data["epoch"] == held.epoch
    if found is None or not mine or found.data["owner"] != ports.instance:
        raise Conflict(f"{held.path} was taken over", code="fenced")
    held.version = found.version


def _sums(step: Step, result: Any) -> dict[str, float]:
    return {name: float(result.get(name) or 0) for name in step.stage.sums} if isinstance(result, dict) else {}


def _shard(step: Step) -> str | None:
    if step.envelope.index is None or step.envelope.size is None:
        return None
    return paths.shard(step.job, step.fanout, 0, Layout(step.envelope.size).shard_of(step.envelope.index))


async def shard_numbers(step: Step) -> Mapping[str, float]:
    """A member's shard as it is now."""
    shard = _shard(step)
    found = await step.ports.documents.get(shard) if shard else None
    return found.data if found else {}


async def propagate(step: Step, data: Data, result: Any, counted: Mapping[str, float]) -> float:
    """Release what follows a recorded outcome; repeatable. Answers the failures that its fan-out knows of."""
    if data["state"] == "done":
        await follow.release(step, result, data["finished_at"])
    return await join.arrived(step, counted)
