"""The document store's faults: refused, unanswered and committed-but-unanswered writes; sizes at their limits (rows 10-13)."""

from __future__ import annotations

import random

import pytest

from shared.adapters.embedded.group_commit import MAX_BYTES
from shared.adapters.storable_values import MAX_BODY
from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import lifecycle
from shared.engine.store import payloads
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Update
from shared.ports.tasks import Task
from tests.faults.faulty import Faulty, at, drain, post, records
from tests.support.engine.world import Total, ToyRequest, World


@pytest.mark.fault(10)
@pytest.mark.parametrize("seed", range(3))
async def test_a_store_that_aborts_every_third_commit_delays_and_loses_nothing(world: World, seed: int) -> None:
    dice = random.Random(seed)
    documents = Faulty(world.ports.documents, lambda name, _: name == "commit" and dice.random() < 0.35)
    job = await world.start(size=12)
    world.ports = world.with_ports(documents=documents)
    await drain(world)
    done = await world.job(job)
    assert documents.failed >= 5
    assert (done["status"], done["result"]["members"], done["result"]["total"]) == ("succeeded", 12, 506)
    rows = {stage["name"]: stage["done"] for stage in done["summary"] if stage["name"] != "note"}  # whose time may be up
    assert rows == {"spread": 1, "square": 12, "add": 1}


@pytest.mark.fault(10)
async def test_a_store_that_aborts_the_record_of_paid_work_is_asked_again(world: World) -> None:
    job = await world.start(size=2)
    documents = Faulty(world.ports.documents, at("commit", then=records(".square.1")))
    world.ports = world.with_ports(documents=documents)
    await drain(world)
    assert documents.failed == 1
    assert (await world.job(job))["status"] == "succeeded"
    assert world.toy.ran.count("square 1") == 1  # one refused commit must not pay for the work twice


@pytest.mark.fault(11)
async def test_a_record_that_was_committed_and_not_answered_is_read_back(world: World) -> None:
    job = await world.start(size=2)
    documents = Faulty(world.ports.documents, at("commit", then=records(".square.1")), after=True)
    world.ports = world.with_ports(documents=documents)
    begun = world.clock.now()
    assert set(await drain(world)) == {200}
    done = await world.job(job)
    squares = next(stage for stage in done["summary"] if stage["name"] == "square")
    assert documents.failed == 1
    assert (done["status"], squares["done"], world.toy.ran.count("square 1")) == ("succeeded", 2, 1)
    assert done["finished_at"] - begun < 5  # nobody waited for a lease


@pytest.mark.fault(11)
async def test_a_record_that_cannot_even_be_read_back_is_found_by_the_next_delivery(world: World) -> None:
    job = await world.start(size=2)
    lost = at("commit", then=records(".square.1"))
    unread = at("get", then=lambda arguments: documents.failed == 1 and ".square.1" in arguments[0])
    documents = Faulty(world.ports.documents, lambda *call: lost(*call) or unread(*call), after=True)
    world.ports = world.with_ports(documents=documents)
    await drain(world)
    assert documents.failed == 2
    assert (await world.job(job))["result"]["members"] == 2
    assert world.toy.ran.count("square 1") == 1


@pytest.mark.fault(11)
async def test_a_claim_that_was_committed_and_not_answered_delays_but_pays_once(world: World) -> None:
    job = await world.start(size=2)
    claims = at("commit", then=lambda writes: any(isinstance(w, Create) and ".square.1" in w.path for w in writes))
    documents = Faulty(world.ports.documents, claims, after=True)
    world.ports = world.with_ports(documents=documents)
    await drain(world)
    assert documents.failed == 1
    assert (await world.job(job))["result"]["members"] == 2
    assert world.toy.ran.count("square 1") == 1


@pytest.mark.fault(11)
@pytest.mark.parametrize("after", [False, True], ids=["not committed", "committed"])
async def test_a_close_without_an_answer_closes_once(world: World, after: bool) -> None:
    job = await world.start(size=2)
    closes = at("commit", then=lambda writes: any(isinstance(w, Update) and "/fanouts/" in w.path for w in writes))
    documents = Faulty(world.ports.documents, closes, after=after)
    world.ports = world.with_ports(documents=documents)
    await drain(world)
    assert documents.failed == 1
    assert (await world.job(job))["result"]["members"] == 2
    assert world.toy.ran.count("add") == 1


