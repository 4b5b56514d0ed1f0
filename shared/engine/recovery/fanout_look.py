"""A look at an open fan-out: which of its members nobody has begun, and whether that means that they are lost.

Nobody writes members down before they begin, so lost ones are told from waiting ones by what is around them: members are counted
block by block, in the order in which they are enqueued. Where nearly a whole block has begun and hardly more of it does, the rest
is lost; so is everything that has not begun when nothing at all begins any more. A look costs a read per thousand members of the
blocks under way, whatever the fan-out's size.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from shared.engine.fanout import page_pacing
from shared.engine.flow import Row
from shared.engine.store import paths
from shared.engine.store.queries import UNFINISHED
from shared.engine.store.schema.fanout import FanoutLook, FanoutManifest, FanoutReleased
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, to_task
from shared.errors import Conflict
from shared.ports.documents import Create, Document, Update, Where
from shared.ports.tasks import Task

BLOCK = 10_000
"""Members that are counted together."""
PATIENCE = 50.0
"""Seconds from one look to the next, a little less than from sweep to sweep. Twice as long after each that saw nothing move."""
FIRST = 30.0
"""Seconds from a fan-out's beginning to the first."""
LONGEST_DOUBLING = 4
SETTLE = 20.0
"""Seconds in which half of a block's missing members have to begin, or else they count as lost."""
FEW, ALWAYS_FEW = 0.15, 10
"""Which part of a block is few. So many members are few whatever the block's size, but inside branches, where small fan-outs
may well wait in a long lane. Of paced members those count whose time has come: see `page_pacing`."""
CALM = 5.0
"""Paced members begin at least so many times as far apart before nothing at all begins."""


async def look_through(of: TaskContext, manifest: Document[FanoutManifest], by: Envelope) -> list[Task]:
    """The tasks that repair the fan-out of the context's stage, as far as that is due: see `fanout_repair`."""
    path, now, size = paths.look(of.job, manifest.id), of.ports.clock.now(), manifest.data["size"]
    forced = by.kind != "look"
    if not forced and manifest.data["created_at"] + FIRST > now:
        return []
    last = read_as(FanoutLook, await of.ports.documents.get(path))
    before: FanoutLook = last.data if last else {"at": manifest.data["created_at"], "still": 0, "moved": 0, "number": 0}
    patience = max(PATIENCE, CALM * page_pacing.least_seconds(of, of.stage))
    if last and not forced and before["at"] + patience * 2 ** min(before["still"], LONGEST_DOUBLING) > now:
        return []
    whole = before.get("whole", 0)
    begun = await _begun_by_block(of, size, before.get("begun", []), whole)
    moved = sum(begun) + (await _ended(of) if isinstance(of.stage, Row) else 0)
    if moved <= before["moved"] and page_pacing.is_paced(of, of.stage):  # all that was released has begun, perhaps
        moved = sum(begun) + await _ended(of)
    stands = forced or moved <= before["moved"]
    due = size if stands else await due_members(of, manifest.data)
    suspects = _all_missing(of, size, begun) if stands else await _suspects(of, size, begun, due, whole)
    number = before["number"] + 1
    look: FanoutLook = {
        "at": now,
        "still": before["still"] + 1 if stands else 0,
        "moved": moved,
        "number": number,
        "begun": begun,
        "whole": max(whole, due) if due < size and not suspects else whole,
    }
    data = with_fields(look, of.expiry)
    try:
        await of.ports.documents.commit(Update(path, data, version=last.version) if last else Create(path, data))
    except Conflict:
        return []  # another look is at it
    fields = {"kind": "shards", "epoch": number, "queued_at": now, "size": size}
    served = of.flow.stage(of.stage.run)  # a branch's row is no function: its first stage's takes the delivery
    tasks = [
        to_task(
            of.flow, served, of.member(served, **fields, **suspect).envelope, at=None if stands else now + SETTLE, maker="sweep"
        )
        for suspect in suspects
    ]
    if await _may_be_due(of, manifest.data, stands=stands, all_begun=sum(begun) >= size):
        tasks.append(to_task(of.flow, served, of.member(served, **fields).envelope, maker="sweep"))
    return tasks


