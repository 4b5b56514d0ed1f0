"""More requests than can be worked on: who is let in is answered, who is not is told so at once, and nothing was done for them."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from functions.jobs_api.http import load_shedding
from shared.adapters.embedded.sqlite_file import Database
from shared.ports.clock import SystemClock
from tests.unit.functions.jobs_api.crowd import DEADLINE, EMPTY, Crowd, crowd_of, ended, refused, until
from tests.unit.functions.jobs_api.toy import app_of, make_world


@pytest.fixture
def crowd(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Crowd:
    monkeypatch.setattr(load_shedding, "AT_ONCE", 4)
    monkeypatch.setattr(load_shedding, "WAITING", 6)
    monkeypatch.setattr(load_shedding, "STREAMS", 2)
    monkeypatch.setattr(load_shedding, "PATIENCE", DEADLINE)
    return crowd_of(make_world(tmp_path, database, SystemClock()))


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_as_many_as_there_are_places_are_answered_and_the_rest_is_refused_before_its_route_begins(
    crowd: Crowd, method: str
) -> None:
    tasks = [asyncio.create_task(crowd.ask(method, "/api/v1/x", body=b"{}")) for _ in range(40)]
    await ended(tasks, 35)
    await until(lambda: crowd.begun[method] == 2)
    assert all(refused(task.result()) for task in tasks if task.done())
    crowd.door.set()
    statuses = Counter(answer.status for answer in await asyncio.gather(*tasks))
    assert statuses == {200: 5, 503: 35}
    assert crowd.begun[method] == 5
    assert (await crowd.ask(method, "/api/v1/x", body=b"{}")).status == 200, "every place was given back"


async def test_a_crowd_of_readers_keeps_no_writer_out_and_health_is_told_at_any_load(crowd: Crowd) -> None:
    readers = [asyncio.create_task(crowd.ask("GET", "/api/v1/x")) for _ in range(40)]
    await ended(readers, 35)
    writer = asyncio.create_task(crowd.ask("POST", "/api/v1/x", body=b"{}"))
    await until(lambda: crowd.begun["POST"] == 1)
    assert (await crowd.ask("GET", "/healthz")).status == 200
    crowd.door.set()
    assert (await writer).status == 200
    await asyncio.gather(*readers)


async def test_who_stands_in_line_for_too_long_is_refused(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    holding = [asyncio.create_task(crowd.ask("GET", "/api/v1/x")) for _ in range(2)]
    await until(lambda: crowd.begun["GET"] == 2)
    monkeypatch.setattr(load_shedding, "PATIENCE", 0.01)
    assert refused(await crowd.ask("GET", "/api/v1/x"))
    crowd.door.set()
    assert [(await task).status for task in holding] == [200, 200]
    assert crowd.begun["GET"] == 2
    assert (await crowd.ask("GET", "/api/v1/x")).status == 200


async def test_who_sends_slowly_holds_no_place(crowd: Crowd) -> None:
    crowd.door.set()
    crumbs = [asyncio.create_task(crowd.ask("POST", "/api/v1/x", {**EMPTY, "body": b"{", "more_body": True})) for _ in range(40)]
    answers = await asyncio.gather(*(crowd.ask("POST", "/api/v1/x", body=b"{}") for _ in range(5)))
    assert [answer.status for answer in answers] == [200] * 5
    for task in crumbs:
        task.cancel()
    await asyncio.gather(*crumbs, return_exceptions=True)


async def test_few_who_send_much_take_no_more_memory_than_there_is_room_for_and_keep_no_usual_body_out(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_shedding, "SMALL", 100)
    monkeypatch.setattr(load_shedding, "ROOM", 2000)
    much = {**EMPTY, "body": b" " * 400, "more_body": True}
    large = [asyncio.create_task(crowd.ask("POST", "/api/v1/x", much)) for _ in range(10)]
    await ended(large, 7)
    assert all(refused(task.result()) for task in large if task.done())
    crowd.door.set()
    assert (await crowd.ask("POST", "/api/v1/x", body=b" " * 98 + b"{}")).status == 200
    for task in large:
        task.cancel()
    await asyncio.gather(*large, return_exceptions=True)
    assert (await crowd.ask("POST", "/api/v1/x", much, {**EMPTY, "body": b"{}"})).status == 200, "the room was given back"


async def test_nothing_is_done_for_who_has_left(crowd: Crowd) -> None:
    crowd.door.set()
    gone = {"type": "http.disconnect"}
    await crowd.ask("POST", "/api/v1/x", {**EMPTY, "body": b"{}"}, gone)
    await crowd.ask("GET", "/api/v1/x", gone)
    assert not crowd.begun


async def test_who_is_cut_off_in_line_takes_no_place_with_them(crowd: Crowd) -> None:
    tasks = [asyncio.create_task(crowd.ask("GET", "/api/v1/x")) for _ in range(5)]
    await until(lambda: crowd.begun["GET"] == 2)
    for task in tasks[2:]:
        task.cancel()
    crowd.door.set()  # places are given back while they are still being cancelled
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [answer.status for answer in await asyncio.gather(*(crowd.ask("GET", "/api/v1/x") for _ in range(5)))] == [200] * 5


async def test_an_open_stream_holds_its_place_until_it_ends_whatever_its_client_does(crowd: Crowd) -> None:
    first = asyncio.create_task(crowd.ask("GET", "/api/v1/events"))
    await until(lambda: crowd.begun["stream"] == 1)
    assert refused(await crowd.ask("GET", "/api/v1/events"))
    assert (await crowd.ask("HEAD", "/api/v1/events")).status == 200, "it opens none"
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    crowd.door.set()
    again = await crowd.ask("GET", "/api/v1/events")
    assert (again.status, again.body) == (200, b"data: 1\n\n")
    assert again.headers["content-type"].startswith("text/event-stream")
    assert {"x-request-id", "cache-control"} <= again.headers.keys()


async def test_a_job_that_is_refused_was_not_begun_and_each_that_was_taken_is_told(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_shedding, "AT_ONCE", 8)
    monkeypatch.setattr(load_shedding, "WAITING", 8)
    monkeypatch.setattr(load_shedding, "PATIENCE", DEADLINE)
    world = make_world(tmp_path, database, SystemClock())
    door, commit = asyncio.Event(), world.ports.documents.commit

    async def held(*writes: Any) -> Any:
        await door.wait()
        return await commit(*writes)

    monkeypatch.setattr(world.ports.documents, "commit", held)
    crowd = Crowd(app_of(world))
    asked = json.dumps({"pipeline": "toy-flow", "input": {"words": ["a"]}}).encode()
    tasks = [asyncio.create_task(crowd.ask("POST", "/api/v1/jobs", body=asked)) for _ in range(40)]
    await ended(tasks, 32)
    door.set()
    answers = [await task for task in tasks]
    taken = {json.loads(answer.body)["id"] for answer in answers if answer.status == 202}
    assert len(taken) == 8
    assert sum(map(refused, answers)) == 32
    stored = await world.ports.documents.query("jobs", limit=100)
    assert {job.id for job in stored} == taken
