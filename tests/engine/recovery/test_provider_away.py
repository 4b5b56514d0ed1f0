"""A provider that is away: waited for by time, asked by one call now and then, and after a while the job waits for somebody."""

from __future__ import annotations

from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls
from shared.engine.limits.circuit import LONGEST, SharedCircuit
from shared.errors import Unavailable
from shared.ports import Ports
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World
from tests.support.metered import metered_models

SIZE = 60


class Provider:
    """Answers but for the time that it is away."""

    label = "provider"

    def __init__(self, world: World) -> None:
        self.world, self.away_from, self.back_at = world, 1e18, 1e18
        self.asked: list[float] = []
        self.answered = 0

    async def ask(self, **question: Any) -> Any:
        now = self.world.clock.now()
        if self.away_from <= now < self.back_at:
            self.asked.append(now)
            error = Unavailable("the model provider did not answer", code="model_turned_away")
            error.service = "https://models.test"
            raise error
        self.answered += 1
        return question["answer"](total=1, members=1)


def flow_of(*, patience: float = 900.0) -> Flow:
    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=number) for number in range(request.size)]

    async def ask(item: Item, ports: Ports) -> Squared:
        await ports.models.ask(instructions="", data=str(item.number), answer=Total)
        return Squared(number=item.number, square=1)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(one.square for one in squares), members=len(squares))

    return Flow(
        "toy",
        request=ToyRequest,
        result=Total,
        stages=(Stage(spread, then=ask), Stage(ask, join=Join(add), patience=patience), Stage(add)),
    )


@pytest.fixture
def provider(world: World) -> Provider:
    made = Provider(world)
    circuit = SharedCircuit("openai", world.ports.documents, world.clock)
    world.ports = world.with_ports(models=metered_models(made, circuit))
    return made


async def begun(world: World, flow: Flow) -> Any:
    """A job in the middle of its members."""
    job = await world.start(flow, size=SIZE)
    for delivery in await world.due():
        await world.deliver(delivery, flow)
    for number, delivery in enumerate(await world.due()):
        await (world.deliver(delivery, flow) if number % 2 else world.queue.put_back(delivery.name, world.clock.now()))
    return job


@pytest.mark.fault(17)
async def test_a_job_outlasts_a_provider_that_is_away_for_two_minutes(world: World, provider: Provider) -> None:
    flow = flow_of()
    job = await begun(world, flow)
    provider.away_from = world.clock.now()
    provider.back_at = world.clock.now() + 120
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"]) == ("succeeded", SIZE)
    assert provider.answered == SIZE  # nothing was paid twice
    seconds = [int(at) for at in provider.asked[3:]]  # the first few find it out
    assert max(map(seconds.count, seconds)) == 1  # a probe a second at most
    assert world.clock.now() - provider.back_at < 2 * LONGEST + 60


async def test_a_job_is_parked_when_the_provider_stays_away_and_goes_on_when_told(world: World, provider: Provider) -> None:
    flow = flow_of()
    job = await begun(world, flow)
    provider.away_from = world.clock.now()
    await world.drain(flow)
    parked = await world.job(job)
    assert (parked["status"], parked["paused"]["code"]) == ("paused", "provider_away")
    assert "https://models.test" in parked["paused"]["message"]
    assert "did not answer" in parked["paused"]["message"]
    assert f"headrace jobs resume {job.id}" in parked["paused"]["advice"]
    assert 900 <= world.clock.now() - provider.away_from < 1200
    world.clock.time += 3600
    provider.back_at = world.clock.now()
    await controls.resume(flow, job.id, world.ports)
    await world.drain(flow)
    done = await world.job(job)
    assert (done["status"], done["result"]["members"], provider.answered) == ("succeeded", SIZE, SIZE)


async def test_resumed_too_early_it_has_its_patience_again(world: World, provider: Provider) -> None:
    flow = flow_of(patience=60.0)
    job = await begun(world, flow)
    provider.away_from = world.clock.now()
    await world.drain(flow)
    assert (await world.job(job))["status"] == "paused"
    again = world.clock.now()
    await controls.resume(flow, job.id, world.ports)
    await world.drain(flow)
    assert (await world.job(job))["status"] == "paused"
    assert world.clock.now() - again >= 60


async def test_what_waits_says_for_what(world: World, provider: Provider) -> None:
    flow = flow_of()
    job = await begun(world, flow)
    provider.away_from = world.clock.now()
    for delivery in (await world.due())[:5]:
        await world.deliver(delivery, flow)
    tasks = await world.ports.documents.query(f"jobs/{job.id}/tasks")
    assert {task.data["waiting"] for task in tasks if task.data.get("waiting")} == {"the model provider did not answer"}
    assert {task.data["attempt"] for task in tasks} == {1}  # being away burns no attempt


async def test_processes_share_one_circuit(world: World) -> None:
    first, second = (SharedCircuit("openai", world.ports.documents, world.clock) for _ in range(2))
    for circuit in (first, second):
        for _ in range(3):
            circuit.away(Unavailable("it does not answer"))
    await first.admit()  # the probe
    with pytest.raises(Unavailable) as refused:
        await second.admit()
    assert 0 < (refused.value.retry_after or 0) <= 2.5
    first.back()
    await first.admit()
    await second.admit()
    await second.admit()
