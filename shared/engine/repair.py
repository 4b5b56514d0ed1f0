"""One open fan-out looked through: shards that were filled but never climbed, members that were sealed but never started."""

from __future__ import annotations

from shared.engine import finish, follow, join, pages, paths
from shared.engine.fanout import Layout
from shared.engine.needs import result_of
from shared.engine.step import Step
from shared.errors import Permanent
from shared.ports.documents import Data, Where

AT_ONCE = 100
"""Shards read at a time: 2,000 members."""


async def fanout(parent: Step, of: Step, manifest: Data) -> int:
    """Climb, close or fail what is due, and enqueue again what never started. Answers how many members.

    `parent` stands at the stage whose result fanned out (its epoch names what is enqueued), `of` at the members' stage.
    """
    policy, now = of.stage.join, of.ports.clock.now()
    if policy is None:
        return 0
    if policy.within is not None and manifest["created_at"] + policy.within <= now:
        await join.close(of, "deadline")
        return 1
    layout = Layout(manifest["size"])
    brought, failed = 0, 0.0
    for start in range(0, layout.widths[0], AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, layout.widths[0]))
        shards = await of.ports.documents.get_many([paths.shard(of.job, of.fanout, 0, number) for number in numbers])
        missing: set[int] = set()
        for number, shard in zip(numbers, shards, strict=True):
            counted = shard.data if shard else {}
            if counted.get("ended", 0) >= layout.expected(0, number):
                failed = max(failed, await _climb(of, layout.children(0, number)[0], counted))
            else:
                failed = max(failed, counted.get("failed", 0))
                missing |= await _missing(of, layout.children(0, number))
        brought += await _enqueue(parent, of, manifest, missing) if missing else 0
    if failed > policy.tolerate * manifest["size"]:
        await _fail(of)
    return brought


async def _climb(of: Step, index: int, counted: Data) -> float:
    try:
        return await join.arrived(of.member(of.stage, index=index, size=of.envelope.size), counted)
    except Permanent as error:
        await finish.fail(of.flow, of.job, of.envelope.run, {**finish.as_data(error), "stage": of.stage.name}, of.ports)
        return 0


async def _missing(of: Step, members: range) -> set[int]:
    """Members that nobody ever claimed."""
    wanted = [paths.task(of.job, paths.task_id(of.envelope.run, of.stage.name, index)) for index in members]
    found = await of.ports.documents.get_many(wanted)
    return {index for index, task in zip(members, found, strict=True) if task is None}


async def _enqueue(parent: Step, of: Step, manifest: Data, missing: set[int]) -> int:
    if not manifest.get("pages"):
        items = pages.spread(parent.stage, await result_of(parent, parent.stage))
        tasks = follow.members(parent, of.stage, items, manifest["created_at"], only=missing)
        return await follow.enqueue(of.ports, tasks)
    brought = 0
    for page in sorted({index // manifest["page"] for index in missing}):
        envelope = parent.envelope.model_copy(update={"page": page})
        brought += await follow.release_page(Step(parent.flow, parent.stage, envelope, parent.ports), only=missing)
    return brought


async def _fail(of: Step) -> None:
    """More members failed than the join tolerates, and whoever recorded the last of them did not get to say so."""
    where = (Where("run", "==", of.envelope.run), Where("stage", "==", of.stage.name), Where("state", "==", "failed"))
    for task in await of.ports.documents.query(paths.tasks(of.job), *where, limit=1):
        await finish.fail(of.flow, of.job, of.envelope.run, {**task.data["error"], "stage": of.stage.name}, of.ports)
