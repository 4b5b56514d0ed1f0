"""Repair of an open fan-out: members that nobody has begun, shards that were filled but never climbed, joins that are due."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import groupby

from shared.engine.attempt import advance_job
from shared.engine.attempt.arguments import result_of
from shared.engine.fanout import fanout_counts, item_pages, join, outbox, page_pacing
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Row
from shared.engine.job import finish, lifecycle, stand_still
from shared.engine.recovery import fanout_look
from shared.engine.store import paths
from shared.engine.store.batches import in_batches
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope
from shared.errors import Permanent

AT_ONCE = 100
"""Documents read together."""
FEW = 16
"""Members that are read one by one; of more, those that have begun are counted."""


async def repair_fanout(of: TaskContext, envelope: Envelope) -> int:
    """Handle a delivery of `fanout_look`: for a block of members (`page`), or for what they come to. Answers the members enqueued."""
    manifest = read_as(FanoutManifest, await of.ports.documents.get(of.manifest_path))
    if manifest is None or manifest.data["state"] != "open" or of.stage.join is None:
        return 0
    if envelope.page is None:
        await _settle_counts(of, manifest.data)
        return 0
    size = manifest.data["size"]
    members = fanout_look.block(of, size, envelope.page)
    if envelope.after:
        members = range(members.start, min(members.stop, await fanout_look.due_members(of, manifest.data)))
    if envelope.after and 2 * (len(members) - await fanout_look.count_begun(of, members, size)) < int(envelope.after):
        return 0  # it goes on by itself
    missing = await _missing(of, members, size)
    return await _requeue(of, manifest.data, missing, envelope.epoch) if missing else 0


# Members.


async def _missing(of: TaskContext, members: range, size: int) -> list[int]:
    """Members that nobody has begun: found by halving, as counting a thousand costs as much as reading one."""
    if not fanout_look.in_blocks(of):
        return await _unbegun(of, members, size)
    missing: list[int] = []
    few: list[int] = []
    parts = [members]
    while parts:
        halves: list[range] = []
        for some in in_batches(parts, AT_ONCE):
            counts = await asyncio.gather(*(fanout_look.count_begun(of, part, size) for part in some))
            for part, begun in zip(some, counts, strict=True):
                if not begun:
                    missing += part
                elif begun < len(part) <= FEW:
                    few += part
                elif begun < len(part):
                    middle = len(part) // 2
                    halves += [part[:middle], part[middle:]]
        parts = halves
    return sorted([*missing, *await _unbegun(of, few, size)])


async def _unbegun(of: TaskContext, members: Sequence[int], size: int) -> list[int]:
    missing: list[int] = []
    for some in in_batches(members, AT_ONCE):
        found = await of.ports.documents.get_many([_begins(of, index, size).envelope.task_path for index in some])
        missing += [index for index, task in zip(some, found, strict=True) if task is None]
    return missing


async def _requeue(of: TaskContext, manifest: FanoutManifest, missing: Sequence[int], epoch: int) -> int:
    """Enqueue members again; `epoch` names what is enqueued. Answers how many.

    Where pages are released one after the other, a page that is missing whole was not released: it is what is enqueued.
    """
    parent = of.member(of.flow.stage(manifest["parent"]), epoch=epoch)
    if not manifest.get("pages"):
        items = item_pages.items_of(parent.stage, await result_of(parent, parent.stage))
        tasks = outbox.member_tasks(parent, of.stage, items, manifest["created_at"], only=set(missing))
        return await outbox.enqueue_in_parts(of.ports, tasks)
    brought, paced = 0, page_pacing.is_paced(parent, of.stage)
    for page, indexes in groupby(missing, lambda index: item_pages.place_of(manifest, index)[0]):
        wanted = set(indexes)
        one = TaskContext(parent.flow, parent.stage, parent.envelope.model_copy(update={"page": page}), parent.ports)
        if paced and len(wanted) == item_pages.length_of(manifest, page):
            await outbox.release_again(one, page)
            break
        brought += await outbox.release_page(one, only=wanted)
    return brought


# What members come to.


async def _settle_counts(of: TaskContext, manifest: FanoutManifest) -> None:
    """Climb from what is full and was not counted, end branches that have come to an end, close what is due."""
    try:
        still_open = await _climb(of, Layout(manifest["size"]), manifest["size"])
    except Permanent as error:  # the join's combiner failed
        await advance_job.fail_for(of, finish.error_record(error))
        return
    if isinstance(of.stage, Row):
        await _settle_branches(of, manifest["size"], still_open)
    await _close_due(of, manifest)


async def _climb(of: TaskContext, layout: Layout, size: int) -> list[int]:
    """Walk down from the root along nodes that are not full, and climb anew from full ones that are not counted above.

    Answers the members of the shards that are not full.
    """
    open_nodes, still_open = [layout.root], []
    root = await of.ports.documents.get(paths.shard(of.job, of.fanout, *layout.root))
    if root is not None and root.data["ended"] >= layout.expected(*layout.root):
        await _count_again(of, layout, layout.root, size)
        return []
    while open_nodes:
        level = open_nodes[0][0]
        if not level:
            still_open += [member for _, shard in open_nodes for member in layout.children(0, shard)]
            break
        below = [(level - 1, number) for _, node in open_nodes for number in layout.children(level, node)]
        open_nodes = []
        for some in in_batches(below, AT_ONCE):
            counts = [paths.shard(of.job, of.fanout, *node) for node in some]
            found = await of.ports.documents.get_many([*counts, *(paths.closed_shard(of.job, of.fanout, *node) for node in some)])
            for node, counted, marker in zip(some, found, found[len(some) :], strict=False):
                if counted is None or counted.data["ended"] < layout.expected(*node):
                    open_nodes.append(node)
                elif marker is None:
                    await _count_again(of, layout, node, size)
    return still_open


async def _count_again(of: TaskContext, layout: Layout, node: tuple[int, int], size: int) -> None:
    """Count from a full node's first shard upwards, as whoever filled it should have."""
    level, number = node
    while level:
        number, level = layout.children(level, number)[0], level - 1
    shard = await of.ports.documents.get(paths.shard(of.job, of.fanout, 0, number))
    await join.count_arrival(of.member(of.stage, index=layout.children(0, number)[0], size=size), shard.data if shard else {})


