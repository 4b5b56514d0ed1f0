"""Open fan-outs looked through: shards that were filled but never climbed, members that were sealed but never started.

A fan-out is looked through in groups of shards, each delivery as many as its time allows; the rest goes on in another.
"""

from __future__ import annotations

from itertools import islice

from shared.engine.attempt import advance_job
from shared.engine.attempt.arguments import result_of
from shared.engine.fanout import fanout_counts, item_pages, join, outbox
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Row
from shared.engine.job import finish
from shared.engine.store import paths
from shared.engine.store.payloads import load_value
from shared.engine.store.schema import FanoutLook, FanoutManifest, TaskRecord, read_as, with_fields
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import Conflict, Permanent
from shared.ports.documents import Create, Document, Update, Where
from shared.ports.tasks import Task

GROUP = 100
"""Shards looked at together: 2,000 members."""
LONGEST = 5.0
"""Seconds that one delivery takes, about."""
PATIENCE = 60.0
LONGEST_DOUBLING = 4
"""A fan-out is looked through every PATIENCE while its members go on, else twice as long after each look, at most 16 times."""


async def look_through(of: TaskContext, manifest: Document[FanoutManifest], by: Envelope) -> Task | None:
    """The task that looks through the fan-out of the context's stage, if that is due.

    Its members are enqueued again only if none has begun or ended since the last look, or after a pause.
    """
    path, now = paths.look(of.job, manifest.id), of.ports.clock.now()
    forced = by.kind != "look"
    if not forced and manifest.data["created_at"] + PATIENCE > now:
        return None
    last = read_as(FanoutLook, await of.ports.documents.get(path))
    before: FanoutLook = last.data if last else {"at": manifest.data["created_at"], "still": 0, "moved": 0, "number": 0}
    if not forced and before["at"] + PATIENCE * 2 ** min(before["still"], LONGEST_DOUBLING) > now:
        return None
    begun, ended = await _members(of)
    moved = begun + ended
    again = forced or moved <= before["moved"]
    number = before["number"] + 1
    look: FanoutLook = {"at": now, "still": before["still"] + 1 if again else 0, "moved": moved, "number": number}
    data = with_fields(look, of.expiry)
    try:
        await of.ports.documents.commit(Update(path, data, version=last.version) if last else Create(path, data))
    except Conflict:
        return None  # another look is at it
    if not again and ended < manifest.data["size"] and not _may_be_due(of, manifest.data):
        return None  # it goes on by itself: its shards, which are many, need no reader
    served = of.flow.stage(of.stage.run)  # a branch's row is no function: its first stage's takes the delivery
    fields = {"kind": "shards", "epoch": number, "again": again, "page": 0, "queued_at": now, "size": manifest.data["size"]}
    return to_task(of.flow, served, of.member(served, **fields).envelope, maker="sweep")


def _may_be_due(of: TaskContext, manifest: FanoutManifest) -> bool:
    """Whether the fan-out may be to close, or to fail, before all of its members have ended."""
    policy = of.stage.join
    if policy is None:
        return False
    timed = policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now()
    return timed or policy.enough is not None or 0 < policy.tolerate < 1


async def _members(of: TaskContext) -> tuple[int, int]:
    """How many of the members have a document, and how many of those have ended: both stand still when nothing goes on."""
    begun = await of.ports.documents.count(paths.tasks(of.job), *of.of_members)
    ended = await of.ports.documents.count(paths.tasks(of.job), *of.of_members, Where("state", "in", tuple(sorted(ENDED))))
    return begun, ended


async def repair_fanout(of: TaskContext, envelope: Envelope) -> int:
    """Handle one such delivery: groups of shards from `envelope.page` on. Answers the members enqueued again."""
    manifest = read_as(FanoutManifest, await of.ports.documents.get(of.manifest_path))
    if manifest is None or manifest.data["state"] != "open" or of.stage.join is None:
        return 0
    began, layout, group, brought = of.ports.clock.now(), Layout(manifest.data["size"]), envelope.page or 0, 0
    while group * GROUP < layout.widths[0]:
        if group > (envelope.page or 0) and of.ports.clock.now() - began > LONGEST:
            following = envelope.model_copy(update={"page": group})
            served = of.flow.stage(envelope.stage)
            await of.ports.tasks.enqueue(to_task(of.flow, served, following, maker="sweep"))
            return brought
        brought += await _group(of, manifest, range(group * GROUP, min((group + 1) * GROUP, layout.widths[0])), envelope)
        group += 1
    await _close_due(of, manifest.data)
    return brought


async def _group(of: TaskContext, manifest: Document[FanoutManifest], numbers: range, by: Envelope) -> int:
    """Climb from the shards that are full; of the others, bring back members that nobody ever claimed."""
    layout, still_open = Layout(manifest.data["size"]), []
    shards = await of.ports.documents.get_many([paths.shard(of.job, of.fanout, 0, number) for number in numbers])
    try:
        for number, shard in zip(numbers, shards, strict=True):
            counted = shard.data if shard else {}
            if counted.get("ended", 0) < layout.expected(0, number):
                still_open += list(layout.children(0, number))
                continue
            member = of.member(of.stage, index=layout.children(0, number)[0], size=manifest.data["size"])
            await join.count_arrival(member, counted)
    except Permanent as error:  # the join's combiner failed
        await advance_job.fail_for(of, finish.error_record(error))
        return 0
    if isinstance(of.stage, Row):
        await _settle_branches(of, manifest.data["size"], still_open)
    return await _requeue_missing(of, manifest.data, still_open, by.epoch) if by.again and still_open else 0


async def _close_due(of: TaskContext, manifest: FanoutManifest) -> None:
    """Close what is due, fail what cannot be saved: whoever should have done it did not live to."""
    policy, size = of.stage.join, manifest["size"]
    if policy is None:
        return
    if policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now():
        await join.close_fanout(of, "deadline")
        return
    if policy.enough is None and policy.tolerate >= 1:
        return
    sums = await fanout_counts.read_so_far(of.job, of.fanout, size, of.ports)
    if sums.get("failed", 0) > policy.tolerate * size:
        await advance_job.fail_for(of, await advance_job.member_failure(of))
    elif join.has_enough(policy, sums):
        await join.close_fanout(of, "enough")


async def _requeue_missing(of: TaskContext, manifest: FanoutManifest, members: list[int], epoch: int) -> int:
    """Enqueue the members again that nobody ever claimed; `epoch` names what is enqueued. Answers how many."""
    found = await of.ports.documents.get_many([_begins(of, index, manifest["size"]).envelope.task_path for index in members])
    missing = {index for index, task in zip(members, found, strict=True) if task is None}
    if not missing:
        return 0
    parent = of.member(of.flow.stage(manifest["parent"]), epoch=epoch)
    if not manifest.get("pages"):
        items = item_pages.items_of(parent.stage, await result_of(parent, parent.stage))
        tasks = outbox.member_tasks(parent, of.stage, items, manifest["created_at"], only=missing)
        return await outbox.enqueue_in_parts(of.ports, tasks)
    brought = 0
    for page in sorted({item_pages.place_of(manifest, index)[0] for index in missing}):
        envelope = parent.envelope.model_copy(update={"page": page})
        one = TaskContext(parent.flow, parent.stage, envelope, parent.ports)
        brought += await outbox.release_page(one, only=missing)
    return brought


async def _settle_branches(of: TaskContext, size: int, members: list[int]) -> None:
    """End the branches in which a task has ended that ends them, but whoever should have counted that did not live to."""
    rest = iter(members)
    while some := list(islice(rest, GROUP)):
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
