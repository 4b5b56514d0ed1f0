"""The one door: a verdict becomes a status here, and poison a dead letter, whatever brought it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from shared.engine.delivery_handler import as_text, deliver
from shared.errors import BadInput, Cancelled, Conflict, HeadraceError, Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from tests.faults.faulty import Faulty
from tests.support.engine.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def request(body: bytes = b"{}") -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


async def answer(world: World, outcome: Data | Response | Exception, ports: Ports | None = None) -> Response:
    async def work(_: Request, __: Ports) -> Data | Response:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return await deliver("f", request(b"\xffpoison"), work, lambda: ports or world.ports)


async def letters(world: World) -> list[Data]:
    return [found.data for found in await world.ports.documents.query("dead_letters")]


async def test_what_was_done_is_told(world: World) -> None:
    assert (await answer(world, {"done": 1})).body == b'{"done":1}'
    assert (await answer(world, JSONResponse({}, 409))).status_code == 409
    assert await letters(world) == []


@pytest.mark.parametrize("error", [Permanent("no", code="poison"), BadInput("no", code="bad_slot")])
async def test_what_never_can_be_is_kept_as_a_dead_letter_and_never_comes_again(world: World, error: HeadraceError) -> None:
    for _ in range(2):
        assert (await answer(world, error)).status_code == 200
    (letter,) = await letters(world)
    assert (letter["function"], letter["code"], letter["deliveries"]) == ("f", error.code, 2)
    assert letter["body"] == as_text({}, b"\xffpoison")


@pytest.mark.parametrize("error", [Transient("later"), Conflict("held"), Cancelled("over"), PutBack("openai", 3.2)])
async def test_what_may_be_later_comes_again(world: World, error: HeadraceError) -> None:
    told = await answer(world, error)
    assert told.status_code == 503
    assert "retry-after" not in told.headers
    assert await letters(world) == []


async def test_poison_that_cannot_be_buried_comes_again(world: World) -> None:
    away = world.with_ports(documents=Faulty(world.ports.documents, lambda *_: True))
    assert (await answer(world, Permanent("no"), away)).status_code == 503


async def test_a_fault_of_ours_is_not_hidden(world: World) -> None:
    with pytest.raises(ZeroDivisionError):
        await answer(world, ZeroDivisionError())
