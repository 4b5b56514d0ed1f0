"""Guarantee 7: what a task costs in document operations does not grow with its fan-out, and no document is hot."""

from __future__ import annotations

from shared.engine.flow import Flow
from tests.sim.history import Order, Plan, run
from tests.sim.world.flow import POSTS, TRIO
from tests.sim.world.messages import Item, Toy
from tests.sim.world.simulated_world import Setting

SIZES = (50, 200, 1000)


def operations_per_task(size: int, flow: Flow = TRIO) -> float:
    items = [Item(number=number) for number in range(1, size + 1)]
    came = run(Plan(Setting(seed=size, sweeper=False, pace=0.0001), [Order(flow, Toy(items=items), "large")]))
    assert came.violations == []
    assert came.statuses == ["succeeded"]
    assert came.most_writes <= 50
    return came.operations / size


def test_operations_per_task_are_constant_and_no_document_is_hot() -> None:
    small, *larger = [operations_per_task(size) for size in SIZES]
    assert all(other <= small * 1.1 for other in larger), (small, larger)


def test_operations_per_branch_are_constant_and_no_document_is_hot() -> None:
    small, *larger = [operations_per_task(size, POSTS) for size in (20, 80, 320)]
    assert all(other <= small * 1.1 for other in larger), (small, larger)
