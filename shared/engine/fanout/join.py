"""Joins: count members, not arrivals; close once; never early, twice or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from shared.engine.fanout import branch_counts, combine
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Join, Stage
from shared.engine.store import paths
from shared.engine.task.context import TaskContext
from shared.engine.task.envelope import to_task
from shared.errors import Conflict
from shared.ports.documents import Create, Data, Merge, Update


async def arrived(step: TaskContext, counted: Mapping[str, float]) -> float:
    """A member's outcome was counted in its shard, which now stands at `counted`: climb, and close if this was the last.

    Safe to repeat: a redelivery that finds its outcome recorded calls this again with the shard as it is.
    Answers how many failures the last node on the way knows of.

    Raises:
        Permanent: the join's combiner failed.
    """
    join, index, size = step.stage.join, step.envelope.index, step.envelope.size
    if join is None or index is None or size is None:
        return 0
    layout = Layout(size)
    level, number = 0, layout.shard_of(index)
    full = False
    while counted.get("ended", 0) >= layout.expected(level, number):
        full = (level, number) == layout.root
        if full:
            break
        counted = await _climb(step, layout, (level, number), counted)
        level, number = layout.parent(level, number)
    failed = counted.get("failed", 0)
    if failed <= join.tolerate * size and (full or _enough(join, counted)):
        await close(step, "all" if full else "enough")
    return failed


async def _climb(step: TaskContext, layout: Layout, node: tuple[int, int], counted: Mapping[str, float]) -> Mapping[str, float]:
    """Add a full node's numbers to its parent, once. Answers the parent's numbers."""
    documents = step.ports.documents
    up = paths.shard(step.job, step.fanout, *layout.parent(*node))
    found = await documents.get_many([paths.closed_shard(step.job, step.fanout, *node), up])
    if found[0] is not None:
        return found[1].data if found[1] else {}
    combined = await combine.of_node(step, layout, node)
    marker = Create(paths.closed_shard(step.job, step.fanout, *node), {"at": step.ports.clock.now(), **combined})
    try:
        return (await documents.commit(marker, Merge(up, increments={**counted, "ended": 1}))).values[1]
    except Conflict:
        climbed = await documents.get(up)  # somebody else did
        return climbed.data if climbed else {}


def _enough(join: Join, counted: Mapping[str, float]) -> bool:
    return join.enough is not None and counted.get(f"sum_{join.enough[0]}", 0) >= join.enough[1]


async def close(step: TaskContext, reason: str) -> None:
    """Close the fan-out of the step's stage and release its join. The commit decides who closes; everyone may try.

    Raises:
        Transient: the store did not answer.
    """
    if step.stage.join is None:
        return
    into = step.flow.stage(step.stage.join.into)
    now = step.ports.clock.now()
    manifest = await step.ports.documents.get(step.manifest_path)
    if manifest is None:
        return  # the job was deleted meanwhile
    if manifest.data["state"] == "open":
        closed = {"state": "closed", "reason": reason, "closed_at": now, "closed_by": step.envelope.index}
        with contextlib.suppress(Conflict):  # a manifest changes once: somebody else closed it, and releasing again is harmless
            await step.ports.documents.commit(
                Update(manifest.path, closed, version=manifest.version),
                Create(step.path_of(into), queued(step, into, now)),
                *branch_counts.counted(step, {into.name: 1}),
            )
    await step.ports.tasks.enqueue(to_task(step.flow, into, step.member(into, queued_at=now).envelope))


def queued(step: TaskContext, stage: Stage, now: float) -> Data:
    """A task document written before its task is enqueued: what the sweeper finds if the enqueue is lost."""
    return {
        "run": step.envelope.run, "stage": stage.name, "index": None, "lane": step.envelope.lane, "state": "queued",
        "queued_at": now, "due_at": now, "epoch": 0, "attempt": 1, "wait_s": 0.0, **step.scope(stage),
    }  # fmt: skip