async def _close_due(of: TaskContext, manifest: FanoutManifest) -> None:
    """Close what is due, fail what cannot be saved: whoever should have done it did not live to."""
    policy, size = of.stage.join, manifest["size"]
    if policy is None:
        return
    if policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now():
        job = await lifecycle.read(of.job, of.ports)
        if await stand_still.close_when_due(of, manifest["created_at"], size, job.data):
            return
    if policy.enough is None and policy.tolerate >= 1:
        return
    sums = await fanout_counts.read_so_far(of.job, of.fanout, size, of.ports)
    if sums.get("failed", 0) > policy.tolerate * size:
        await advance_job.fail_for(of, await advance_job.member_failure(of))
    elif join.has_enough(policy, sums):
        await join.close_fanout(of, "enough")


async def _settle_branches(of: TaskContext, size: int, members: list[int]) -> None:
    """End the branches in which a task has ended that ends them, but whoever should have counted that did not live to."""
    for some in in_batches(members, AT_ONCE):
        firsts = [_begins(of, index, size) for index in some]
        found = await of.ports.documents.get_many([first.envelope.task_path for first in firsts])
        for first, one in zip(firsts, found, strict=True):
            task = read_as(TaskRecord, one)
            if task is not None and task.data["state"] in ENDED:
                await _settle(first)


async def _settle(first: TaskContext) -> None:
    """Count a branch's end, if it has come to one and nothing in it goes on by itself. `first` stands at its first stage."""
    branch = first.flow.branch_of(first.stage)
    inside = [stage for stage in first.flow.stages if first.flow.branch_of(stage) is branch]
    singles = [stage for stage in inside if stage.join is None]
    manifests = [first.member(stage).manifest_path for stage in inside if stage.join is not None]
    ended, *found = await first.ports.documents.get_many(
        [first.outer.envelope.task_path, *map(first.path_of, singles), *manifests]
    )
    busy = any(one is not None and one.data["state"] in ("queued", "running", "open") for one in found)
    if ended is not None or busy:
        return
    for stage, one in zip(singles, found, strict=False):
        context, task = first.member(stage), read_as(TaskRecord, one)
        if task is not None and task.data["state"] in ENDED and advance_job.ends_branch(context, task.data):
            await advance_job.on_task_ended(context, task.data, await load_value(first.ports, task.data), {})


def _begins(of: TaskContext, index: int, size: int) -> TaskContext:
    """A member's task; of a branch, its first."""
    return (
        outbox.branch_entry(of, of.stage, index, size)
        if isinstance(of.stage, Row)
        else of.member(of.stage, index=index, size=size)
    )
