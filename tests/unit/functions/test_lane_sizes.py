"""Lanes are as large as their limits need, for whatever limit and however long a call takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import BaseModel

from functions import LANES, lanes, pipelines
from functions.lane_sizes import MOST_AT_ONCE, MOST_PER_SECOND
from functions.lane_sizes import lanes as sized
from shared.engine.flow import Expect, Flow, Lane, Stage
from shared.engine.limits import Limit
from shared.ports import Ports

BASE = {
    "engine": Lane(rate=500, concurrency=100),
    "calls": Lane(rate=100, concurrency=10),
    "render": Lane(rate=20, concurrency=2),
}


class Asked(BaseModel):
    """Nothing."""


async def ask(asked: Asked, ports: Ports) -> Asked:
    return asked


async def tell(asked: Asked, ports: Ports) -> Asked:
    return asked


def flow(expects: Expect, lane: str = "calls") -> Flow:
    stages = (Stage(ask, lane=lane, then=tell), Stage(tell))
    return Flow("toy", request=Asked, result=Asked, stages=stages, expects={"ask": expects})


def of(per_minute: float, seconds: float, window: float = 0.0) -> Lane:
    expects = Expect(calls=1, resource="model", seconds=(1, min(seconds, 3), seconds))
    return sized([flow(expects)], {"model": Limit(requests=per_minute, window=window)}, BASE)["calls"]


@pytest.mark.parametrize(("per_minute", "seconds"), [(500, 40), (500, 20), (10_000, 4), (2_500, 8), (37, 90), (1_200, 0.2)])
def test_a_lane_has_room_for_every_call_that_its_limit_lets_through(per_minute: float, seconds: float) -> None:
    under_way = per_minute / 60 * seconds
    assert 1.3 * under_way <= of(per_minute, seconds).concurrency
    assert of(per_minute, seconds).concurrency <= max(BASE["calls"].concurrency, 1.3 * under_way + 2 * per_minute / 60 + 1)


def test_a_lane_starts_what_is_put_back_as_well_and_no_more_than_a_queue_can() -> None:
    assert of(500, 40).rate == pytest.approx(200)
    assert of(60, 40).rate == BASE["calls"].rate
    assert of(10_000, 40) == Lane(rate=MOST_PER_SECOND, concurrency=MOST_AT_ONCE)


def test_all_that_a_window_has_may_go_at_once() -> None:
    assert of(100, 0.5, window=60).concurrency == 100


def test_a_stage_of_several_calls_needs_less_room() -> None:
    expects = Expect(calls=(1, 4, 9), resource="model", seconds=40)
    assert sized([flow(expects)], {"model": Limit(requests=600)}, BASE)["calls"].concurrency == 130


def test_the_widest_stage_of_a_lane_counts() -> None:
    slow, fast = (Expect(calls=1, resource="model", seconds=seconds) for seconds in (30, 3))
    limits = {"model": Limit(requests=600)}
    assert sized([flow(fast), flow(slow)], limits, BASE) == sized([flow(slow), flow(fast)], limits, BASE)
    assert sized([flow(fast), flow(slow)], limits, BASE)["calls"].concurrency == 390


def test_a_lane_without_a_limited_stage_stays_as_it_is() -> None:
    assert sized([flow(Expect(seconds=40))], {"model": Limit(requests=600)}, BASE) == BASE
    assert sized([flow(Expect(resource="model", seconds=40), "other")], {"model": Limit(requests=600)}, BASE) == BASE


def test_one_machine_renders_on_all_its_processors_and_holds_what_it_can() -> None:
    expects = Expect(calls=1, resource="model", seconds=40)
    here = sized([flow(expects)], {"model": Limit(requests=6000)}, BASE, cores=16, most=800)
    assert (here["render"].concurrency, here["calls"].concurrency) == (16, 800)
    assert sized([], {}, BASE, cores=1)["render"] == BASE["render"]


def test_the_pipelines_have_every_lane_and_none_is_narrower_than_it_was() -> None:
    made = lanes()
    assert list(made) == list(LANES)
    assert {stage.lane for one in pipelines().values() for stage in one.stages} <= set(made)
    for name, lane in LANES.items():
        assert made[name].concurrency >= lane.concurrency
        assert replace(made[name], rate=lane.rate, concurrency=lane.concurrency) == lane
    assert made["models"].concurrency >= 500 / 60 * 40
