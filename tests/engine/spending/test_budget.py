"""Budgets are hard caps: reserved before spending, settled after, exact to the micro-dollar, whatever fails."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.openai import model_catalogue
from shared.engine.flow import Expect
from shared.engine.job import controls, lifecycle
from shared.engine.spending import budget, usage_meter
from shared.engine.store import paths
from shared.errors import BadInput, Permanent, PutBack, Transient
from shared.ports.documents import Merge
from tests.support.engine.paid import CEILING, Provider, Shop, flow_of
from tests.support.engine.world import Total, World


async def test_what_is_spent_is_settled_exactly(world: World) -> None:
    dice = random.Random(1)
    shop = Shop(world, Provider(cost=lambda: dice.randint(1, CEILING)))
    await shop.open(size=30, cap=100_000)
    await shop.drain()
    books = await shop.audit(at_rest=True)
    done = await shop.data()
    assert (done["status"], done["result"]["members"], done["warnings"]) == ("succeeded", 30, [])
    assert books["spent"] == shop.provider.paid == round(done["cost"]["usd"] * 1e6)
    assert books["room"] == 100_000 - shop.provider.paid


async def test_reaching_the_cap_pauses_and_raising_it_resumes(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=20, cap=4_400)  # eleven calls would fit, but a call may cost 1,000
    await shop.drain()
    paused = await shop.data()
    assert paused["status"] == "paused"
    assert paused["paused"]["code"] == "budget_reached"
    assert "headrace jobs resume" in paused["paused"]["advice"]
    assert 4_400 - CEILING < shop.provider.paid <= 4_400
    assert not world.queue.depth()
    calls = shop.provider.calls
    await shop.resume()  # without more money it stops again, and pays nothing
    await shop.drain()
    assert (await shop.status(), shop.provider.calls) == ("paused", calls)
    await shop.resume(20_000)
    await shop.drain()
    done = await shop.data()
    assert (done["status"], done["paused"], done["result"]["members"]) == ("succeeded", None, 20)
    assert shop.provider.calls == 20
    assert (await shop.audit(at_rest=True))["spent"] == 20 * 400


async def test_a_share_smaller_than_a_call_is_made_up_from_other_shards(world: World) -> None:
    shop = Shop(world, Provider(cost=lambda: CEILING))
    await shop.open(size=6, cap=4 * CEILING)  # 500 in each of 8 shards
    await shop.drain()
    assert (await shop.status(), shop.provider.paid) == ("paused", 4 * CEILING)
    assert (await shop.audit(at_rest=True))["room"] == 0


@pytest.mark.parametrize("seed", range(6))
async def test_a_retry_storm_over_several_processes_stays_below_the_cap(world: World, seed: int) -> None:
    dice = random.Random(seed)
    errors = [Transient("odd answer", code="model_invalid_answer"), PutBack("openai", 1.0), Transient("no answer")]
    provider = Provider(
        cost=lambda: dice.randint(1, CEILING),
        fate=lambda _: dice.choice(errors) if dice.random() < 0.7 else None,
    )
    shop = Shop(world, provider, flow_of(attempts=50))
    cap = dice.randint(3_000, 40_000)
    await shop.open(size=40, cap=cap)
    await shop.drain(processes=3, seed=seed)
    books = await shop.audit(at_rest=True)
    assert await shop.status() == "paused"
    assert cap - CEILING < books["spent"] <= cap
    assert provider.paid == books["spent"]


@pytest.mark.parametrize("error", [Transient("no answer"), TimeoutError(), RuntimeError("broken")])
async def test_a_call_that_does_not_say_what_it_cost_counts_as_all_it_may(world: World, error: Exception) -> None:
    provider = Provider(cost=lambda: CEILING, tells=False, fate=lambda n: error if n <= 2 else None)
    shop = Shop(world, provider)
    await shop.open(size=1, cap=10_000)
    await shop.drain()
    books = await shop.audit(at_rest=True)
    assert (await shop.status(), books["spent"]) == ("succeeded", 3 * CEILING)


@pytest.mark.parametrize("error", [PutBack("openai", 1.0), Transient("503", code="model_turned_away")])
async def test_a_call_that_was_turned_away_costs_nothing(world: World, error: Exception) -> None:
    provider = Provider(tells=False, fate=lambda n: error if n <= 2 else None)
    provider.cost = lambda: 0 if provider.calls <= 2 else 400
    shop = Shop(world, provider)
    await shop.open(size=1, cap=10_000)
    await shop.drain()
    assert (await shop.audit(at_rest=True))["spent"] == 400


@pytest.mark.parametrize("at_once", [False, True], ids=["in_turn", "at_once"])
async def test_several_calls_in_one_task_share_its_account(world: World, at_once: bool) -> None:
    shop = Shop(world, flow=flow_of(calls=5, at_once=at_once))
    await shop.open(size=3, cap=15 * CEILING)
    await shop.drain(processes=2)
    books = await shop.audit(at_rest=True)
    assert (await shop.status(), books["spent"], shop.provider.calls) == ("succeeded", 15 * 400, 15)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("at_once", [False, True], ids=["in_turn", "at_once"])
async def test_a_call_that_is_refused_stops_those_beside_it(world: World, at_once: bool, seed: int) -> None:
    """Tasks of several calls over a budget too small for them: none is left under way unseen, whoever gives up first."""
    shop = Shop(world, flow=flow_of(calls=5, at_once=at_once))
    await shop.open(size=4, cap=6 * CEILING)
    await shop.drain(processes=3, seed=seed)
    await shop.audit(at_rest=True)
    assert await shop.status() == "paused"
    await shop.resume(60 * CEILING)
    await shop.drain(processes=3, seed=seed)
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", shop.provider.paid)


async def test_calls_under_way_that_may_leave_room_are_waited_for(world: World) -> None:
    """Ten processes at once over a budget that holds all calls in turn, but never ten side by side."""
    shop = Shop(world, Provider(cost=lambda: 100))
    await shop.open(size=30, cap=30 * 100 + CEILING)
    await shop.drain(processes=10)
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", 3_000)


async def test_reservations_side_by_side_never_exceed_the_cap(world: World) -> None:
    under_way, most = [0], [0]

    def begins() -> None:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])

    provider = Provider(cost=lambda: CEILING)
    shop = Shop(world, provider)
    provider.before = begins
    await shop.open(size=60, cap=7 * CEILING)
    await shop.drain(processes=12)
    assert (await shop.status(), provider.calls) == ("paused", 7)


async def test_a_client_that_never_says_what_it_used_is_counted_at_its_ceiling(world: World) -> None:
    shop = Shop(world, Provider(cost=lambda: CEILING))
    ask = shop.provider.ask

    async def silent(**question: Any) -> Any:
        token = usage_meter.current_meter.set(None)
        answered = usage_meter._answered.set(None)
        try:
            return await ask(**question)
        finally:
            usage_meter._answered.reset(answered)
            usage_meter.current_meter.reset(token)

    shop.provider.ask = silent  # type: ignore[method-assign] # a gateway without usage
    await shop.open(size=3, cap=10_000)
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["spent"]) == ("succeeded", 3 * CEILING)


async def test_a_new_budget_must_cover_what_is_spent(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=20, cap=5_000)
    await shop.drain()
    spent = (await shop.audit(at_rest=True))["spent"]
    with pytest.raises(BadInput) as caught:
        await shop.resume(spent - 1)
    assert caught.value.code == "budget_too_small"
    assert await shop.status() == "paused"
    await shop.resume(spent)  # lower than before, and allowed: nothing more is spent
    await shop.drain()
    assert (await shop.status(), (await shop.audit(at_rest=True))["room"]) == ("paused", 0)


async def test_a_job_without_a_budget_is_given_none_later(world: World) -> None:
    shop = Shop(world)
    await shop.open(size=2, cap=None)
    await controls.pause(shop.job.id, shop.ports)
    with pytest.raises(BadInput) as caught:
        await shop.resume(1_000)
    assert caught.value.code == "no_budget"


@pytest.mark.parametrize("usd", [0, -1, float("nan"), float("inf"), 1e12])
async def test_an_amount_that_is_none_is_refused(world: World, usd: float) -> None:
    with pytest.raises(BadInput):
        await lifecycle.create(world.flow, {"size": 1}, lifecycle.Options(budget_usd=usd), world.ports)


async def test_money_goes_on_over_runs(world: World) -> None:
    shop = Shop(world, Provider(fate=lambda n: Permanent("refused", code="model_refused") if n == 3 else None))
    await shop.open(size=4, cap=10_000)
    await shop.drain()
    assert await shop.status() == "failed"
    before = shop.provider.calls
    await controls.retry(shop.flow, shop.job.id, shop.ports)
    await shop.drain()
    done = await shop.data()
    assert done["status"] == "succeeded"
    assert shop.provider.calls < before + 4  # what was recorded is not paid again
    assert (await shop.audit(at_rest=True))["spent"] == shop.provider.paid == round(done["cost"]["usd"] * 1e6)


async def test_a_model_without_a_price_is_said_to_be_out_of_sight(world: World) -> None:
    shop = Shop(world, Provider(cost=lambda: 0))
    await shop.open(size=2, cap=10_000)
    await shop.drain()
    assert (await shop.data())["warnings"] == ["the budget could not see the model calls: the model has no price"]


async def test_whose_price_nobody_knows_is_said_of_the_job(world: World) -> None:
    flow = replace(flow_of(), expects={"ask": Expect(calls=1, input_tokens=10)})
    shop = Shop(world, Provider(own="a-model-of-ones-own"), flow)
    await shop.open(size=2, cap=10_000)
    await shop.drain()
    (said,) = (await shop.data())["warnings"]
    assert said.startswith("no price of the model a-model-of-ones-own is known")


async def test_a_reservation_that_is_overtaken_is_undone(world: World) -> None:
    """Between the look at the room and the commit somebody else takes it: nothing is paid, nothing stays reserved."""
    shop = Shop(world, Provider(cost=lambda: CEILING))
    await shop.open(size=1, cap=10 * CEILING)
    ledger = budget.ledger_of(shop.job, paths.task_id(1, "ask", 0))
    assert ledger is not None
    original, stolen = shop.ports.documents.commit, [False]

    async def commit(*writes: Any) -> Any:
        reserving = any(isinstance(write, Merge) and write.path == ledger for write in writes)
        if reserving and not stolen[0]:
            stolen[0] = True
            everything = [Merge(paths.ledger(shop.job.id, k), increments={"room": -1250, "spent": 1250}) for k in range(8)]
            await original(*everything)
        return await original(*writes)

    shop.ports.documents.commit = commit  # type: ignore[method-assign] # the interleaving under test
    await shop.drain(audit=False)
    assert (await shop.status(), shop.provider.calls) == ("paused", 0)
    assert budget.total(await budget.read_ledger(shop.job.id, shop.ports), "reserved") == 0


def test_a_question_never_costs_more_than_its_ceiling() -> None:
    question = {"instructions": "Sum up.", "data": "ünïcödé 😀 " * 500, "answer": Total, "max_output_tokens": 700}
    most = model_catalogue.ceiling(("gpt-6-luna", "gpt-6.1-terra"), question)
    price = model_catalogue.price_of("gpt-6.1-terra")
    size = len(question["data"].encode())  # type: ignore[attr-defined] # a str
    assert most >= (size * price.input * model_catalogue.CACHE_WRITE_FACTOR + 700 * price.output) / 1e6
    assert model_catalogue.ceiling(("offline",), question) == 0
    assert model_catalogue.ceiling((), question) == model_catalogue.ceiling(("nobody-knows",), question) > most


def test_cents_are_rounded_against_the_spender() -> None:
    assert usage_meter.to_micros(0.0000011) == 2
    assert usage_meter.to_micros(0.002) == 2000
    assert budget.cap_of(0.0000019) == 1
    assert budget.cap_of(4.35) == 4_350_000
    assert sum(budget.shares(13)) == 13
