"""The stream's own rules on a virtual clock; that it really streams is shown in tests/flow."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from functions.jobs_api import event_stream, partial_results
from functions.jobs_api.job_state_cache import shared_look
from functions.jobs_api.reports import job_view
from shared.engine.job import controls, lifecycle
from shared.errors import Transient
from shared.ports.documents import Delete
from tests.unit.functions.jobs_api.toy import TOY, Api, Page, World


@dataclass
class Virtual:
    """A clock that jumps. `then` is called on every sleep."""

    time: float = 1_800_000_000.0
    sleeps: list[float] = field(default_factory=list)
    then: Callable[[], Any] | None = None

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.sleeps.append(seconds)
        if self.then is not None:
            await self.then()
        await asyncio.sleep(0)


def event(chunk: str) -> tuple[tuple[int, ...], str, Any]:
    """(id's numbers, kind, data) of one event."""
    fields = dict(line.split(": ", 1) for line in chunk.strip().split("\n"))
    return tuple(map(int, fields["id"].split(".")[1:])), fields["event"], json.loads(fields["data"])


async def start(world: World, *words: str) -> str:
    job = (await lifecycle.create(TOY, {"words": words}, lifecycle.Options(), world.ports)).job
    return job.id


async def watch(world: World, job_id: str, last: event_stream.Position | None = None) -> list[str]:
    return [chunk async for chunk in event_stream.stream(world.flows, job_id, last, world.ports)]


@pytest.fixture
def clock(world: World) -> Virtual:
    made = Virtual()
    world.ports = dataclasses.replace(world.ports, clock=made)
    world.tasks._now = made.now
    return made


async def test_events_from_the_start_to_the_end(world: World, clock: Virtual) -> None:
    job_id = await start(world, "good", "bad", "ugly", "uglier")
    clock.then = lambda: world.run(1)
    first, *chunks = await watch(world, job_id)
    assert first == f"retry: {event_stream.RETRY_MS}\n\n"
    events = [event(chunk) for chunk in chunks]
    ids = [number for number, _, _ in events]
    assert ids == sorted(set(ids))
    assert all(chunk.startswith(f"id: {job_id}.") and chunk.endswith("\n\n") for chunk in chunks)
    assert [kind for _, kind, _ in events][-3:] == ["progress", "warning", "done"]
    assert events[-2][2] == {"message": "shout: this word is bad"}
    assert events[-1][2]["status"] == "partial"
    percents = [data["progress"]["percent"] for _, kind, data in events if kind == "progress"]
    assert percents == sorted(percents)
    assert len(percents) >= 6
    assert percents[-1] == 100


@pytest.mark.fault(37)
async def test_any_instance_takes_up_where_another_left_off(world: World, clock: Virtual) -> None:
    """Cut after every single event: what follows is exactly what an uncut stream goes on to say."""
    job_id = await start(world, "good", "bad")
    await world.run()
    whole = [event(chunk) for chunk in (await watch(world, job_id))[1:]]
    for index, (position, _, _) in enumerate(whole):
        rest = [event(chunk) for chunk in (await watch(world, job_id, event_stream.Position(*position)))[1:]]
        assert rest == (whole[index + 1 :] or whole[-1:])
    assert [kind for _, kind, _ in whole] == ["progress", "warning", "done"]


@pytest.mark.fault(37)
async def test_nothing_is_said_twice_of_a_job_that_stands_still(world: World, clock: Virtual) -> None:
    job_id = await start(world, "a")
    await world.run(1)
    stream = event_stream.stream(world.flows, job_id, None, world.ports)
    chunks = [await anext(stream) for _ in range(4)]
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
    assert event(chunks[1])[1] == "progress"
    assert chunks[2:] == [": still here\n\n"] * 2
    assert min(clock.sleeps) >= 0.25
    assert max(clock.sleeps) <= 1.0
    assert sum(clock.sleeps) <= 32


async def test_why_a_job_stands_still_is_told_once_and_that_it_goes_on_again(world: World, clock: Virtual) -> None:
    job_id = await start(world, "a")
    await world.run(1)
    why = ""
    world.ports = dataclasses.replace(world.ports, held_up=lambda: why)
    stream = event_stream.stream(world.flows, job_id, None, world.ports)
    _, first = [await anext(stream) for _ in range(2)]
    why = "the disk is full: free some space"
    stopped = event(await anext(stream))
    assert await anext(stream) == ": still here\n\n", "and not again and again"
    why = ""
    on = event(await anext(stream))
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has it
    before = event(first)
    assert stopped[:2] == on[:2] == before[:2], "under the same id: who comes back misses nothing"
    said = before[2]["progress"]["message"]
    assert stopped[2]["progress"]["message"] == f"The disk is full: free some space ({said[0].lower()}{said[1:]})"
    assert on[2]["progress"]["message"] == said


async def test_an_ended_job_says_what_it_is_whatever_holds_up_others(world: World, clock: Virtual) -> None:
    job_id = await start(world, "good")
    await world.run()
    world.ports = dataclasses.replace(world.ports, held_up=lambda: "the disk is full")
    assert event((await watch(world, job_id))[-1])[2]["progress"]["message"] == "Done"


@pytest.mark.fault(37)
async def test_the_stream_ends_before_the_request_must(world: World, clock: Virtual) -> None:
    begun = clock.now()
    chunks = await watch(world, await start(world, "a"))
    assert clock.now() - begun < 50 * 60
    assert [event(chunk)[1] for chunk in chunks if chunk.startswith("id:")] == ["progress"]
    gaps = 49 * 60 / len([chunk for chunk in chunks if chunk.startswith(":")])
    assert gaps <= 16.5


async def test_a_retried_job_goes_on_with_later_ids(world: World, clock: Virtual) -> None:
    job_id = await start(world, "fatal")
    await world.run()
    *_, last = [event(chunk) for chunk in (await watch(world, job_id))[1:]]
    assert last[2]["error"]["code"] == "fatal_word"
    await controls.retry(TOY, job_id, world.ports)
    clock.then = lambda: world.run(1)
    again = [event(chunk) for chunk in (await watch(world, job_id, event_stream.Position(*last[0])))[1:]]
    assert again[0][0] > last[0]
    assert again[-1][1] == "done"
    assert [number for number, _, _ in again] == sorted({number for number, _, _ in again})


async def test_a_store_that_is_away_for_a_while_is_waited_for(
    world: World, clock: Virtual, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = await start(world, "a")
    await world.run()
    real, calls = world.ports.documents.get, []

    async def flaky(path: str) -> Any:
        calls.append(path)
        if len(calls) < 3:
            raise Transient("away")
        return await real(path)

    monkeypatch.setattr(world.ports.documents, "get", flaky)
    chunks = await watch(world, job_id)
    assert [event(chunk)[1] for chunk in chunks[1:]] == ["progress", "done"]


async def test_a_job_that_is_deleted_meanwhile_ends_its_stream(world: World, clock: Virtual) -> None:
    job_id = await start(world, "a")
    clock.then = lambda: world.ports.documents.commit(Delete(f"jobs/{job_id}"))
    assert [event(chunk)[1] for chunk in (await watch(world, job_id))[1:]] == ["progress"]


@pytest.mark.parametrize(
    "text",
    ["garbage", "1.2.3.4", "{id}", "{id}.1.1.1", "{id}.1.9.1.1", "{id}.-1.1.1.1", "{id}.1.1.1.1x", "{id}.1.1.1.9999999999"],
)
def test_an_event_id_that_is_none(api: Api, text: str) -> None:
    job_id = api.start("a")
    answer = api.get(f"/api/v1/jobs/{job_id}/events", last_event_id=text.replace("{id}", job_id))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_event_id")


def test_an_event_id_of_another_job(api: Api) -> None:
    job_id, other = api.start("a"), api.start("b")
    answer = api.get(f"/api/v1/jobs/{job_id}/events", last_event_id=f"{other}.1.1.1.0")
    assert (answer.status_code, answer.json()["code"]) == (404, "event_not_found")


def test_an_ended_job_says_so_at_once_whatever_was_heard_before(api: Api) -> None:
    job_id = api.start("a")
    api.run()
    for last in ("", f"{job_id}.1.3.3.0", f"{job_id}.1.1.1.0", f"{job_id}.9.3.9.9"):
        answer = api.get(f"/api/v1/jobs/{job_id}/events", **({"last_event_id": last} if last else {}))
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        *_, done = [chunk for chunk in answer.text.split("\n\n") if chunk]
        number, kind, data = event(done)
        assert (number, kind, data["status"]) == ((1, 3, 9, 0), "done", "succeeded")


def test_results_of_single_tasks_are_told_in_pages_before_the_end(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "partial_stages", ("shout",), raising=False)
    monkeypatch.setattr(partial_results, "AT_ONCE", 2)
    job_id = api.start("a", "b", "c", "d", "e")
    api.run()
    events = [event(chunk) for chunk in api.get(f"/api/v1/jobs/{job_id}/events").text.split("\n\n") if "data:" in chunk]
    told = [data["result"]["text"] for _, kind, data in events if kind == "partial"]
    assert sorted(told) == ["A", "B", "C", "D", "E"]
    assert events[-1][1] == "done"
    numbers = [number for number, _, _ in events]
    assert numbers == sorted(numbers)


async def test_watchers_of_a_large_job_share_one_seldom_look(
    world: World, clock: Virtual, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = await start(world, "a", "b")
    looks = 0
    whole = job_view.state

    async def counted(*arguments: Any) -> job_view.JobState:
        nonlocal looks
        looks += 1
        state = await whole(*arguments)
        return state.model_copy(update={"stages": [row.model_copy(update={"total": 30_000}) for row in state.stages[:1]]})

    monkeypatch.setattr(job_view, "state", counted)
    shared = [shared_look(job_id, world.ports.documents) for _ in range(20)]
    assert all(look is shared[0] for look in shared)
    begun = clock.now()
    while clock.now() - begun < 10:
        for look in shared:
            await look.state(world.flows, world.ports)
        await clock.sleep(0.25)
    assert looks <= 6  # every two seconds, for all of them


async def test_who_asks_for_a_large_job_again_gets_what_was_counted_a_moment_ago_but_never_an_older_status(
    world: World, clock: Virtual, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = await start(world, "a", "b")
    counts = 0
    whole = job_view.state

    async def counted(*arguments: Any) -> job_view.JobState:
        nonlocal counts
        counts += 1
        state = await whole(*arguments)
        return state.model_copy(update={"stages": [row.model_copy(update={"total": 10_000}) for row in state.stages[:1]]})

    async def ask() -> job_view.JobState:
        job = await lifecycle.read(job_id, world.ports)
        return await shared_look(job_id, world.ports.documents).state_of(job, world.flows, world.ports)

    monkeypatch.setattr(job_view, "state", counted)
    for _ in range(20):
        await ask()
        await clock.sleep(0.02)
    assert counts == 1
    await controls.cancel(job_id, world.ports)
    assert (await ask()).status == "cancelled"
    assert counts == 2
    await clock.sleep(1.0)
    await ask()
    assert counts == 3


async def test_what_is_asked_for_does_not_keep_its_store_open(world: World) -> None:
    job_id = await start(world, "a")
    look = shared_look(job_id, world.ports.documents)
    await look.state(world.flows, world.ports)
    assert not any(held is world.ports or held is world.ports.documents for held in vars(look).values())
