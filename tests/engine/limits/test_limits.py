"""One process and one limit: order, waits, what the provider says."""

from __future__ import annotations

import asyncio

import pytest

from shared.engine.limits import Limit
from shared.errors import PutBack
from tests.support.engine.limited_forum import WINDOW, Forum
from tests.support.engine.limits_world import START


def test_a_burst_goes_at_once_then_the_rate_holds(forum: Forum) -> None:
    forum.process(forum=Limit(requests=60))
    times = forum.run(forum.many(100, lane="interactive"))
    assert 50 <= sum(at < 2 for at in times) <= 60
    assert times[99] - times[59] == pytest.approx(40, abs=2)


def test_bulk_leaves_a_part_of_the_burst_to_interactive_work(forum: Forum) -> None:
    forum.process(forum=Limit(requests=60))

    async def work() -> tuple[list[float], list[float]]:
        return await forum.many(45), await forum.many(8, lane="interactive")

    bulk, interactive = forum.run(work())
    assert bulk[-1] > 1
    assert interactive[-1] - bulk[-1] < 1


def test_a_window_is_never_exceeded_and_is_used_to_the_full(forum: Forum) -> None:
    forum.process(forum=WINDOW)
    times = forum.run(forum.many(200))
    for start in times:
        assert sum(start <= at < start + 60 for at in times) <= 60
    assert times[-1] < 3 * 61 + 10


def test_the_server_knows_best(forum: Forum) -> None:
    """Its window has more than our own setting, and its end lets more go."""
    forum.process(forum=WINDOW)

    async def work() -> list[float]:
        times = []
        for left in [*range(150, 0, -1), 0, 150]:
            reset = 100 - forum.time if forum.time < 100 else 200 - forum.time
            times += await forum.many(1, **{"x-ratelimit-remaining": str(left), "x-ratelimit-reset": str(reset)})
        return times

    times = forum.run(work())
    assert times[150] < 20
    assert 100 <= times[151] < 101


def test_within_a_window_the_lowest_remainder_is_believed(forum: Forum) -> None:
    forum.process(forum=WINDOW)

    async def work() -> float:
        first, second = await forum.ask("forum"), await forum.ask("forum")
        for grant, left in ((second, "1"), (first, "9")):  # the second answer overtook the first
            forum.limits.settle(grant, headers={"x-ratelimit-remaining": left, "x-ratelimit-reset": "4"}, status=200)
        await forum.many(1)
        assert forum.time < 1
        return (await forum.many(1))[0]

    assert forum.run(work()) >= 4


@pytest.mark.fault(16)
@pytest.mark.parametrize("limit", [Limit(requests=60), WINDOW])
def test_a_429_holds_everybody_for_as_long_as_it_says(forum: Forum, limit: Limit) -> None:
    other = forum.process(forum=limit)
    forum.process(forum=limit)

    async def work() -> float:
        grant = await forum.ask("forum")
        forum.limits.settle(grant, headers={"retry-after": "4"}, status=429)
        await forum.clock.sleep(1.5)  # a second at most, and others know
        told = asyncio.create_task(other.acquire("forum"))
        await forum.many(1)
        assert forum.time >= 4
        await told
        return forum.time

    assert 4 <= forum.run(work()) < 7


@pytest.mark.fault(16)
def test_a_refusal_that_names_a_long_wait_puts_back_who_waits_each_with_a_time_of_its_own(forum: Forum) -> None:
    forum.process(forum=Limit(requests=60, burst=0.1))

    async def wait() -> float | None:
        try:
            await forum.ask("forum")
        except PutBack as put_back:
            return forum.time + (put_back.retry_after or 0)
        return None

    async def work() -> list[float | None]:
        grants = await asyncio.gather(*(forum.ask("forum") for _ in range(4)))
        waiting = [asyncio.create_task(wait()) for _ in range(4)]
        await forum.clock.sleep(0.5)
        forum.limits.settle(grants[0], headers={"retry-after": "100"}, status=429)
        return await asyncio.gather(*waiting, wait())

    returns = forum.run(work())
    known = sorted(at for at in returns if at)
    assert forum.time < 2
    assert len(known) == 5
    assert len(set(known)) == 5
    assert 97 <= known[0] <= known[-1] <= 110


