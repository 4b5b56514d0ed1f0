"""The engine's edges: concurrent jobs on one piece of work, paid calls, poison, damaged blobs, flows that make no sense."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel

from infra.local.function_mounts import app_of
from shared.engine.flow import Cache, Flow, Join, Stage
from shared.engine.job import controls, lifecycle
from shared.engine.spending import usage_meter
from shared.engine.store import payloads
from shared.engine.task import cache
from shared.errors import BadInput, Cancelled, Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Update
from shared.ports.models import Usage
from shared.settings import Settings
from tests.support.engine.stage_handler import stage_handler
from tests.support.engine.world import Item, Squared, Total, Toy, ToyRequest, World
from tests.support.fakes import FakeModels, FakeWeb, page
from tests.support.metered import metered_models, metered_web


@pytest.mark.fault(35)
async def test_two_jobs_at_once_share_one_piece_of_work(world: World) -> None:
    flow = world.toy.flow(cache=True)
    both = [await world.start(flow, size=8) for _ in range(2)]
    while world.queue.depth():
        batch = await world.due()
        if not batch:
            world.clock.time += 0.5
        await asyncio.gather(*(world.deliver(delivery, flow) for delivery in batch))
    assert [(await world.job(job))["status"] for job in both] == ["succeeded"] * 2
    assert sorted(work for work in world.toy.ran if work.startswith("square")) == [f"square {n}" for n in range(8)]


async def test_work_that_another_holds_for_long_is_waited_for_in_the_queue(world: World) -> None:
    wanted = cache.Entry("cache/k", 1.0, "jobs/b/tasks/t")
    pending = {"state": "pending", "owner": "jobs/a/tasks/t", "lease_until": world.clock.now() + 100, "expires_at": 0}
    await world.ports.documents.commit(Create("cache/k", pending))

    async def work() -> tuple[Any, bool]:
        return 1, True

    with pytest.raises(PutBack):
        await cache.get_or_compute(wanted, work, world.ports, lambda kept: kept)
    world.clock.time += 101  # its holder is dead
    assert await cache.get_or_compute(wanted, work, world.ports, lambda kept: kept) == (1, False)
    assert await cache.get_or_compute(wanted, work, world.ports, lambda kept: kept) == (1, True)


async def test_failed_work_leaves_the_entry_to_the_next(world: World) -> None:
    wanted = cache.Entry("cache/k", 1.0, "a")

    async def fails() -> tuple[Any, bool]:
        raise Transient("busy")

    async def not_worth_it() -> tuple[Any, bool]:
        return 1, False

    with pytest.raises(Transient):
        await cache.get_or_compute(wanted, fails, world.ports, lambda kept: kept)
    other = dataclasses.replace(wanted, owner="b")
    assert await cache.get_or_compute(other, not_worth_it, world.ports, lambda kept: kept) == (1, False)
    assert await cache.get_or_compute(wanted, not_worth_it, world.ports, lambda kept: kept) == (1, False)


async def test_work_taken_over_meanwhile_keeps_the_others_entry(world: World) -> None:
    wanted = cache.Entry("cache/k", 1.0, "a")

    async def slow() -> tuple[Any, bool]:
        found = await world.ports.documents.get("cache/k")
        assert found is not None
        await world.ports.documents.commit(Update("cache/k", {"state": "kept", "result": 2, "expires_at": world.clock.now() + 9}))
        return 1, True

    assert await cache.get_or_compute(wanted, slow, world.ports, lambda kept: kept) == (1, False)
    assert await cache.get_or_compute(wanted, slow, world.ports, lambda kept: kept) == (2, True)


@pytest.mark.fault(35)
async def test_a_lost_blob_makes_an_entry_none_and_a_task_wait(world: World, tmp_path: Path) -> None:
    fields = await payloads.store_value(world.ports, ["x" * 300_000], "job")
    assert (await payloads.load_value(world.ports, fields))[0][:2] == "xx"
    (tmp_path / "blobs" / fields["result_blob"]["name"]).unlink()
    with pytest.raises(Transient):
        await payloads.load_value(world.ports, fields)
    await world.ports.documents.commit(Create("cache/k", {"state": "kept", "expires_at": world.clock.now() + 9, **fields}))

    async def again() -> tuple[Any, bool]:
        return "made again", True

    assert await cache.get_or_compute(cache.Entry("cache/k", 1.0, "a"), again, world.ports, lambda kept: kept) == (
        "made again",
        False,
    )


@pytest.mark.fault(30)
async def test_paid_calls_are_counted_and_stop_when_the_job_is_cancelled(world: World) -> None:
    answers = FakeModels(lambda **_: Total(total=1, members=1))
    ports = world.with_ports(models=metered_models(answers), web=metered_web(FakeWeb({"https://a": page("https://a", "x")})))

    async def first(request: ToyRequest, ports: Ports) -> list[Item]:
        await ports.web.fetch(ports.web.check("https://a"))
        return [Item(number=n) for n in range(request.size)]

    async def paid(item: Item, ports: Ports) -> Squared:
        usage_meter.count_usage(Usage(calls=1, input_tokens=100, output_tokens=10, usd=0.002))
        await ports.models.ask(instructions="", data=str(item.number), answer=Total)
        if item.number == 0:
            await controls.cancel(job.id, ports)
            await ports.models.ask(instructions="", data="too late", answer=Total)
        return Squared(number=item.number, square=1)

    async def last(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=1, members=len(squares), note=ports.models.label)

    flow = Flow(
        "toy", request=ToyRequest, result=Total, stages=(Stage(first, then=paid), Stage(paid, join=Join(last)), Stage(last))
    )
    world.ports = ports
    job = await world.start(flow, size=0)
    await world.drain(flow)
    assert (await world.job(job))["cost"]["calls"] == 1
    job = await world.start(flow, size=1)
    await world.drain(flow)
    assert (await world.job(job))["status"] == "cancelled"
    assert [call["data"] for call in answers.calls] == ["0"]
    await usage_meter.close_client(ports.web)
    await usage_meter.close_client(ports.models)


async def test_counting_outside_a_task_is_nobodys_business() -> None:
    usage_meter.count_usage(Usage(calls=1))
    assert (await metered_web(FakeWeb({"https://a": page("https://a", "x")})).fetch("https://a")).content == b"x"


async def ask(world: World, body: str, stage: str = "spread") -> httpx2.Response:
    """A stage's function, called as the queue calls it."""
    handler = stage_handler(world.flow, stage, lambda: world.ports)
    module = sys.modules[__name__]
    setattr(module, handler.__name__, handler)
    app = app_of(handler.__name__, module)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as client:
        return await client.post("/", content=body)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("not json", 200),
        ("{}", 200),
        ('{"job":"j","stage":"add"}', 200),
        ('{"v":99,"job":"j","stage":"spread"}', 503),
        ('{"job":"gone","stage":"spread","unknown":"fields are for newer code"}', 200),
    ],
)
async def test_poison_is_buried_and_newer_tasks_are_left_to_newer_code(world: World, body: str, status: int) -> None:
    assert (await ask(world, body)).status_code == status


