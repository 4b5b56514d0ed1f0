"""One history: what a seed plans, run until everything is quiet, then checked."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from shared.engine.flow import Flow
from shared.engine.job import controls, lifecycle
from shared.errors import BadInput, Conflict
from shared.ports import Ports
from tests.sim import checker
from tests.sim.watch import TERMINAL
from tests.sim.world.attempts import Violation
from tests.sim.world.faults import CRASHES, STALLS, STORE, Faults, draw
from tests.sim.world.flow import ALL, BRANCHED, CACHED, CHAIN, COMBINED, HASTY, MORTAL, SATED, TOLERANT, TWICE
from tests.sim.world.loop import EPOCH, Stuck
from tests.sim.world.messages import Item, Toy
from tests.sim.world.simulated_world import Knobs, Setting, World, determined
from tests.sim.world.tasks import Mood

TROUBLED = 300.0
"""Seconds after which the queue misbehaves no more."""
LONGEST = 6 * 3600.0
"""Seconds within which every job must have ended."""


@dataclass
class Order:
    """What one client does: a job, and what happens to it."""

    flow: Flow
    request: Toy
    name: str = ""
    """The client's own, and so its idempotency key."""
    at: float = 0.0
    cancel_after: float | None = None
    pause_after: float | None = None
    retries: int = 0
    budget: float | None = None
    """Dollars, doubled whenever they are spent."""
    deadline: float | None = None
    job: str = ""
    cancelled: bool = False