@pytest.mark.fault(11)
@pytest.mark.parametrize("after", [False, True], ids=["not committed", "committed"])
async def test_a_job_whose_acceptance_was_not_answered_is_one_job_when_asked_again(world: World, after: bool) -> None:
    ports = world.with_ports(documents=Faulty(world.ports.documents, at("commit"), after=after))

    async def ask() -> lifecycle.Accepted:
        return await lifecycle.create(world.flow, {"size": 1}, lifecycle.Options(), ports, idempotency_key="k")

    with pytest.raises(Transient):
        await ask()
    accepted = await ask()
    await drain(world)
    assert (await world.job(accepted.job))["status"] == "succeeded"
    assert (len(await world.ports.documents.query("jobs")), world.toy.ran.count("spread")) == (1, 1)


@pytest.mark.fault(12)
async def test_a_store_that_is_exhausted_for_a_minute_ends_in_no_failed_job(world: World) -> None:
    job = await world.start(size=3)
    until = world.clock.now() + 60
    world.ports = world.with_ports(documents=Faulty(world.ports.documents, lambda *_: world.clock.now() < until))
    (first,) = await world.due()
    assert (await post(world, first)).status_code == 503
    await drain(world)
    assert (await world.job(job))["status"] == "succeeded"
    assert len(world.toy.ran) == 3 + 3


@pytest.mark.fault(13)
@pytest.mark.parametrize("over", [-1, 0, 1])
async def test_a_result_around_the_limit_is_kept_whole(world: World, over: int) -> None:
    value = "x" * (payloads.INLINE_BYTES + over - 2)  # two quotes
    fields = await payloads.store_value(world.ports, value, "job")
    assert ("result_blob" in fields) == (over > 0)
    assert await payloads.load_value(world.ports, fields) == value
    if over > 0:
        assert fields["result_blob"]["size"] == payloads.INLINE_BYTES + over


@pytest.mark.fault(13)
@pytest.mark.parametrize("over", [-1, 0, 1])
async def test_a_document_around_its_limit_is_taken_or_refused_before_it_is_sent(world: World, over: int) -> None:
    text = "x" * (MAX_BYTES + over - len('{"t":""}'))
    if over <= 0:
        await world.ports.documents.commit(Create("a/b", {"t": text}))
    else:
        with pytest.raises(Permanent, match="1 MiB"):
            await world.ports.documents.commit(Create("a/b", {"t": text}))


@pytest.mark.fault(13)
@pytest.mark.parametrize("over", [-1, 0, 1])
async def test_a_task_body_around_its_limit_is_taken_or_refused_before_it_is_sent(world: World, over: int) -> None:
    task = Task("t", "engine-bulk", "f", {"t": "x" * (MAX_BODY + over - len('{"t":""}'))})
    if over <= 0:
        await world.queue.enqueue(task)
    else:
        with pytest.raises(Permanent, match="is over"):
            await world.queue.enqueue(task)


@pytest.mark.fault(13)
@pytest.mark.parametrize("char", ["x", "é", "東", "🎉"])
@pytest.mark.parametrize("length", [20_000, 30_000, 60_000])
async def test_an_item_of_any_script_reaches_its_task_whatever_it_weighs(world: World, char: str, length: int) -> None:
    async def spread(request: ToyRequest, ports: Ports) -> list[str]:
        return [char * length, "small"]

    async def measure(text: str, ports: Ports) -> int:
        return len(text)

    async def add(lengths: list[int], ports: Ports) -> Total:
        return Total(total=sum(lengths), members=len(lengths))

    stages = (Stage(spread, then=measure), Stage(measure, join=Join(add)), Stage(add))
    flow = Flow("toy", request=ToyRequest, result=Total, stages=stages)
    job = await world.start(flow, size=1)
    await drain(world, flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["total"]) == ("succeeded", length + 5), done["error"]