async def test_a_function_runs_its_task_and_answers(world: World) -> None:
    await world.start(size=2)
    (delivery,) = await world.due()
    answer = await ask(world, delivery.body)
    assert (answer.status_code, answer.json()) == (200, {"said": "done"})
    assert world.toy.ran == ["spread"]


async def test_a_store_that_does_not_answer_brings_the_task_back(world: World) -> None:
    await world.start(size=2)
    (delivery,) = await world.due()

    async def silent(*_: Any) -> Any:
        raise Transient("no answer")

    world.ports.documents.get_many = silent  # type: ignore[method-assign, assignment] # the fault under test
    assert (await ask(world, delivery.body)).status_code == 503


async def test_a_result_that_breaks_the_stages_promise_fails_clearly(world: World) -> None:
    async def only(request: ToyRequest, ports: Ports) -> Total:
        return {"total": "many"}  # type: ignore[return-value] # the fault under test

    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(only),))
    job = await world.start(flow, size=1)
    await world.drain(flow)
    assert (await world.job(job))["error"]["code"] == "bad_result"


def test_an_argument_that_no_longer_fits_its_stage_is_permanent() -> None:
    with pytest.raises(Permanent):
        payloads.load_argument(Toy().flow().stage("square"), 0, {"number": "x"})


async def test_a_task_that_nothing_has_called_for_has_no_effect(world: World) -> None:
    job = await world.start(size=2)
    assert await run_early(world, job.id) == 200
    assert await world.ports.documents.get(f"jobs/{job.id}/tasks/1.add") is None
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"


async def run_early(world: World, job: str) -> int:
    from shared.engine.run_task import run_task  # noqa: PLC0415 - only here
    from shared.engine.task.envelope import Envelope  # noqa: PLC0415 - only here

    return (await run_task(world.flow, world.flow.stage("add"), Envelope(job=job, stage="add"), world.ports)).status


async def test_an_unknown_job_is_said_to_be_unknown(world: World) -> None:
    for name in ("nothere", "../x", ""):
        with pytest.raises(Permanent) as caught:
            await lifecycle.read(name, world.ports)
        assert caught.value.code == "job_not_found"


async def test_the_same_key_at_the_same_time_makes_one_job(world: World) -> None:
    async def create() -> lifecycle.Accepted:
        return await lifecycle.create(world.flow, {"size": 1}, lifecycle.Options(), world.ports, idempotency_key="k")

    accepted = await asyncio.gather(*(create() for _ in range(5)))
    assert len({one.job.id for one in accepted}) == 1
    assert sum(not one.replayed for one in accepted) == 1


class Other(BaseModel):
    text: str


async def one(request: ToyRequest, ports: Ports) -> Other:
    return Other(text="")


async def two(other: Other, ports: Ports) -> Other:
    return other


@pytest.mark.parametrize(
    "stages",
    [
        (Stage(one), Stage(one)),
        (Stage(one, then=two),),
        (Stage(one, then=two), Stage(two, then=one)),
        (Stage(one, then=two, join=Join(two)), Stage(two)),
    ],
)
def test_a_flow_that_makes_no_sense_is_refused_at_import(stages: tuple[Stage, ...]) -> None:
    with pytest.raises(ValueError, match="bad"):
        Flow("bad", request=ToyRequest, result=Other, stages=stages)


def test_settings_that_do_not_fit_say_which_and_what_would() -> None:
    with pytest.raises(BadInput) as caught:
        Settings.load({"HEADRACE_REDDIT_RPM": "many"})
    assert "HEADRACE_REDDIT_RPM" in caught.value.message
    assert Settings.load({"HEADRACE_MODEL_FAST": "a, b ,"}).model_fast == ("a", "b")


async def test_a_cache_key_may_leave_out_what_does_not_matter(world: World) -> None:
    asked = []

    async def only(request: ToyRequest, ports: Ports) -> Total:
        asked.append(request.size)
        return Total(total=request.size, members=0)

    kept = Cache(days=1, key=lambda request: request.size % 2)
    flow = Flow("toy", request=ToyRequest, result=Total, stages=(Stage(only, cache=kept),))
    for size in (2, 4, 5):
        await world.start(flow, size=size)
        await world.drain(flow)
    assert asked == [2, 5]


def test_cancelled_is_an_error_of_ours() -> None:
    assert Cancelled().message == "The job was cancelled; the work stops here."
