"""Plans: what a job will take, told before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from pydantic import BaseModel

from functions.jobs_api.reports import past_job_statistics
from functions.jobs_api.reports.job_estimate import Plan, plan
from functions.jobs_api.reports.rerun_estimate import plan_retry, tasks_again
from shared.engine.flow import Expect, Flow, Join, Stage
from shared.engine.job import controls, lifecycle
from shared.engine.store.schema.job import StageSummary
from shared.errors import Conflict
from shared.ports import Ports
from tests.support.engine.world import World
from tests.support.fakes import FakeLimits, fake_ports


class Asked(BaseModel):
    pages: int = 4


async def read(asked: Asked, ports: Ports) -> list[int]:
    return [asked.pages]


async def beside(items: list[int], ports: Ports) -> int:
    return len(items)


async def write(item: int, ports: Ports) -> int:
    return item


async def bind(parts: list[int], ports: Ports) -> int:
    return sum(parts)


def flow(*, within: float | None = None, **expects: Expect) -> Flow:
    """read -> write (fan-out) -> bind, with a side stage."""
    stages = (
        Stage(read, then=write, beside=beside),
        Stage(beside, within=3),
        Stage(write, join=Join(bind, within=within)),
        Stage(bind, needs=(beside,)),
    )
    return Flow("plain", Asked, Asked, stages, expects=expects)


class Prices:
    """A dollar per input token of the good model, a tenth for the fast one; ten times that for output."""

    def price(self, role: str, input_tokens: float, output_tokens: float) -> float:
        return (input_tokens + 10 * output_tokens) * (1.0 if role == "good" else 0.1)

    def unpriced(self, role: str) -> str:
        return "a-model-of-ones-own" if role == "good" else ""


@dataclass
class Rates(FakeLimits):
    """Requests and tokens per second of each resource; nothing may go at once."""

    rates: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def least_seconds(self, resource: str, *, requests: float, tokens: float = 0.0) -> float:
        per_request, per_token = self.rates.get(resource, (float("inf"), float("inf")))
        return max(requests / per_request, tokens / per_token)


def ports(**rates: tuple[float, float]) -> Ports:
    return fake_ports(models=cast("Any", Prices()), limits=Rates(rates=rates))


def planned(made: Flow, pages: int = 4, past: past_job_statistics.History | None = None, **rates: tuple[float, float]) -> Plan:
    return plan(made, Asked(pages=pages), past or [], ports(**rates))


WRITE = Expect(
    lambda asked: asked.pages,
    calls=2,
    resource="model",
    role="good",
    input_tokens=100,
    output_tokens=(1, 2, 4),
    seconds=(1, 2, 8),
)


def test_a_plan_adds_up_what_its_stages_expect() -> None:
    told = planned(flow(read=Expect(calls=1, seconds=0.5), write=WRITE, bind=Expect(seconds=1)))
    assert (told.tasks, told.calls, told.input_tokens, told.output_tokens, told.tokens) == (7, 9, 400, 8, 408)
    assert told.dollars == 400 + 80
    assert told.floor_seconds == 0.5 + 2 + 1
    assert told.bound_by == "critical path"
    assert [stage.name for stage in told.stages] == ["read", "beside", "write", "bind"]
    assert {stage.from_jobs for stage in told.stages} == {0}
    written = told.stages[2]
    assert (written.tasks, written.calls, written.tokens, written.dollars, written.floor_seconds) == (4, 8, 408, 480, 2)
    counted = "a million of its tokens counts as $1,000,000.00, of its answers as $10,000,000.00"
    assert told.warnings == [f"no price of the model a-model-of-ones-own is known: {counted}"]


def test_what_no_stage_asks_is_not_said_to_have_no_price() -> None:
    assert planned(flow(read=Expect(calls=1, role="good"), write=replace(WRITE, role="fast"))).warnings == []


def test_low_and_high_are_the_sums_when_every_guess_comes_out_so() -> None:
    told = planned(flow(write=WRITE))
    assert (told.low.output_tokens, told.output_tokens, told.high.output_tokens) == (4, 8, 16)
    assert (told.low.dollars, told.high.dollars) == (440, 560)
    assert (told.low.floor_seconds, told.high.floor_seconds) == (1, 8)
    assert (told.low.calls, told.high.calls) == (8, 8)


def test_a_request_for_nothing_takes_nothing() -> None:
    told = planned(flow(write=WRITE), pages=0)
    assert (told.calls, told.dollars, told.floor_seconds, told.high.floor_seconds) == (0, 0, 0, 0)


def test_members_run_side_by_side_and_a_side_stage_counts_only_where_it_is_longer() -> None:
    made = flow(read=Expect(seconds=1), beside=Expect(seconds=9), write=Expect(50, seconds=2), bind=Expect(seconds=1))
    assert planned(made).floor_seconds == 1 + 3 + 1, "the side stage is waited for 3 s, not 9"
    made = flow(read=Expect(seconds=1), beside=Expect(seconds=1), write=Expect(50, seconds=2), bind=Expect(seconds=1))
    assert planned(made).floor_seconds == 1 + 2 + 1


def test_a_limit_that_all_has_to_pass_is_the_floor_and_is_named() -> None:
    made = flow(read=replace(WRITE, tasks=1), write=WRITE)
    assert planned(made, model=(1.0, 1e9)).floor_seconds == 2 + 8, "each stage waits for its own calls"
    assert planned(made, model=(1.0, 1e9)).bound_by == "critical path"
    both = flow(beside=replace(WRITE, tasks=4), write=WRITE)
    told = planned(both, model=(1.0, 1e9))
    assert (told.floor_seconds, told.bound_by) == (16, "model"), "side by side they share one limit"
    tokens = planned(flow(write=WRITE), model=(1e9, 10.0))
    assert tokens.floor_seconds == pytest.approx(40.8)
    assert planned(flow(write=WRITE), other=(0.1, 0.1)).floor_seconds == 2


def test_a_join_whose_time_is_up_waits_for_no_limit() -> None:
    told = planned(flow(within=5.0, write=WRITE, bind=Expect(seconds=1)), model=(0.01, 0.01))
    assert (told.floor_seconds, told.bound_by) == (6, "critical path")


def row(name: str, total: int = 1, state: str = "ended", **more: Any) -> StageSummary:
    done = more.pop("done", total if state == "ended" else 0)
    base = {"name": name, "state": state, "total": total, "done": done, "failed": 0, "skipped": 0, "cached": 0, "seconds": 1.0}
    return cast("StageSummary", {**base, "calls": 0, "input_tokens": 0, "output_tokens": 0, "work_s": 0.0, **more})


def test_earlier_jobs_overrule_guesses_but_not_what_the_request_says() -> None:
    guess = Expect((0, 100, 200), calls=9, role="good", input_tokens=9, seconds=9)
    past = [
        [row("write", 2, calls=2, input_tokens=20, output_tokens=2, work_s=2.0)],
        [row("write", 6, calls=12, input_tokens=120, output_tokens=6, work_s=18.0)],
    ]
    told = planned(flow(write=guess), past=past).stages[2]
    assert (told.from_jobs, told.low.tasks, told.tasks, told.high.tasks) == (2, 2, 4, 6)
    assert (told.low.calls, told.calls, told.high.calls) == (2, 6, 12)
    assert (told.low.floor_seconds, told.floor_seconds, told.high.floor_seconds) == (1, 2, 3)
    counted = planned(flow(write=replace(guess, tasks=lambda asked: asked.pages)), pages=10, past=past).stages[2]
    assert (counted.low.tasks, counted.tasks, counted.high.tasks) == (10, 10, 10)
    assert counted.calls == 15


def test_what_came_from_the_cache_tells_nothing_of_a_task() -> None:
    past = [[row("write", 4, cached=4)], [row("write", 4, cached=2, calls=4, work_s=6.0)]]
    told = planned(flow(write=Expect(4, calls=1, seconds=1)), past=past).stages[2]
    assert (told.from_jobs, told.calls, told.floor_seconds) == (1, 8, 3)
    assert planned(flow(write=Expect(4, calls=1)), past=past[:1]).calls == 4


def test_a_retry_does_again_what_failed_what_never_ran_and_what_rests_on_either() -> None:
    made = flow()
    rows = [row("read"), row("beside", failed=1, done=0), row("write", 5, failed=2, done=3), row("bind")]
    assert tasks_again(made, rows, {}) == {"read": 0, "beside": 1, "write": 2, "bind": (0, 1, 1)}
    failed = [row("read"), row("beside"), row("write", 5, done=4, failed=1, state="stopped"), row("bind", 0, "waiting")]
    assert tasks_again(made, failed, {}) == {"read": 0, "beside": 0, "write": 1}, "all of what never began is to come"
    enough = [row("read"), row("beside"), row("write", 5, done=3, skipped=2), row("bind")]
    assert tasks_again(made, enough, {}) == {"read": 0, "beside": 0, "write": 0, "bind": 0}
    assert tasks_again(made, enough, {"write": 2}) == {"read": 0, "beside": 0, "write": 2, "bind": (0, 1, 1)}
    begun = [row("read", state="stopped"), *(row(name, 0, "waiting") for name in ("beside", "write", "bind"))]
    assert tasks_again(made, begun, {}) == {"read": 1}


async def test_a_plan_reads_and_writes_nothing_and_a_run_teaches_the_next(world: World) -> None:
    made = world.flow
    known = world.with_ports(models=Prices(), limits=Rates())
    assert await past_job_statistics.earlier_jobs(made, world.clock.now(), known) == []
    job = await world.start(size=3)
    await world.drain()
    world.clock.time += 1
    past = await past_job_statistics.earlier_jobs(made, world.clock.now(), known)
    before = (await lifecycle.read(job.id, world.ports)).version
    told = plan(made, lifecycle.check_input(made, {"size": 3}), past, known)
    assert {stage.name: (stage.tasks, stage.from_jobs) for stage in told.stages} == {
        "spread": (1, 1), "note": (1, 1), "square": (3, 1), "add": (1, 1),
    }  # fmt: skip
    assert (await lifecycle.read(job.id, world.ports)).version == before
    assert not world.queue.depth()


async def test_a_retry_is_priced_before_it_is_started(world: World) -> None:
    known = world.with_ports(models=Prices(), limits=Rates())
    flow_ = world.toy.flow(tolerate=0.5)
    job = await world.start(flow_, size=4)
    with pytest.raises(Conflict) as refused:
        await plan_retry(flow_, job, known)
    assert refused.value.code == "not_retryable"
    await world.drain(flow_)
    done = await lifecycle.read(job.id, world.ports)
    told = await plan_retry(flow_, done, known)
    assert (told.tasks, told.high.tasks) == (0, 0), "everything is there"
    newer = replace(flow_, version=2)
    assert (await plan_retry(newer, done, known)).tasks == 7, "all of it was made by older code"
    assert (await plan_retry(newer, done, known, failed_only=True)).tasks == 0
    world.clock.time += 1
    cancelled = await world.start(flow_, size=4)
    await controls.cancel(cancelled.id, world.ports)
    told = await plan_retry(flow_, await lifecycle.read(cancelled.id, world.ports), known)
    assert {stage.name: stage.tasks for stage in told.stages} == {"spread": 1, "note": 1, "square": 4, "add": 1}
