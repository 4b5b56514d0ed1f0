"""A deleted job: nothing of it is left, what others use stays, and a deletion that is cut off is gone on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shared.engine.job import controls, lifecycle
from shared.engine.recovery import job_deletion
from shared.engine.store import paths
from shared.errors import Conflict, Permanent
from shared.ports.documents import Create, Delete
from tests.engine.recovery.test_retention import ended_job, stored
from tests.faults.faulty import Faulty, Killed
from tests.support.engine.world import World

SECRET = "Ms Amaryllis Quince, 14 Tolling Street"


async def delete(job: str, world: World, **ports: Any) -> None:
    made = world.with_ports(**ports) if ports else world.ports
    await job_deletion.delete_job(await lifecycle.read(job, made), made, records=["posts"])
    await made.documents.erase_deleted()


def left(world: World, text: str) -> list[str]:
    """Files of the data folder with these bytes."""
    folder = world.database.file.parent
    return [str(file) for file in Path(folder).rglob("*") if file.is_file() and text.encode() in file.read_bytes()]


@pytest.mark.parametrize("long", [False, True], ids=["inline", "in a blob"])
async def test_no_byte_of_a_deleted_job_is_left_in_the_data_folder(world: World, long: bool) -> None:
    flow = world.toy.flow(cache=True)
    text = SECRET * (8000 if long else 1)
    job = (await lifecycle.create(flow, {"size": 3, "text": text}, lifecycle.Options(), world.ports)).job.id
    await world.drain(flow)
    await world.ports.documents.commit(Create("posts/one", {"job": job, "text": SECRET}))
    for folder in paths.file_folders(job):
        await world.ports.blobs.put(f"{folder}/one.pdf", SECRET.encode(), "application/pdf")
    assert left(world, SECRET)
    await delete(job, world)
    assert left(world, SECRET) == []
    assert [path for path in stored(world) if not path.startswith("removed/")] == []
    with pytest.raises(Permanent, match="there is no job"):
        await lifecycle.read(job, world.ports)


async def test_a_job_that_has_not_ended_is_not_deleted(world: World) -> None:
    job = await world.start(size=3)
    with pytest.raises(Conflict) as caught:
        await delete(job.id, world)
    assert caught.value.code == "not_ended"
    await controls.cancel(job.id, world.ports)
    await delete(job.id, world)
    assert stored(world, "jobs") == []


async def test_what_another_job_uses_too_stays_until_that_is_deleted(world: World) -> None:
    first, second = await ended_job(world), await ended_job(world)
    kept = stored(world, "cache")
    assert kept
    await delete(first, world)
    assert stored(world, "cache") == kept
    await delete(second, world)
    assert stored(world, "cache") == []


async def test_what_an_attempt_writes_after_its_job_is_gone_goes_with_the_note(world: World) -> None:
    job = await ended_job(world)
    await delete(job, world)
    passes = 0
    for late in (1.0, job_deletion.AGAIN, job_deletion.STRAGGLERS / 2):
        await world.ports.documents.commit(Create(paths.task(job, "late"), {"state": "done", "result": SECRET}))
        await world.ports.blobs.put(f"{paths.file_folders(job)[0]}/{late}.json", SECRET.encode(), "application/json")
        assert await job_deletion.finish_deletions(world.ports) == 0, "it is not due yet"
        world.clock.time += late
        passes += await job_deletion.finish_deletions(world.ports)
        assert (left(world, SECRET) == []) is (late >= job_deletion.AGAIN)
        await world.ports.documents.commit(Delete(paths.task(job, "late")))
    assert passes == 2
    world.clock.time += job_deletion.STRAGGLERS
    assert await job_deletion.finish_deletions(world.ports) == 1
    assert stored(world) == []
    assert left(world, SECRET) == []


@pytest.mark.untraced
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_deletion_that_is_killed_at_any_commit_is_gone_on_with(world: World, after: bool) -> None:
    for kills in range(50):
        job = await ended_job(world, budget_usd=1.0)
        count = [kills]

        def this_one(name: str, _: Any, count: list[int] = count) -> bool:
            count[0] -= name == "commit"
            return name == "commit" and count[0] == -1

        dying = Faulty(world.ports.documents, this_one, after=after, error=Killed)
        try:
            await delete(job, world, documents=dying)
        except Killed:
            if await world.ports.documents.get(paths.job(job)) is not None:
                await delete(job, world)
        assert await job_deletion.finish_deletion(job, world.ports)
        assert [path for path in stored(world) if not path.startswith("removed/")] == []
        if not dying.failed:
            assert kills >= 5
            return
    pytest.fail("it never ran whole")
