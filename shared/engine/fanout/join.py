"""Joins: count members, not arrivals; close once; never early, twice or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from shared.engine.fanout import branch_stage_counts, fanout_counts, tree_reduce
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Join, Stage
from shared.engine.store import paths
from shared.engine.store.schema.fanout import ClosedBecause, ClosedShard, FanoutManifest, ManifestChange
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import to_task
from shared.engine.task.initial_task_document import new_task
from shared.errors import Conflict
from shared.ports.documents import Create, Merge, Update

CHECKS = 100
"""Times that a fan-out whose join may close early is looked through at most. Where members end in any order, two looks may be three
times as far apart as on average: what has enough is known within a twentieth of the members all the same."""


async def count_arrival(context: TaskContext, counted: Mapping[str, float]) -> float:
    """A member's outcome was counted in its shard, which now stands at `counted`: climb, and close if this was the last.

    Safe to repeat: a redelivery that finds its outcome recorded calls this again with the shard as it is.
    A join that may close early is looked through now and then, as shards fill together, at the end.
    Answers how many failures are known of.

    Raises:
        Permanent: the join's combiner failed.
    """
    join, index, size = context.stage.join, context.envelope.index, context.envelope.size
    if join is None or index is None or size is None:
        return 0
    layout = Layout(size)
    level, number = 0, layout.shard_of(index)
    full, due = False, _check_due(join, layout, number, counted)
    while counted.get("ended", 0) >= layout.expected(level, number):
        full = (level, number) == layout.root
        if full:
            break
        counted = await _climb(context, layout, (level, number), counted)
        level, number = layout.parent(level, number)
    if due and not full and layout.widths[0] > 1:
        counted = await fanout_counts.read_so_far(context.job, context.fanout, size, context.ports)
    failed = counted.get("failed", 0)
    if failed <= join.tolerate * size and (full or has_enough(join, counted)):
        await close_fanout(context, "all" if full else "enough")
    return failed


async def _climb(
    context: TaskContext, layout: Layout, node: tuple[int, int], counted: Mapping[str, float]
) -> Mapping[str, float]:
    """Add a full node's numbers to its parent, once. Answers the parent's numbers."""
    documents = context.ports.documents
    up = paths.shard(context.job, context.fanout, *layout.parent(*node))
    found = await documents.get_many([paths.closed_shard(context.job, context.fanout, *node), up])
    if found[0] is not None:
        return found[1].data if found[1] else {}
    combined = await tree_reduce.combine_node(context, layout, node)
    closed: ClosedShard = {"at": context.ports.clock.now()}
    marker = Create(paths.closed_shard(context.job, context.fanout, *node), {**closed, **context.expiry, **combined})
    try:
        return (await documents.commit(marker, Merge(up, context.expiry, {**_numbers(counted), "ended": 1}))).values[1]
    except Conflict:
        climbed = await documents.get(up)  # somebody else did
        return climbed.data if climbed else {}


def _numbers(counted: Mapping[str, float]) -> dict[str, float]:
    """What a node counts, without what else its document says."""
    return {name: value for name, value in counted.items() if name != "expires_at"}


def _check_due(join: Join, layout: Layout, shard: int, counted: Mapping[str, float]) -> bool:
    """Whether this arrival is one of the about `CHECKS`, evenly spread, after which the whole fan-out is looked through.

    Reading says what a tree of counters would say too late or by hot documents. It costs few reads per member: while the shard
    itself is far from its share, nobody looks.
    """
    shards, failed = layout.widths[0], counted.get("failed", 0)
    enough = join.enough is not None and 2 * shards * counted.get(f"sum_{join.enough[0]}", 0) >= join.enough[1]
    too_many = (
        0 < join.tolerate < 1 and failed > 0 and 2 * shards * failed > join.tolerate * layout.size
    )  # 0: known where it is counted
    if not (enough or too_many):
        return False
    return layout.order(shard, int(counted.get("ended", 0))) % max(1, -(-layout.size // CHECKS)) == 0


def has_enough(join: Join, counted: Mapping[str, float]) -> bool:
    """Whether the join's `enough` is reached by these sums."""
    return join.enough is not None and counted.get(f"sum_{join.enough[0]}", 0) >= join.enough[1]


async def close_fanout(context: TaskContext, reason: ClosedBecause) -> None:
    """Close the fan-out of the context's stage and release its join. The commit decides who closes; everyone may try.

    Raises:
        Transient: the store did not answer.
    """
    if context.stage.join is None:
        return
    into = context.flow.stage(context.stage.join.into)
    now = context.ports.clock.now()
    manifest = read_as(FanoutManifest, await context.ports.documents.get(context.manifest_path))
    if manifest is None:
        return  # the job was deleted meanwhile
    if manifest.data["state"] == "open":
        closed: ManifestChange = {"state": "closed", "reason": reason, "closed_at": now, "closed_by": context.envelope.index}
        with contextlib.suppress(Conflict):  # a manifest changes once: somebody else closed it, and releasing again is harmless
            await context.ports.documents.commit(
                Update(manifest.path, closed, version=manifest.version),
                Create(context.path_of(into), queued_task(context, into, now)),
                *branch_stage_counts.count_writes(context, {into.name: 1}),
            )
    await context.ports.tasks.enqueue(to_task(context.flow, into, context.member(into, queued_at=now).envelope))


def queued_task(context: TaskContext, stage: Stage, now: float) -> TaskRecord:
    """A task document written before its task is enqueued: what the sweeper finds if the enqueue is lost."""
    return with_fields(new_task(context.member(stage).envelope, "queued", queued_at=now, epoch=0), {"due_at": now})