def test_a_window_without_anything_left_puts_back_until_its_end(forum: Forum) -> None:
    forum.process(forum=WINDOW)

    async def work() -> float | None:
        grant = await forum.ask("forum")
        forum.limits.settle(grant, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "400"}, status=200)
        with pytest.raises(PutBack) as caught:
            await forum.ask("forum")
        assert caught.value.resource == "forum"
        return caught.value.retry_after

    assert forum.run(work()) == pytest.approx(400, abs=3)


def test_tokens_are_reserved_and_what_was_not_used_comes_back(forum: Forum) -> None:
    forum.process(model=Limit(requests=6000, tokens=6000))

    async def work() -> float:
        grant = await forum.ask("model", tokens=2500)
        forum.limits.settle(grant, tokens=500, status=200)
        for _ in range(2):
            await forum.ask("model", "interactive", tokens=2400)
        assert forum.time < 1
        with pytest.raises(PutBack) as caught:
            await forum.ask("model", tokens=2500)
        return caught.value.retry_after or 0

    assert forum.run(work()) > 2


def test_unknown_use_counts_as_reserved(forum: Forum) -> None:
    forum.process(model=Limit(requests=6000, tokens=6000))

    async def work() -> None:
        for _ in range(2):
            forum.limits.settle(await forum.ask("model", "interactive", tokens=2500))
        await forum.ask("model", "interactive", tokens=3500)

    with pytest.raises(PutBack):
        forum.run(work())


def test_use_beyond_the_reserve_is_owed(forum: Forum) -> None:
    forum.process(model=Limit(requests=6000, tokens=6000))

    async def work() -> None:
        forum.limits.settle(await forum.ask("model", "interactive", tokens=100), tokens=5500, status=200)
        await forum.ask("model", "interactive", tokens=1000)

    with pytest.raises(PutBack):
        forum.run(work())


def test_dollars_a_day_are_a_cap_until_midnight(forum: Forum) -> None:
    forum.process(model=Limit(requests=6000, usd=1.0))
    forum.clock.time = START - START % 86_400 + 86_400 - 600

    async def work() -> tuple[float, float | None]:
        spent = 0.0
        while True:
            try:
                grant = await forum.ask("model", usd=0.1)
            except PutBack as wait:
                return spent, wait.retry_after
            forum.limits.settle(grant, tokens=0, usd=0.06, status=200)
            spent += 0.06

    spent, wait = forum.run(work())
    assert 0.9 <= spent <= 1.0
    assert wait == pytest.approx(600, abs=5)


def test_interactive_goes_first_and_bulk_keeps_a_share(forum: Forum) -> None:
    forum.process(forum=Limit(requests=300, burst=0.01))
    order: list[str] = []

    async def ask(lane: str, job: str) -> None:
        forum.limits.settle(await forum.ask("forum", lane, job), status=200)
        order.append(lane)

    async def work() -> None:
        bulk = [asyncio.create_task(ask("bulk", f"b{n}")) for n in range(12)]
        await forum.clock.sleep(0.001)
        await asyncio.gather(*bulk, *(ask("interactive", "i") for _ in range(12)))

    forum.run(work())
    assert order[:14].count("interactive") >= 8
    assert order[:14].count("bulk") >= 2


def test_among_equals_the_job_that_has_had_least_goes_first(forum: Forum) -> None:
    forum.process(forum=Limit(requests=300, burst=0.01))
    order: list[str] = []

    async def ask(job: str) -> None:
        forum.limits.settle(await forum.ask("forum", "bulk", job), status=200)
        order.append(job)

    async def work() -> None:
        large = [asyncio.create_task(ask("large")) for _ in range(15)]
        await forum.clock.sleep(0.001)
        await asyncio.gather(*large, *(ask("small") for _ in range(5)))

    forum.run(work())
    assert order[:14].count("small") == 5


def test_bulk_leaves_a_share_of_a_window_to_interactive_work_until_its_end(forum: Forum) -> None:
    forum.process(forum=Limit(requests=100, window=60))

    async def work() -> None:
        left = list(range(99))

        async def ask(lane: str) -> float:
            headers = {"x-ratelimit-remaining": str(left.pop()), "x-ratelimit-reset": str(max(1, 60 - forum.time))}
            return (await forum.many(1, lane=lane, **headers))[0]

        await ask("interactive")
        assert max([await ask("bulk") for _ in range(78)]) < 10
        assert await ask("interactive") < 10
        assert await ask("bulk") >= 10  # given up when nothing interactive has asked for a while

    forum.run(work())
