"""What each trigger does, and jobs that documents start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from functions import deployed
from functions.events import job_notifications as notices
from functions.events import start_job
from functions.events.document_triggers import triggers
from functions.events.start_job import Start, start
from shared.adapters.embedded.tasks import Delivery
from shared.engine.job import controls, lifecycle
from shared.engine.store import paths
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change
from shared.errors import Permanent
from shared.ports.documents import Create, Data, Document
from tests.support.engine.world import World

NUMBER = iter(range(1, 1000))


def change(path: str, after: Mapping[str, Any] | None, before: Mapping[str, Any] | None = None) -> Change:
    number = next(NUMBER)
    was, now = (None if fields is None else dict(fields) for fields in (before, after))
    return Change(f"//store {number}", path, was, now, number)


async def notifications(world: World) -> list[Document]:
    return await world.ports.documents.query("notifications")


def test_every_trigger_is_a_deployed_function() -> None:
    here = {name for name, module in deployed().items() if module == "functions.events.main"}
    assert set(triggers()) | {start_job.FUNCTION, notices.FUNCTION} == here


async def test_a_jobs_end_is_told_once_per_run_whatever_comes_in_between(world: World) -> None:
    job = await world.start(size=2)
    await world.drain()
    ended = (await lifecycle.read(job.id, world.ports)).data
    again = {**ended, "run": 2}
    cases = [
        (None, job.data),
        (job.data, ended),
        (job.data, ended),
        (ended, {**ended, "cost": None}),
        (ended, again),
        (ended, None),
    ]
    outcomes = []
    for before, after in cases:
        event = change(job.path, after, before)
        outcomes.append(
            await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], event, world.ports)
        )
    assert outcomes == ["nothing", "done", "done", "nothing", "done", "nothing"]
    first, second = await notifications(world)
    assert [first.id, second.id] == [f"{job.id}-1", f"{job.id}-2"]
    assert first.data["message_id"] == first.id
    assert first.data["message"]["type"] == "job.succeeded"
    assert first.data["message"]["data"]["id"] == job.id
    assert first.data["message"]["data"]["status"] == "succeeded"


async def test_an_end_that_is_told_after_the_next_run_began_is_not_lost(world: World) -> None:
    job = await world.start(size=2)
    await world.drain()
    ended = (await lifecycle.read(job.id, world.ports)).data
    retried = (await controls.retry(world.flow, job.id, world.ports)).data
    end, next_run = change(job.path, ended, job.data), change(job.path, retried, ended)
    for event in (next_run, end):
        await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], event, world.ports)
    assert [found.id for found in await notifications(world)] == [f"{job.id}-1"]


@pytest.mark.parametrize(
    ("function", "collection", "kind"),
    [("events_profile_written", "profiles", "profile"), ("events_agent_written", "agents", "agent")],
)
async def test_a_written_profile_drops_its_own_cached_context(world: World, function: str, collection: str, kind: str) -> None:
    mine, others = paths.context(kind, "k1"), [paths.context("profile", "k2"), paths.context("agent", "k2")]
    await world.ports.documents.commit(*(Create(path, {"text": "old"}) for path in (mine, *others)))
    for after in ({"name": "new"}, None):  # deleted as well
        outcome = await document_events.handle_change(
            function, triggers()[function], change(f"{collection}/k1", after), world.ports
        )
        assert outcome == "done"
    assert await world.ports.documents.get(mine) is None
    assert None not in await world.ports.documents.get_many(others)


# Jobs that documents start: a toy pipeline's


def ask(of: Change) -> Data | None:
    return {"size": 2} if of.after else None


def per_user(of: Change) -> str:
    return str((of.after or of.before or {})["user"])


@pytest.fixture
def flows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_job, "pipelines", lambda: {"toy": world.flow})


async def queued(world: World) -> list[Delivery]:
    return sorted(await world.queue.take(start_job.LANE, 100), key=lambda task: task.at)


async def test_all_of_a_window_starts_one_job_per_user_after_its_end(world: World, flows: None) -> None:
    then = Start("toy", ask, same=per_user, window=60)
    start_of_window = world.clock.time - world.clock.time % 60
    for second, user in [(0, "ann"), (1, "ann"), (30, "bob"), (59, "ann"), (60, "ann")]:
        world.clock.time = start_of_window + second
        await then(change(f"engagements/{second}", {"user": user}), world.ports)
    assert await queued(world) == []
    world.clock.time += 60 + start_job.SKEW
    tasks = await queued(world)
    assert [task.at - start_of_window - start_job.SKEW for task in tasks] == [60, 60, 120]
    ids = {await start(task.body.encode(), world.ports) for task in (*tasks, *tasks)}  # each comes twice
    assert {job.id for job in await world.ports.documents.query("jobs")} == ids
    assert len(ids) == 3
    await world.queue.end([task.name for task in tasks])
    await world.drain()
    assert {job.data["status"] for job in await world.ports.documents.query("jobs")} == {"succeeded"}


async def test_without_a_window_each_change_starts_one_now(world: World, flows: None) -> None:
    then = Start("toy", ask)
    first, second = change("transcripts/a", {"text": "x"}), change("transcripts/b", {"text": "y"})
    for event in (first, second, first, change("transcripts/a", None)):
        await then(event, world.ports)
    tasks = await queued(world)
    assert len(tasks) == 2
    assert len({await start(task.body.encode(), world.ports) for task in tasks}) == 2


async def test_a_start_that_can_never_be_is_permanent(world: World, flows: None) -> None:
    good: dict[str, Any] = {"pipeline": "toy", "request": {"size": 1}, "key": "k"}
    for body in (b"{", b"{}", json.dumps({**good, "pipeline": "nope"}).encode(), json.dumps({**good, "request": {}}).encode()):
        with pytest.raises(Permanent):
            await start(body, world.ports)
    assert await world.ports.documents.count("jobs") == 0


def test_no_trigger_starts_a_pipeline_that_does_not_exist() -> None:
    from functions import pipelines  # noqa: PLC0415 - not the fixture's

    wanted = {trigger.then.pipeline for trigger in triggers().values() if isinstance(trigger.then, Start)}
    assert wanted <= set(pipelines())
