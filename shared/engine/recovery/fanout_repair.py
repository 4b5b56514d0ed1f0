"""One open fan-out looked through: shards that were filled but never climbed, members that were sealed but never started."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from shared.engine.attempt import task_ended
from shared.engine.attempt.arguments import result_of
from shared.engine.fanout import item_pages, join, outbox
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Row
from shared.engine.job import finish
from shared.engine.store import paths
from shared.engine.store.counters import add_up
from shared.engine.store.payloads import load_value
from shared.engine.task.claim import ENDED
from shared.engine.task.context import TaskContext
from shared.errors import Permanent
from shared.ports.documents import Data

AT_ONCE = 100
"""Shards looked at together: 2,000 members."""


@dataclass
class FanoutState:
    """A fan-out as its shards tell it. `full`: a shard's number, and what it counts."""

    ended: float = 0
    failed: float = 0
    full: dict[int, Data] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=dict)


async def inspect(of: TaskContext) -> FanoutState:
    """Read the shards of the fan-out of the context's stage."""
    layout, seen = Layout(of.envelope.size or 0), FanoutState()
    for numbers in _some(range(layout.widths[0])):
        shards = await of.ports.documents.get_many([paths.shard(of.job, of.fanout, 0, number) for number in numbers])
        for number, shard in zip(numbers, shards, strict=True):
            counted = shard.data if shard else {}
            seen.ended += counted.get("ended", 0)
            seen.failed += counted.get("failed", 0)
            seen.sums = add_up((seen.sums, counted))
            if counted.get("ended", 0) >= layout.expected(0, number):
                seen.full[number] = counted
            else:
                seen.open.append(number)
    return seen


async def close_due(of: TaskContext, seen: FanoutState, manifest: Data) -> None:
    """Climb from what is full, close what is due, fail what cannot be saved: whoever should have done it did not live to."""
    policy, layout = of.stage.join, Layout(manifest["size"])
    if policy is None:
        return
    try:
        for number, counted in seen.full.items():
            member = of.member(of.stage, index=layout.children(0, number)[0], size=manifest["size"])
            await join.arrived(member, counted)
    except Permanent as error:  # the join's combiner failed
        await task_ended.fail(of, finish.as_data(error))
        return
    if policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now():
        await join.close(of, "deadline")
    elif join.has_enough(policy, seen.sums) and seen.failed <= policy.tolerate * manifest["size"]:
        await join.close(of, "enough")
    elif seen.failed > policy.tolerate * manifest["size"]:
        await task_ended.fail(of, await task_ended.failure(of))


async def requeue_missing(parent: TaskContext, of: TaskContext, seen: FanoutState, manifest: Data) -> int:
    """Enqueue the members again that nobody ever claimed. Answers how many.

    `parent` stands at the stage whose result fanned out; its epoch names what is enqueued.
    """
    layout, brought = Layout(manifest["size"]), 0
    for numbers in _some(seen.open):
        members = [index for number in numbers for index in layout.children(0, number)]
        missing = await _missing(of, members)
        if missing and not manifest.get("pages"):
            items = item_pages.spread(parent.stage, await result_of(parent, parent.stage))
            tasks = outbox.members(parent, of.stage, items, manifest["created_at"], only=missing)
            brought += await outbox.enqueue(of.ports, tasks)
        elif missing:
            for page in sorted({item_pages.place_of(manifest, index)[0] for index in missing}):
                envelope = parent.envelope.model_copy(update={"page": page})
                brought += await outbox.release_page(TaskContext(parent.flow, parent.stage, envelope, parent.ports), only=missing)
    return brought


async def settle_branches(of: TaskContext, seen: FanoutState, busy: Container[int]) -> None:
    """End the branches in which a task has ended that ends them, but whoever should have counted that did not live to.

    `busy` are those in which something is still to be done, and so is not forgotten.
    """
    for numbers in _some(seen.open):
        members = (index for number in numbers for index in Layout(of.envelope.size or 0).children(0, number))
        firsts = [_begins(of, index) for index in members if index not in busy]
        found = await of.ports.documents.get_many([first.envelope.task_path for first in firsts])
        for first, task in zip(firsts, found, strict=True):
            if task is not None and task.data["state"] in ENDED:
                await _settle(first)


async def _settle(first: TaskContext) -> None:
    """Count a branch's end, if it has come to one. `first` stands at its first stage."""
    branch = first.flow.branch_of(first.stage)
    stages = [stage for stage in first.flow.stages if first.flow.branch_of(stage) is branch and stage.join is None]
    ended, *tasks = await first.ports.documents.get_many([first.outer.envelope.task_path, *map(first.path_of, stages)])
    for stage, task in zip(stages, tasks, strict=True):
        context = first.member(stage)
        if ended is None and task is not None and task.data["state"] in ENDED and task_ended.ends_branch(context, task.data):
            await task_ended.on_task_ended(context, task.data, await load_value(first.ports, task.data), {})


async def _missing(of: TaskContext, members: Sequence[int]) -> set[int]:
    found = await of.ports.documents.get_many([_begins(of, index).envelope.task_path for index in members])
    return {index for index, task in zip(members, found, strict=True) if task is None}


def _begins(of: TaskContext, index: int) -> TaskContext:
    """A member's task; of a branch, its first."""
    size = of.envelope.size or 0
    return outbox.entry(of, of.stage, index, size) if isinstance(of.stage, Row) else of.member(of.stage, index=index, size=size)


def _some(numbers: Sequence[int]) -> Iterator[list[int]]:
    """A few shards at a time."""
    rest = iter(numbers)
    while some := list(islice(rest, AT_ONCE)):
        yield some