@dataclass
class Plan:
    """Everything that a seed decides."""

    setting: Setting
    orders: list[Order] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What came of a history."""

    seed: int | str
    violations: list[Violation]
    calls: int
    turns: int
    seconds: float
    hit: list[tuple[int, str, str]]
    statuses: list[str]
    operations: int = 0
    """Documents read and written."""
    most_writes: int = 0
    """Writes of the document that was written most."""


def plan(seed: int) -> Plan:
    """The seed's plan. Faults never use up a stage's attempts, so what must come out is known."""
    dice = random.Random(f"plan {seed}")
    orders = [_order(dice, flow, f"order {n}") for n, flow in enumerate(_flows(dice))]
    kinds: tuple[str, ...] = dice.choice(((), CRASHES, CRASHES, STORE, STORE, STALLS, CRASHES + STORE, CRASHES + STORE + STALLS))
    mood = dice.choice((_calm, _calm, _doubling, _losing, _awful))(dice)
    needs_sweeping = any(order.retries or order.pause_after is not None or order.budget for order in orders)
    sweeper = mood.drop > 0 or dice.random() < 0.65 or needs_sweeping
    faults = draw(dice, kinds, dice.choice((1, 3, 6, 16)), dice.choice((60, 150, 400)))
    if orders[0].flow is MORTAL:  # here attempts do run out, and innocent neighbours' too
        faults, mood = {}, replace(mood, unanswered=0.0)
    setting = Setting(
        seed=seed,
        processes=dice.randint(1, 3),
        faults=Faults(faults),
        mood=mood,
        trouble=dice.choice((0.0, 0.0, 0.2)) if orders[0].flow is not MORTAL else 0.0,
        lifo=dice.choice((0.0, 0.5, 0.9)),
        pace=dice.choice((0.001, 0.01, 0.05)),
        sweeper=sweeper,
        obituaries=dice.random() < 0.3,
        knobs=Knobs(
            shard=dice.choice((2, 3, 4, 20)),
            page=dice.choice((1, 2, 5, 500)),
            input_bytes=dice.choice((100, 32 * 1024)),
            inline_bytes=dice.choice((300, 200 * 1024, 200 * 1024)),
        ),
    )
    return Plan(setting, orders)


def _flows(dice: random.Random) -> list[Flow]:
    if dice.random() < 0.15:
        return [CACHED] * dice.randint(2, 3)
    if dice.random() < 0.06:
        return [MORTAL]  # alone: its crashes would hit the others too
    if dice.random() < 0.3:
        return [dice.choice(BRANCHED) for _ in range(dice.choice((1, 1, 2)))]
    common = (ALL, ALL, TOLERANT, SATED, HASTY, TWICE, TWICE, COMBINED, COMBINED, CHAIN, CACHED)
    return [dice.choice(common) for _ in range(dice.choice((1, 1, 1, 2)))]


def _order(dice: random.Random, flow: Flow, name: str) -> Order:
    size = 2 if flow is CHAIN else dice.choice((0, 1, 2, 2, 3, 3, 4, 6))
    failing = 0.0 if flow is CACHED or dice.random() < 0.6 else dice.choice((0.1, 0.3, 0.6))
    slow = dice.choice((0.0, 0.2, 3.0, 3.0, 45.0))
    calls = dice.choice((1, 2) if flow is CACHED else (0, 0, 1, 2))
    items = [
        Item(
            number=number + 1,
            rank=dice.randint(0, 2),
            works=round(dice.random() * slow, 3),
            calls=calls,
            fails=dice.random() < failing,
            deadly=flow is MORTAL and dice.random() < 0.1,
        )
        for number in range(size)
    ]
    order = Order(flow, Toy(items=items, note_works=dice.choice((0.0, 1.0, 40.0))), name, at=round(dice.random() * 3, 3))
    if dice.random() < 0.15:
        order.cancel_after = round(dice.random() * dice.choice((0.5, 5, 60)), 3)
    if dice.random() < 0.1:
        order.pause_after = round(dice.random() * dice.choice((0.5, 5, 20)), 3)
    if calls and dice.random() < 0.4:
        order.budget = dice.choice((0.02, 0.05, 1.0))
    if dice.random() < 0.05:
        order.deadline = dice.choice((2.0, 20.0))
    if dice.random() < 0.5:
        order.retries = dice.randint(1, 2)
    return order


def _calm(dice: random.Random) -> Mood:
    return Mood(late=dice.choice((0.0, 2.0)))


def _doubling(dice: random.Random) -> Mood:
    return Mood(
        duplicate=0.5, unanswered=0.2, late=dice.choice((0.0, 1.0, 20.0)), window=dice.choice((0.0, 60.0)), calm=EPOCH + TROUBLED
    )


def _losing(dice: random.Random) -> Mood:
    return Mood(drop=dice.choice((0.1, 0.3)), duplicate=0.1, late=1.0, attempts=dice.choice((2, 1000)), calm=EPOCH + TROUBLED)


def _awful(dice: random.Random) -> Mood:
    return Mood(drop=0.1, duplicate=0.3, unanswered=0.2, late=10.0, window=30.0, attempts=5, deadline=20.0, calm=EPOCH + TROUBLED)


def run(planned: Plan) -> Outcome:
    """Run a plan and check what came of it."""
    world = World(planned.setting)
    with determined(planned.setting):
        try:
            world.run(_lived(world, planned))
        except Stuck as stuck:
            world.watch.report(1, f"stuck: {stuck}")
        deadly = any(item.deadly for order in planned.orders for item in order.request.items)
        undisturbed, mood = not planned.setting.faults.hit and not deadly, planned.setting.mood
        kind = mood.drop == 0 and mood.unanswered == 0 and mood.late <= 2 and not planned.setting.trouble
        checker.check(world.watch, planned.orders, undisturbed=undisturbed, kind_queue=kind)
    faults, store = planned.setting.faults, world.store
    return Outcome(
        planned.setting.seed,
        world.watch.violations,
        calls=faults.calls,
        turns=world.loop.turns,
        seconds=world.loop.time() - EPOCH,
        hit=faults.hit,
        statuses=[str(data["status"]) for data in store.parsed["jobs"].values()],
        operations=store.operations,
        most_writes=max(store.writes.values(), default=0),
    )


async def _lived(world: World, planned: Plan) -> None:
    clients = [world.loop.create_task(_client(world, order)) for order in planned.orders]
    if planned.setting.sweeper:
        world.loop.create_task(world.sweeping())
    while world.loop.time() < EPOCH + LONGEST:
        await world.wait(10.0)
        if all(client.done() for client in clients) and not world.queue.pending:
            break
    for client, order in zip(clients, planned.orders, strict=True):
        if client.done():
            client.result()
        else:
            status = (world.store.look(f"jobs/{order.job}") or {}).get("status")
            world.watch.report(1, f"job {order.job} of {order.flow.name} hangs: it is {status} after {LONGEST:.0f} s")


async def _client(world: World, order: Order) -> None:
    await world.wait(order.at)
    options = lifecycle.Options(budget_usd=order.budget, deadline_s=order.deadline)
    accepted = await world.ask(
        lambda ports: lifecycle.create(order.flow, order.request.model_dump(), options, ports, idempotency_key=order.name)
    )
    order.job = accepted.job.id
    if order.cancel_after is not None:
        await world.wait(order.cancel_after)
        order.cancelled = True
        await world.ask(lambda ports: controls.cancel(order.job, ports))
    if order.pause_after is not None:
        await world.wait(order.pause_after)
        await world.ask(lambda ports: controls.pause(order.job, ports))
    for left in range(order.retries, -1, -1):
        status = await _ended(world, order)
        if not left or status == "succeeded":
            break
        await world.wait(world.dice.random() * 30)
        world.watch.healed.add(order.job)
        order.cancelled = False
        await world.ask(lambda ports: _retry(order, ports))


async def _ended(world: World, order: Order) -> str:
    """Wait until the job has ended; let it go on when it pauses, with more money if that is what it wants."""
    while True:
        data = world.store.look(f"jobs/{order.job}")
        if data is not None and data["status"] in TERMINAL:
            return str(data["status"])
        if data is not None and data["status"] == "paused":
            await world.wait(world.dice.random() * 20)
            await _resume(world, order, (data["paused"] or {}).get("code"))
        await world.wait(2.0)


async def _resume(world: World, order: Order, code: str | None) -> None:
    budget = order.budget if code == "budget_reached" else None
    while True:
        if budget is not None:
            order.budget = budget = 2 * budget
            world.watch.budgets[order.job] = budget
        try:
            await world.ask(lambda ports: controls.resume(order.flow, order.job, ports, budget_usd=budget))  # noqa: B023 - awaited here
        except BadInput:
            continue  # more than that is spent
        except Conflict:
            pass  # it was cancelled, or out of time
        return


async def _retry(order: Order, ports: Ports) -> Any:
    try:
        return await controls.retry(order.flow, order.job, ports)
    except Conflict:  # asked before, and only the answer was lost
        return None
