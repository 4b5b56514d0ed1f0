"""Functions are called ahead of their work where they start cold, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from shared.errors import Transient
from shared.ports.tasks import Task
from tests.support.engine.stage_handler import stage_handler
from tests.support.engine.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.ports = replace(made.ports, cold_starts=True)
    yield made
    made.close()


async def called_ahead(world: World) -> list[str]:
    bodies = [(delivery.function, json.loads(delivery.body)) for delivery in await world.due()]
    return sorted(function for function, body in bodies if body["kind"] == "warm")


async def test_an_accepted_job_calls_every_later_function_once(world: World) -> None:
    await world.start(size=3)
    assert await called_ahead(world) == ["toy_add", "toy_note", "toy_square"]


async def test_many_jobs_call_each_function_once_a_minute(world: World) -> None:
    for _ in range(3):
        await world.start(size=3)
    assert len(await called_ahead(world)) == 3
    world.clock.time += 60
    await world.start(size=3)
    assert len(await called_ahead(world)) == 3


async def test_functions_that_are_up_are_not_called(world: World) -> None:
    world.ports = replace(world.ports, cold_starts=False)
    await world.start(size=3)
    assert await called_ahead(world) == []


async def test_a_queue_that_takes_no_calls_fails_no_job(world: World) -> None:
    class Refusing:
        def __init__(self) -> None:
            self.taken: list[Task] = []

        async def enqueue(self, *tasks: Task) -> None:
            if any(task.body["kind"] == "warm" for task in tasks):
                raise Transient("busy", code="queue_unavailable")
            self.taken += tasks

    queue = Refusing()
    world.ports = replace(world.ports, tasks=queue)
    await world.start(size=3)
    assert [task.function for task in queue.taken] == ["toy_spread"]


async def test_such_a_call_is_answered_and_does_nothing(world: World) -> None:
    await world.start(size=3)
    call = next(delivery for delivery in await world.due() if delivery.function == "toy_square" and '"warm"' in delivery.body)
    body = [{"type": "http.request", "body": call.body.encode(), "more_body": False}]

    async def receive() -> Any:
        return body.pop()

    refused = replace(world.ports, documents=None)  # type: ignore[arg-type]  # it must not be asked
    answer = await stage_handler(world.flow, "square", lambda: refused)(
        Request({"type": "http", "method": "POST", "headers": []}, receive)
    )
    assert (answer.status_code, json.loads(bytes(answer.body))) == (200, {"said": "warm"})
    assert world.toy.ran == []
