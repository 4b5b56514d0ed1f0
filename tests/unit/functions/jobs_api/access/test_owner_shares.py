"""One owner with any number of requests, streams or bytes keeps no other out."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.jobs_api.http import api_key_store, load_shedding
from functions.jobs_api.http.callers import Scope
from functions.jobs_api.http.owner_shares import Places, Shares
from shared.adapters.embedded.sqlite_file import Database
from shared.ports.clock import SystemClock
from tests.unit.functions.jobs_api.crowd import DEADLINE, EMPTY, Answer, Crowd, crowd_of, refused, until
from tests.unit.functions.jobs_api.toy import make_world

SCOPES: tuple[Scope, ...] = ("read", "write")
ROOM, LINE = 12, 6


@given(room=st.integers(1, 40), asked=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(-3, 5)), max_size=60))
def test_no_more_is_held_than_there_is_and_all_of_it_comes_back(room: int, asked: list[tuple[str, int]]) -> None:
    shares, held = Shares(room), Counter[str]()
    for owner, number in asked:
        if number > 0 and shares.take(owner, number):
            held[owner] += number
        elif number < 0 and (less := min(held[owner], -number)):
            shares.give_back(owner, less)
            held[owner] -= less
        assert shares.taken == held.total() <= room
        assert shares.held == +held
    for owner, number in (+held).items():
        shares.give_back(owner, number)
    assert (shares.taken, shares.held) == (0, Counter())


@given(room=st.integers(1, 200), owners=st.integers(1, 12))
def test_whoever_comes_after_those_who_take_all_they_get_finds_something(room: int, owners: int) -> None:
    shares = Shares(room)
    taken = [sum(shares.take(str(owner)) for _ in range(room)) for owner in range(owners)]
    assert taken[0] == max(1, room // 2)
    assert all(taken[: min(owners, room.bit_length())]), "as many as there is room for, halved each time"


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("aaab c"), st.integers(0, 2)), max_size=80), st.integers(0, 10))
def test_every_place_comes_back_whoever_leaves_when(steps: list[tuple[str, int]], number: int) -> None:
    async def run() -> None:
        places = Places(ROOM, LINE)
        asked: list[tuple[str, asyncio.Task[bool]]] = []
        for owner, step in steps:
            if step == 0 or not asked:
                asked.append((owner, asyncio.create_task(places.take(owner, DEADLINE))))
                await asyncio.sleep(0)
            elif step == 1:
                asked[number % len(asked)][1].cancel()
            else:
                await _given_back(places, asked)
        for _, task in asked:
            if not task.done():
                task.cancel()
        await asyncio.gather(*(task for _, task in asked), return_exceptions=True)
        while asked:
            await _given_back(places, asked)
        assert [await places.take(owner, 0.0) for owner in "a" * (ROOM // 2) + "z"] == [True] * (ROOM // 2 + 1)

    asyncio.run(run())


async def _given_back(places: Places, asked: list[tuple[str, asyncio.Task[bool]]]) -> None:
    """The first that has ended leaves; if it had a place, it gives it back."""
    for at, (owner, task) in enumerate(asked):
        if task.done():
            del asked[at]
            if not task.cancelled() and task.result():
                places.give_back(owner)
                await asyncio.sleep(0)
            return


async def test_of_those_in_line_who_holds_least_is_next() -> None:
    places, begun = Places(12, 12), list[str]()
    assert [await places.take(owner, 0.0) for owner in "aaaaaabbb"] == [True] * 9

    async def wait(owner: str) -> None:
        assert await places.take(owner, DEADLINE)
        begun.append(owner)

    waiting = [asyncio.create_task(wait(owner)) for owner in "ab"]
    await asyncio.sleep(0)
    for _ in range(3):
        places.give_back("a")
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert begun == ["b", "a"], "though a came first"


@pytest.fixture
async def crowd(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> tuple[Crowd, dict[str, str]]:
    for name, value in {"AT_ONCE": 16, "WAITING": 16, "STREAMS": 16, "SMALL": 100, "ROOM": 4000, "PATIENCE": DEADLINE}.items():
        monkeypatch.setattr(load_shedding, name, value)
    world = make_world(tmp_path, database, SystemClock())
    keys = {owner: (await api_key_store.create(owner, SCOPES, world.ports, days=None))[0] for owner in ("ann", "bob")}
    return crowd_of(world), keys


def many(crowd: Crowd, number: int, *asked: Any, **more: Any) -> list[asyncio.Task[Answer]]:
    return [asyncio.create_task(crowd.ask(*asked, **more)) for _ in range(number)]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_one_owners_crowd_fills_half_and_another_is_answered_at_once(
    crowd: tuple[Crowd, dict[str, str]], method: str
) -> None:
    (door, keys), path, of_one = crowd, "/api/v1/x", 8
    anns = many(door, 60, method, path, body=b"{}", key=keys["ann"])
    await until(lambda: door.begun[method] == of_one and sum(task.done() for task in anns) == 60 - 2 * of_one)
    bobs = asyncio.create_task(door.ask(method, path, body=b"{}", key=keys["bob"]))
    await until(lambda: door.begun[method] == of_one + 1)
    strangers = asyncio.create_task(door.ask("GET", "/open"))
    await until(lambda: door.begun["GET"] == of_one * (method == "GET") + (method == "GET") + 1)
    door.door.set()
    assert [(await one).status for one in (bobs, strangers)] == [200, 200]
    statuses = Counter(refused(answer) for answer in await asyncio.gather(*anns))
    assert statuses == {False: 2 * of_one, True: 60 - 2 * of_one}


async def test_one_owners_open_streams_leave_room_for_anothers(crowd: tuple[Crowd, dict[str, str]]) -> None:
    door, keys = crowd
    anns = many(door, 30, "GET", "/api/v1/events", key=keys["ann"])
    await until(lambda: door.begun["stream"] == 8 and sum(task.done() for task in anns) == 22)
    bobs = many(door, 2, "GET", "/api/v1/events", key=keys["bob"])
    await until(lambda: door.begun["stream"] == 10)
    door.door.set()
    assert [(await task).status for task in bobs] == [200, 200]
    assert [refused(answer) for answer in await asyncio.gather(*anns)].count(True) == 22


async def test_one_owners_slow_bodies_leave_room_for_anothers(crowd: tuple[Crowd, dict[str, str]]) -> None:
    door, keys = crowd
    door.door.set()
    much = {**EMPTY, "body": b" " * 600, "more_body": True}
    anns = many(door, 10, "POST", "/api/v1/x", much, key=keys["ann"])
    await until(lambda: sum(task.done() for task in anns) == 6)
    answer = await door.ask("POST", "/api/v1/x", much, {**EMPTY, "body": b"{}"}, key=keys["bob"])
    assert answer.status == 200
    for task in anns:
        task.cancel()
    await asyncio.gather(*anns, return_exceptions=True)
