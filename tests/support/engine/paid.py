"""A job that pays, a provider that knows what it was really paid, and the books held against each other."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from shared.adapters.embedded.tasks import Delivery
from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls, lifecycle
from shared.engine.run_task import DeliveryResponse, run_task
from shared.engine.spending import budget, usage_meter
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import envelope as envelopes
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Document
from shared.ports.models import Usage
from tests.support.engine.world import LANES, Item, Squared, Total, ToyRequest, World
from tests.support.metered import metered_models

CEILING = 1000
"""Micro-dollars that a call may cost."""


@dataclass
class Provider:
    """Charges `cost()` micro-dollars a call, then does what `fate` says: answer, raise, or raise without telling the usage."""

    cost: Callable[[], int] = lambda: 400
    fate: Callable[[int], BaseException | None] = lambda _: None
    tells: bool = True
    paid: int = 0
    calls: int = 0
    label: str = "provider"
    before: Callable[[], Any] = lambda: None
    seconds: float = 0.0
    clock: Any = None
    own: str = ""
    """The name of its model, if it has no price."""

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return CEILING / 1e6

    def price(self, role: str, input_tokens: float, output_tokens: float) -> float:
        return 0.0

    def unpriced(self, role: str) -> str:
        return self.own

    async def ask(self, **question: Any) -> Any:
        await asyncio.sleep(0)
        self.before()
        self.calls += 1
        cost = self.cost()
        self.paid += cost
        await asyncio.sleep(0)
        error = self.fate(self.calls)
        if error is None or self.tells:
            usage_meter.count_usage(Usage(calls=1, input_tokens=10, output_tokens=1, usd=cost / 1e6))
        if error is not None:
            raise error
        return question["answer"](total=1, members=1)


def flow_of(*, calls: int = 1, at_once: bool = False, attempts: int = 4, version: int = 1) -> Flow:
    """Members that ask `calls` times each, in turn or at once."""

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=n) for n in range(request.size)]

    async def ask(item: Item, ports: Ports) -> Squared:
        questions = (ports.models.ask(instructions="", data=str(item.number), answer=Total) for _ in range(calls))
        if at_once:
            await asyncio.gather(*questions)
        else:
            for question in questions:
                await question
        return Squared(number=item.number, square=item.number**2)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(s.square for s in squares), members=len(squares))

    stages = (Stage(spread, then=ask), Stage(ask, join=Join(add), attempts=attempts), Stage(add))
    return Flow("toy", request=ToyRequest, result=Total, stages=stages, version=version)


@dataclass
class Shop:
    """A world with a provider behind its models port, and one job with a budget."""

    world: World
    provider: Provider = field(default_factory=Provider)
    flow: Flow = field(default_factory=flow_of)
    job: Document[JobRecord] = cast("Document[JobRecord]", None)

    def __post_init__(self) -> None:
        self.world.ports = self.world.with_ports(models=metered_models(self.provider))

    @property
    def ports(self) -> Ports:
        return self.world.ports

    async def open(self, *, size: int, cap: int | None, **options: Any) -> Document[JobRecord]:
        """Start a job with a budget of `cap` micro-dollars."""
        given = lifecycle.Options(budget_usd=None if cap is None else cap / 1e6, **options)
        self.job = (await lifecycle.create(self.flow, {"size": size}, given, self.ports)).job
        return self.job

    async def status(self) -> str:
        return str((await self.data())["status"])

    async def data(self) -> dict[str, Any]:
        return dict((await lifecycle.read(self.job.id, self.ports)).data)

    async def resume(self, cap: int | None = None) -> Document[JobRecord]:
        usd = None if cap is None else cap / 1e6
        return await controls.resume(self.flow, self.job.id, self.ports, budget_usd=usd)

    async def deliver(self, delivery: Delivery, ports: Ports | None = None, flow: Flow | None = None) -> DeliveryResponse:
        """One delivery to one process, ended or put back as the dispatcher would."""
        flow = flow or self.flow
        stage = flow.stage(delivery.function.removeprefix("toy_"))
        try:
            answer = await run_task(
                flow,
                stage,
                envelopes.parse(delivery.body.encode(), stage.name),
                ports or self.ports,
                again=delivery.attempts + delivery.lost > 0,
            )
        except (Transient, Conflict) as error:
            answer = DeliveryResponse(503, str(error))
        if answer.status < 300:
            await self.world.queue.end([delivery.name])
        else:
            await self.world.queue.put_back(delivery.name, self.world.clock.now() + 1)
        return answer

    async def drain(self, *, processes: int = 1, seed: int = 0, most: int = 5000, audit: bool = True) -> None:
        """Deliver until nothing is queued, to several processes at once; the books are audited between."""
        dice = random.Random(seed)
        several = [replace(self.ports, instance=f"process-{n}") for n in range(processes)]
        queue = self.world.queue
        while queue.depth() and most > 0:
            batch = [delivery for lane in LANES for delivery in await queue.take(lane, 100_000)]
            if not batch:
                self.world.clock.time = max(self.world.clock.time, min(queue.due(LANES).values()))
                continue
            dice.shuffle(batch)
            width = 1 if processes == 1 else 4 * processes
            for start in range(0, len(batch), width):
                most -= width
                some = batch[start : start + width]
                await asyncio.gather(*(self.deliver(one, dice.choice(several)) for one in some))
                if audit:
                    await self.audit()
        assert most > 0, "it goes round in circles"

    async def _read(self) -> tuple[list[Any], list[Document]]:
        """Ledger and tasks as they were at one moment: a call under way may commit between two reads."""
        while True:
            shards = await budget.read_ledger(self.job.id, self.ports)
            tasks = await self.ports.documents.query(paths.tasks(self.job.id))
            if await budget.read_ledger(self.job.id, self.ports) == shards:
                return list(shards), tasks

    async def audit(self, *, at_rest: bool = False) -> dict[str, int]:
        """Ledger, tasks and provider agree: to the micro-dollar when nothing is under way."""
        shards, tasks = await self._read()
        books = {name: budget.total(shards, name) for name in ("room", "reserved", "spent")}
        spent = sum(task.data.get("usd_micros", 0) for task in tasks)
        reserved = sum(task.data.get("reserved", 0) for task in tasks)
        cap = round((await self.data())["options"]["budget_usd"] * 1e6)
        assert (books["spent"], books["reserved"]) == (spent, reserved)
        assert sum(books.values()) == cap
        assert self.provider.paid <= cap, "the budget was exceeded"
        assert self.provider.paid <= spent + reserved, "something was paid that nobody wrote down"
        if at_rest:
            assert books["reserved"] == 0
        return books
