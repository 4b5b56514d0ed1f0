"""One open fan-out looked through: shards that were filled but never climbed, members that were sealed but never started."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from shared.engine import finish, follow, join, pages, paths
from shared.engine.fanout import Layout
from shared.engine.needs import result_of
from shared.engine.step import Step
from shared.errors import Permanent
from shared.ports.documents import Data, Where

AT_ONCE = 100
"""Shards looked at together: 2,000 members."""


@dataclass
class Seen:
    """A fan-out as its shards tell it. `full`: a shard's number, and what it counts."""

    ended: float = 0
    failed: float = 0
    full: dict[int, Data] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)


async def look(of: Step) -> Seen:
    """Read the shards of the fan-out of the step's stage."""
    layout, seen = Layout(of.envelope.size or 0), Seen()
    for numbers in _some(range(layout.widths[0])):
        shards = await of.ports.documents.get_many([paths.shard(of.job, of.fanout, 0, number) for number in numbers])
        for number, shard in zip(numbers, shards, strict=True):
            counted = shard.data if shard else {}
            seen.ended += counted.get("ended", 0)
            seen.failed += counted.get("failed", 0)
            if counted.get("ended", 0) >= layout.expected(0, number):
                seen.full[number] = counted
            else:
                seen.open.append(number)
    return seen


async def close(of: Step, seen: Seen, manifest: Data) -> None:
    """Climb from what is full, close what is due, fail what cannot be saved: whoever should have done it did not live to."""
    policy, layout = of.stage.join, Layout(manifest["size"])
    if policy is None:
        return
    try:
        for number, counted in seen.full.items():
            member = of.member(of.stage, index=layout.children(0, number)[0], size=manifest["size"])
            await join.arrived(member, counted)
    except Permanent as error:  # the join's combiner failed
        await finish.fail(of.flow, of.job, of.envelope.run, {**finish.as_data(error), "stage": of.stage.name}, of.ports)
        return
    if policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now():
        await join.close(of, "deadline")
    elif seen.failed > policy.tolerate * manifest["size"]:
        await _fail(of)


async def enqueue(parent: Step, of: Step, seen: Seen, manifest: Data) -> int:
    """Enqueue the members again that nobody ever claimed. Answers how many.

    `parent` stands at the stage whose result fanned out; its epoch names what is enqueued.
    """
    layout, brought = Layout(manifest["size"]), 0
    for numbers in _some(seen.open):
        members = [index for number in numbers for index in layout.children(0, number)]
        missing = await _missing(of, members)
        if missing and not manifest.get("pages"):
            items = pages.spread(parent.stage, await result_of(parent, parent.stage))
            tasks = follow.members(parent, of.stage, items, manifest["created_at"], only=missing)
            brought += await follow.enqueue(of.ports, tasks)
        elif missing:
            for page in sorted({index // manifest["page"] for index in missing}):
                envelope = parent.envelope.model_copy(update={"page": page})
                brought += await follow.release_page(Step(parent.flow, parent.stage, envelope, parent.ports), only=missing)
    return brought


async def _missing(of: Step, members: Sequence[int]) -> set[int]:
    wanted = [paths.task(of.job, paths.task_id(of.envelope.run, of.stage.name, index)) for index in members]
    found = await of.ports.documents.get_many(wanted)
    return {index for index, task in zip(members, found, strict=True) if task is None}


async def _fail(of: Step) -> None:
    """More members failed than the join tolerates."""
    where = (Where("run", "==", of.envelope.run), Where("stage", "==", of.stage.name), Where("state", "==", "failed"))
    for task in await of.ports.documents.query(paths.tasks(of.job), *where, limit=1):
        await finish.fail(of.flow, of.job, of.envelope.run, {**task.data["error"], "stage": of.stage.name}, of.ports)


def _some(numbers: Sequence[int]) -> Iterator[list[int]]:
    """A few shards at a time."""
    rest = iter(numbers)
    while some := list(islice(rest, AT_ONCE)):
        yield some
