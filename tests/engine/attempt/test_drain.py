"""A process that ends: what it takes, cuts off, and gives back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions import entry
from shared.engine.recovery import process_drain
from shared.engine.recovery.process_drain import Drain
from shared.engine.store import ended_instances
from shared.errors import PutBack, Transient
from tests.faults.faulty import Faulty
from tests.support.engine.world import World
from tests.support.waiting import PATIENCE


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


async def work(here: Drain, until: Coroutine[Any, Any, object], *, stubborn: bool = False) -> str:
    with contextlib.closing(until), here.delivery():
        try:
            async with here.attempt():
                await until
        except PutBack as back:
            if stubborn:
                await asyncio.sleep(3600)
            return f"back in {back.retry_after}"
        return "done"


async def test_short_work_ends_long_work_is_given_back_and_new_work_refused(world: World) -> None:
    here, soon = Drain(), asyncio.Event()
    short, long = asyncio.create_task(work(here, soon.wait())), asyncio.create_task(work(here, asyncio.sleep(3600)))
    await asyncio.sleep(0)
    ending = asyncio.create_task(here.run(world.ports, grace=1.0, back=PATIENCE))
    await asyncio.sleep(0)
    soon.set()
    with pytest.raises(Transient) as refused:
        await work(here, asyncio.sleep(0))
    assert refused.value.code == "process_ending"
    assert not await ended_instances.has_ended(world.ports.instance, world.ports)  # not before all is given back
    await ending
    assert (await short, await long) == ("done", "back in 0.1")
    assert await ended_instances.has_ended(world.ports.instance, world.ports)


async def test_an_idle_process_ends_at_once(world: World) -> None:
    async with asyncio.timeout(PATIENCE):
        await Drain().run(world.ports, grace=3600, back=3600)
    assert await ended_instances.has_ended(world.ports.instance, world.ports)


async def test_an_attempt_that_begins_after_the_cut_is_cut_as_well(world: World) -> None:
    here, go = Drain(), asyncio.Event()

    async def late() -> str:
        with here.delivery():
            await go.wait()
            try:
                async with here.attempt():
                    await asyncio.sleep(60)
            except PutBack:
                return "back"
        return "done"

    delivery = asyncio.create_task(late())
    await asyncio.sleep(0)
    ending = asyncio.create_task(here.run(world.ports, grace=0.01, back=PATIENCE))
    await asyncio.sleep(0.1)
    go.set()
    assert await delivery == "back"
    await ending


async def test_what_cannot_be_given_back_is_cut_off(world: World) -> None:
    here = Drain()
    delivery = asyncio.create_task(work(here, asyncio.sleep(3600), stubborn=True))
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE):
        await here.run(world.ports, grace=0.01, back=0.05)
    with pytest.raises(asyncio.CancelledError):
        await delivery


async def test_a_store_that_is_away_holds_nothing_up_and_a_second_call_neither(world: World) -> None:
    here = Drain()
    away = world.with_ports(documents=Faulty(world.ports.documents, lambda *_: True))
    async with asyncio.timeout(PATIENCE):
        await here.run(away, grace=0.01, back=0.01)
        await here.run(away, grace=3600, back=3600)
    assert not await ended_instances.has_ended(world.ports.instance, world.ports)


async def test_a_time_out_of_the_work_itself_stays_one() -> None:
    here = Drain()
    with pytest.raises(TimeoutError):
        async with here.attempt():
            raise TimeoutError


async def test_a_deployed_function_answers_503_once_its_process_ends(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    async def hello(_: Request) -> Response:
        return JSONResponse({"said": "hello"})

    here = Drain()
    monkeypatch.setattr(process_drain, "PROCESS", here)
    handle = entry.drained(hello)
    request = Request({"type": "http"})
    assert (await handle(request)).status_code == 200
    await here.run(world.ports, grace=0, back=0)
    refused = await handle(request)
    assert (refused.status_code, refused.body) == (503, b'{"said":"this process is ending"}')