def in_blocks(of: TaskContext) -> bool:
    """Whether members are counted in parts: those of branches, and branches themselves, are not."""
    return of.envelope.branch is None and not isinstance(of.stage, Row)


def block(of: TaskContext, size: int, number: int) -> range:
    """The members of a block. Branches, and fan-outs inside one, are one block, whatever their size."""
    if not in_blocks(of):
        return range(size) if not number else range(0)
    return range(number * BLOCK, min((number + 1) * BLOCK, size))


async def count_begun(of: TaskContext, members: range, size: int) -> int:
    """How many of these members somebody has begun. Fewer than all of them: of a fan-out that is in blocks alone."""
    where = of.of_members
    if isinstance(of.stage, Row):
        where = of.member(of.flow.stage(of.stage.run)).of_members
    if len(members) < size:
        where = [*where, Where("index", ">=", members.start), Where("index", "<", members.stop)]
    return await of.ports.documents.count(paths.tasks(of.job), *where)


async def _begun_by_block(of: TaskContext, size: int, before: Sequence[int], whole: int) -> list[int]:
    """How many of each block have begun; those that had all begun `before`, and the first `whole` members, are not counted anew."""

    async def counted(number: int, members: range) -> int:
        known = before[number] if number < len(before) else 0
        return known if known >= len(members) else await _begun_of(of, members, size, whole)

    blocks = [block(of, size, number) for number in range(-(-size // BLOCK) if in_blocks(of) else 1)]
    return list(await asyncio.gather(*(counted(number, members) for number, members in enumerate(blocks))))


async def _begun_of(of: TaskContext, members: range, size: int, whole: int) -> int:
    """How many of these members have begun; the first `whole` of all are known to have."""
    counted = range(max(members.start, min(whole, members.stop)), members.stop)
    return len(members) - len(counted) + (await count_begun(of, counted, size) if counted else 0)


async def _ended(of: TaskContext, *states: str) -> int:
    """How many of its members have ended, in one of these states."""
    return await of.ports.documents.count(
        paths.tasks(of.job), *of.of_members, Where("state", "in", states or tuple(sorted(ENDED)))
    )


def _all_missing(of: TaskContext, size: int, begun: Sequence[int]) -> list[dict[str, object]]:
    """The blocks to bring members back of, as an envelope's fields: all of which any are missing."""
    return [{"page": number} for number, count in enumerate(begun) if count < len(block(of, size, number))]


async def _suspects(of: TaskContext, size: int, begun: Sequence[int], due: int, whole: int) -> list[dict[str, object]]:
    """The same while others begin: blocks of which few are missing. `after`: how many; only if most still are by then."""
    found: list[dict[str, object]] = []
    for number, known in enumerate(begun):
        all_of_it = block(of, size, number)
        members = range(all_of_it.start, max(all_of_it.start, min(all_of_it.stop, due)))
        count = known if members == all_of_it else await _begun_of(of, members, size, whole)
        missing = len(members) - count
        few = len(members) if due < size else max(ALWAYS_FEW if in_blocks(of) else 0, FEW * len(members))
        if 0 < missing <= few:
            found.append({"page": number, "after": str(missing)})
    return found


async def due_members(of: TaskContext, manifest: FanoutManifest) -> int:
    """Members before this one have begun, or are lost, or wait in a lane. Of paced ones, those whose time has come."""
    if not manifest["pages"] or not page_pacing.is_paced(of, of.stage):
        return manifest["size"]
    released = read_as(FanoutReleased, await of.ports.documents.get(paths.released(of.job, of.fanout)))
    return released.data["released"] if released else 0


async def _may_be_due(of: TaskContext, manifest: FanoutManifest, *, stands: bool, all_begun: bool) -> bool:
    """Whether the fan-out may have to be closed, failed or counted on, by somebody who did not live to."""
    policy = of.stage.join
    if policy is None:
        return False
    timed = policy.within is not None and manifest["created_at"] + policy.within <= of.ports.clock.now()
    if timed or policy.enough is not None or stands:
        return True
    if policy.tolerate < 1 and await _ended(of, "failed") > policy.tolerate * manifest["size"]:
        return True
    if not all_begun or isinstance(of.stage, Row):
        return False
    return not await of.ports.documents.query(paths.tasks(of.job), *of.of_members, UNFINISHED, limit=1)
