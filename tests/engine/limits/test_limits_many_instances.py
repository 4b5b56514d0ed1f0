"""A slow limit under many instances, on virtual time: all of it is used, by calls that wait where they are, at few reads."""

from __future__ import annotations

import pytest

from shared.engine.fanout import page_pacing
from shared.engine.fanout.page_pacing import Pace
from shared.engine.limits import Limit
from tests.bench.scale.flow import CALLING
from tests.bench.scale.world import MODEL, World


def seconds_and_reads(size: int, a_minute: int | None, instances: int, seconds: float) -> tuple[float, float, float]:
    """Of one job: its seconds, reads per task, deliveries per task."""
    limits = {MODEL: Limit(requests=a_minute)} if a_minute else {}
    world = World(CALLING, limits=limits, instances=instances, seconds=seconds)

    async def main() -> None:
        await world.ended({await world.create({"size": size})}, 10 * 3600)

    began = world.loop.time()
    world.run(main())
    return world.loop.time() - began, world.store.reads / size, world.deliveries / size


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("a_minute", "instances", "size", "seconds"), [(20, 100, 160, 4.0), (60, 20, 400, 40.0), (2, 5, 20, 20.0)]
)
def test_a_slow_limit_is_used_whole(a_minute: int, instances: int, size: int, seconds: float) -> None:
    took, reads, deliveries = seconds_and_reads(size, a_minute, instances, seconds)
    assert took <= 1.1 * size / a_minute * 60 + 2 * seconds  # leases that lapse unused made it 1.6 times as long
    assert deliveries <= 8  # put back again and again they were 28
    assert reads <= 36


@pytest.mark.untraced
def test_a_call_that_comes_in_its_time_does_not_read_the_limit_first() -> None:
    took, reads, _ = seconds_and_reads(400, 20, 100, 4.0)
    _, free, _ = seconds_and_reads(400, None, 100, 4.0)
    assert took <= 1.05 * 400 / 20 * 60
    assert reads <= 1.2 * free  # with a look at the limit a call 1.33


def test_a_pace_travels_as_text() -> None:
    pace = Pace(looks=3, left=17, first_in=2.5, rate=0.33333, each=4.12)
    assert Pace.parse(str(pace)) == pace
    assert Pace.parse(None) == Pace()
    assert Pace.parse("4") == Pace(looks=4)  # the version before


def test_more_is_known_of_a_page_once_half_of_it_has_come_through_or_its_first_have_ended() -> None:
    quick = Pace(first_in=10, rate=2.0, each=4.0)
    slow = Pace(first_in=10, rate=2.0, each=400.0)
    assert quick.telling_in(100) == 10 + 25 + page_pacing.AHEAD
    assert slow.telling_in(100) == 10 + 2.5 + 400
    assert (quick.due_by(0, 100), quick.due_by(20, 100), quick.due_by(1000, 100)) == (0, 20, 100)
