"""Jobs in flight across a change of code: N and N-1 are read, newer is left to newer code, what nobody can read is buried."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from shared.engine.flow import Flow
from shared.engine.task import envelope as envelopes
from shared.errors import Transient
from tests.support.engine.stage_handler import stage_handler
from tests.support.engine.world import World, sweep_now


def post(world: World, body: bytes) -> Any:
    handler = stage_handler(world.flow, "spread", lambda: world.ports)
    return TestClient(Starlette(routes=[Route("/", handler, methods=["POST"])])).post("/", content=body)


def without_square(flow: Flow) -> Flow:
    """The flow after somebody dropped a stage from it."""
    kept = (stage for stage in flow.stages if stage.name != "square")
    return replace(flow, stages=tuple(replace(stage, then=None) if stage.name == "spread" else stage for stage in kept))


async def first_body(world: World) -> dict[str, Any]:
    await world.start(size=1)
    (delivery,) = await world.due()
    return dict(json.loads(delivery.body))


@pytest.mark.fault(28)
async def test_a_body_of_the_version_before_is_read(world: World) -> None:
    body = await first_body(world)
    assert body.pop("v") == envelopes.VERSION
    before = {**body, "v": envelopes.VERSION - 1}
    assert post(world, json.dumps(before).encode()).json()["said"] == "done"


@pytest.mark.fault(25)
@pytest.mark.fault(28)
async def test_a_newer_body_is_left_to_newer_code(world: World) -> None:
    body = {**await first_body(world), "v": envelopes.VERSION + 1, "new_field": [1]}
    assert post(world, json.dumps(body).encode()).status_code == 503
    assert await world.ports.documents.query("dead_letters") == []


@pytest.mark.fault(25)
@pytest.mark.parametrize("body", [b"", b"\xff{", b"[]", b'{"v":1}', b'{"job":"x","stage":"square"}'], ids=str)
async def test_what_nobody_can_read_is_buried_once(world: World, body: bytes) -> None:
    assert [post(world, body).status_code for _ in range(2)] == [200, 200]
    (letter,) = await world.ports.documents.query("dead_letters")
    assert (letter.data["function"], letter.data["code"], letter.data["deliveries"]) == ("toy_spread", "poison", 2)
    assert letter.data["body"] == body.decode("utf-8", "replace")


@pytest.mark.fault(25)
async def test_a_letter_that_cannot_be_kept_comes_again(world: World) -> None:
    async def refuse(*_: Any) -> Any:
        raise Transient("down")

    world.ports.documents.commit = refuse  # type: ignore[method-assign] # the store is down
    assert post(world, b"{").status_code == 503


@pytest.mark.fault(28)
async def test_a_job_whose_stage_is_gone_ends(world: World) -> None:
    job = await world.start(size=2)
    await world.drain(most=1)
    newer = replace(without_square(world.flow), version=2)
    world.clock.time += 61
    await sweep_now({"toy": newer}, world.ports)
    done = await world.job(job)
    assert (done["status"], done["error"]["code"]) == ("failed", "flow_changed")


@pytest.mark.fault(28)
async def test_an_older_sweeper_leaves_a_newer_job_alone(world: World) -> None:
    newer = replace(world.flow, version=2)
    job = await world.start(newer, size=2)
    await world.drain(newer, most=1)
    older = without_square(world.flow)
    await sweep_now({"toy": older}, world.ports)
    assert (await world.job(job))["status"] == "running"


async def test_a_repair_of_the_version_before_is_read() -> None:
    parsed = envelopes.parse(b'{"v": 2, "kind": "mend", "job": "a", "stage": "spread"}', "spread")
    assert parsed.kind == "repair"
