"""Written text, images, vectors and moderation are paid for like answers: gated, reserved, settled to the micro-dollar."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls
from shared.engine.spending import usage_meter
from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.models import Models, Moderation, Picture, Usage
from tests.support.engine.paid import CEILING, Provider, Shop
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World
from tests.support.metered import metered_models

PIECES = ("The ", "mill ", "turns.")


@dataclass
class Studio(Provider):
    """The provider, whose other works cost as much as an answer does; a text is charged when its first piece is."""

    broken_after: int = 99
    closed: int = 0

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return 0.0 if "text" in question else super().ceiling(question)

    async def write(self, **question: Any) -> AsyncGenerator[str, None]:
        await asyncio.sleep(0)
        self.calls += 1
        cost = self.cost()
        self.paid += cost
        error = self.fate(self.calls)
        try:
            for number, piece in enumerate(PIECES):
                if error is not None and number == self.broken_after:
                    raise error
                await asyncio.sleep(0)
                yield piece
        finally:
            self.closed += 1
            if self.tells:
                usage_meter.count_usage(Usage(1, 10, 1, 0, cost / 1e6))

    async def draw(self, **question: Any) -> Picture:
        await self.ask(answer=Total)
        return Picture(b"png", "image/png", "brush")

    async def embed(self, texts: Sequence[str], **options: Any) -> list[list[float]]:
        await self.ask(answer=Total)
        return [[1.0] for _ in texts]

    async def moderate(self, text: str, **options: Any) -> Moderation:
        self.calls += 1
        usage_meter.count_usage(Usage(calls=1))
        return Moderation(False)


async def whole(models: Models) -> str:
    return "".join([piece async for piece in models.write(instructions="", data="")])


def flow_of(work: Callable[[Models], Awaitable[Any]], *, attempts: int = 4) -> Flow:
    """Members that do `work`."""

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=n) for n in range(request.size)]

    async def do(item: Item, ports: Ports) -> Squared:
        await work(ports.models)
        return Squared(number=item.number, square=item.number**2)

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(s.square for s in squares), members=len(squares))

    stages = (Stage(spread, then=do), Stage(do, join=Join(add), attempts=attempts), Stage(add))
    return Flow("toy", request=ToyRequest, result=Total, stages=stages)


async def everything(models: Models) -> None:
    assert await whole(models) == "The mill turns."
    assert (await models.draw(prompt="a mill")).model == "brush"
    assert await models.embed(["a", "b"]) == [[1.0], [1.0]]
    assert not (await models.moderate("a mill", image=b"png")).flagged


async def at_once(models: Models) -> None:
    await asyncio.gather(whole(models), models.draw(prompt=""), whole(models), models.embed(["a"]))


@pytest.mark.parametrize("work", [everything, at_once])
async def test_what_is_spent_is_settled_exactly(world: World, work: Callable[[Models], Awaitable[Any]]) -> None:
    dice = random.Random(1)
    shop = Shop(world, Studio(cost=lambda: dice.randint(1, CEILING)), flow_of(work))
    await shop.open(size=6, cap=100_000)
    await shop.drain(processes=2)
    books = await shop.audit(at_rest=True)
    assert (await shop.status(), books["spent"]) == ("succeeded", shop.provider.paid)
    assert (await shop.data())["cost"]["calls"] == shop.provider.calls == 24


async def test_reaching_the_cap_pauses_before_the_next_is_begun(world: World) -> None:
    shop = Shop(world, Studio(cost=lambda: CEILING), flow_of(everything))
    await shop.open(size=1, cap=2 * CEILING)
    await shop.drain()
    assert (await shop.status(), shop.provider.paid, shop.provider.calls) == ("paused", 2 * CEILING, 2)
    await shop.resume(20 * CEILING)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", shop.provider.paid)


@pytest.mark.parametrize("seed", range(3))
async def test_a_storm_of_broken_texts_and_images_stays_below_the_cap(world: World, seed: int) -> None:
    dice = random.Random(seed)
    errors = [Transient("odd answer", code="model_invalid_answer"), PutBack("openai", 1.0), Transient("no answer")]
    studio = Studio(
        cost=lambda: dice.randint(1, CEILING), fate=lambda _: dice.choice(errors) if dice.random() < 0.6 else None, broken_after=1
    )
    shop = Shop(world, studio, flow_of(everything, attempts=50))
    cap = dice.randint(5_000, 20_000)
    await shop.open(size=20, cap=cap)
    await shop.drain(processes=3, seed=seed)
    books = await shop.audit(at_rest=True)
    assert (await shop.status(), books["spent"]) == ("paused", studio.paid)
    assert cap - CEILING < books["spent"] <= cap


@pytest.mark.parametrize("tells", [True, False])
async def test_a_text_that_breaks_off_is_paid_for_whole_if_it_does_not_say(world: World, tells: bool) -> None:
    studio = Studio(tells=tells, fate=lambda n: Transient("cut") if n == 1 else None, broken_after=2)
    shop = Shop(world, studio, flow_of(whole))
    await shop.open(size=1, cap=10_000)
    await shop.drain()
    spent = (await shop.audit(at_rest=True))["spent"]
    assert (await shop.status(), spent) == ("succeeded", 2 * 400 if tells else 2 * CEILING)


async def test_an_image_that_is_refused_costs_nothing(world: World) -> None:
    async def work(models: Models) -> None:
        with pytest.raises(Permanent):
            await models.draw(prompt="gore")

    studio = Studio(cost=lambda: 0, tells=False, fate=lambda _: Permanent("no", code="image_blocked"))
    shop = Shop(world, studio, flow_of(work))
    await shop.open(size=1, cap=10_000)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", 0)


async def test_a_reader_that_stops_early_closes_the_text_and_pays(world: World) -> None:
    async def work(models: Models) -> None:
        async with contextlib.aclosing(models.write(instructions="", data="")) as pieces:
            assert await anext(pieces) == PIECES[0]

    studio = Studio()
    shop = Shop(world, studio, flow_of(work))
    await shop.open(size=2, cap=10_000)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"], studio.closed) == ("succeeded", 800, 2)


async def test_calls_between_two_pieces_have_accounts_of_their_own(world: World) -> None:
    """The text never says what it cost, the answers asked for in its middle do: neither is taken for the other."""

    async def work(models: Models) -> None:
        async for _ in models.write(instructions="", data=""):
            await models.ask(instructions="", data="", answer=Total)

    class Silent(Studio):
        async def write(self, **question: Any) -> AsyncGenerator[str, None]:
            self.paid += 400
            for piece in PIECES:
                yield piece

    shop = Shop(world, Silent(), flow_of(work))
    await shop.open(size=1, cap=20_000)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", CEILING + 3 * 400)


async def test_pieces_may_be_read_in_other_tasks(world: World) -> None:
    """As a server does that hands each piece to a connection's own task, which knows nothing of this one."""

    async def work(models: Models) -> None:
        pieces = models.write(instructions="", data="")
        assert await anext(pieces) == PIECES[0]
        for piece in PIECES[1:]:
            assert await asyncio.create_task(anext(pieces), context=contextvars.Context()) == piece
        await asyncio.create_task(pieces.aclose(), context=contextvars.Context())

    shop = Shop(world, Studio(), flow_of(work))
    await shop.open(size=1, cap=10_000)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", 400)


@pytest.mark.parametrize("cap", [None, 100_000], ids=["no_budget", "budget"])
async def test_nothing_is_begun_for_a_job_that_was_cancelled_meanwhile(world: World, cap: int | None) -> None:
    begun: list[str] = []

    async def work(models: Models) -> None:
        begun.append("work")
        await controls.cancel(shop.job.id, shop.ports)
        await models.draw(prompt="a mill")

    shop = Shop(world, Studio(), flow_of(work))
    await shop.open(size=1, cap=cap)
    await shop.drain(audit=False)
    assert (begun, await shop.status(), shop.provider.calls) == (["work"], "cancelled", 0)


async def test_outside_a_task_nothing_is_metered() -> None:
    studio = Studio()
    models = metered_models(studio)
    assert await whole(models) == "The mill turns."
    assert (await models.draw(prompt="a mill")).model == "brush"
    assert studio.calls == 2
