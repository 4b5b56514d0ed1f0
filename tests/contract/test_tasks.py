from __future__ import annotations

import asyncio
import time

import pytest
from starlette.requests import Request
from starlette.responses import Response

from shared.errors import Permanent
from tests.contract.deliveries import LANES, Deliveries
from tests.support.waiting import PATIENCE, until_true


async def test_a_task_is_delivered_once_with_its_body_and_its_queues_headers(deliveries: Deliveries) -> None:
    await deliveries.tasks.enqueue(deliveries.task("a", body={"job": "j", "text": "Ωμέγα 東京 🎉", "n": [1, None, 2.5]}))
    (came,) = await deliveries.settled(1)
    assert came.body == {"job": "j", "text": "Ωμέγα 東京 🎉", "n": [1, None, 2.5]}
    assert came.headers["content-type"] == "application/json"
    assert came.headers["user-agent"] == "Google-Cloud-Tasks"
    assert came.headers["x-cloudtasks-queuename"] == "web-bulk"
    assert came.headers["x-cloudtasks-taskname"]
    assert came.headers["x-cloudtasks-taskretrycount"] == "0"
    assert float(came.headers["x-cloudtasks-tasketa"]) <= time.time()


@pytest.mark.fault(8)
async def test_a_name_is_accepted_and_dropped_while_it_is_known(deliveries: Deliveries) -> None:
    task = deliveries.task("a", body={"n": 1})
    await asyncio.gather(*(deliveries.tasks.enqueue(task, task) for _ in range(8)))
    await deliveries.settled(1, quiet=0.1)
    await deliveries.tasks.enqueue(task, deliveries.task("b"))
    assert sorted(len(came.body) for came in await deliveries.settled(2)) == [0, 1]


async def test_a_task_waits_for_its_time(deliveries: Deliveries) -> None:
    at = time.time() + 0.6
    await deliveries.tasks.enqueue(
        deliveries.task("later", at=at, body={"n": 2}),
        deliveries.task("past", at=at - 100, body={"n": 1}),
        deliveries.task("now", body={"n": 1}),
    )
    came = await deliveries.settled(3, quiet=0)
    assert sorted(one.body["n"] for one in came) == [1, 1, 2]
    assert [one.at >= at for one in came if one.body["n"] == 2] == [True]  # on a busy machine the others may come later still


@pytest.mark.parametrize("days", [31, 366, 1e5, 1e12])
async def test_a_time_however_far_ahead_is_accepted_and_waited_for(deliveries: Deliveries, days: float) -> None:
    await deliveries.tasks.enqueue(deliveries.task("far", at=time.time() + days * 86400), deliveries.task("now", body={"n": 1}))
    assert [one.body for one in await deliveries.settled(1)] == [{"n": 1}]


@pytest.mark.parametrize("at", [float("nan"), float("inf"), float("-inf")])
async def test_what_is_no_time_is_refused_with_all_that_came_along(deliveries: Deliveries, at: float) -> None:
    with pytest.raises(ValueError, match="no time"):
        await deliveries.tasks.enqueue(deliveries.task("a"), deliveries.task("b", at=at))
    assert await deliveries.settled(0) == []


async def test_a_time_before_all_times_is_now(deliveries: Deliveries) -> None:
    await deliveries.tasks.enqueue(deliveries.task("a", at=-1.5), deliveries.task("b", at=0.0))
    assert len(await deliveries.settled(2)) == 2


async def test_a_failed_delivery_comes_again_and_says_how_often(deliveries: Deliveries) -> None:
    deliveries.receiver.answers[deliveries.function] = [500, 429]
    await deliveries.tasks.enqueue(deliveries.task("a"))
    came = await deliveries.settled(3)
    assert [one.headers["x-cloudtasks-taskretrycount"] for one in came] == ["0", "1", "2"]
    assert came[1].at - came[0].at >= 0.04
    assert len({one.headers["x-cloudtasks-taskname"] for one in came}) == 1


@pytest.mark.fault(9)
async def test_a_task_whose_attempts_are_spent_is_gone(deliveries: Deliveries) -> None:
    deliveries.receiver.answers[deliveries.function] = [500] * 10
    await deliveries.tasks.enqueue(deliveries.task("a"))
    assert len(await deliveries.settled(3)) == LANES["web-bulk"].attempts


async def test_a_lane_keeps_its_concurrency_and_uses_it(deliveries: Deliveries) -> None:
    most, here, there = LANES["web-bulk"].concurrency, list[int](), asyncio.Event()

    async def held(_: Request) -> Response:
        here.append(here[-1] + 1 if here else 1)
        if here[-1] == most:
            there.set()
        await asyncio.wait_for(there.wait(), PATIENCE)  # nobody leaves before the lane was full
        await asyncio.sleep(0.1)
        here.append(here[-1] - 1)
        return Response()

    deliveries.receiver.doors[deliveries.function] = held
    await deliveries.tasks.enqueue(*(deliveries.task(str(n)) for n in range(12)))
    await deliveries.settled(12)
    assert max(here) == most


async def test_a_full_lane_holds_up_no_other(deliveries: Deliveries) -> None:
    came = asyncio.Event()

    async def held(request: Request) -> Response:
        if await request.json():
            came.set()
        await asyncio.wait_for(came.wait(), PATIENCE)  # the full lane moves on once the other's task has come
        return Response()

    deliveries.receiver.doors[deliveries.function] = held
    await deliveries.tasks.enqueue(*(deliveries.task(str(n)) for n in range(6)))
    await until_true(lambda: len(deliveries.came) == LANES["web-bulk"].concurrency)
    await deliveries.tasks.enqueue(deliveries.task("quick", "web-interactive", body={"quick": True}))
    told = await deliveries.settled(7, quiet=0)
    assert told[LANES["web-bulk"].concurrency].body == {"quick": True}


async def test_a_lane_keeps_its_rate(deliveries: Deliveries) -> None:
    rate, began = LANES["slow-bulk"].rate, time.time()
    await deliveries.tasks.enqueue(*(deliveries.task(str(n), "slow-bulk") for n in range(30)))
    came = await deliveries.settled(30, quiet=0)
    assert len(came) == 30
    assert max(one.at for one in came) - began >= (30 - rate) / rate * 0.9  # at most a second's worth may come at once


async def test_five_hundred_tasks_come_once_each(deliveries: Deliveries) -> None:
    await deliveries.tasks.enqueue(*(deliveries.task(str(n), "web-interactive", body={"n": n}) for n in range(500)))
    came = await deliveries.settled(500)
    assert sorted(one.body["n"] for one in came) == list(range(500))


@pytest.mark.fault(13)
async def test_a_body_over_100_kb_is_refused_with_all_that_came_along(deliveries: Deliveries) -> None:
    with pytest.raises(Permanent) as caught:
        await deliveries.tasks.enqueue(deliveries.task("small"), deliveries.task("big", body={"text": "x" * 102_400}))
    assert caught.value.code == "task_too_large"
    assert await deliveries.settled(0) == []
    await deliveries.tasks.enqueue(deliveries.task("largest", body={"text": "x" * 102_000}))
    assert len(await deliveries.settled(1)) == 1
