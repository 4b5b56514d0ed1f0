"""Every case of small jobs. `python -m tests.sim --exhaustive` runs all orders of deliveries; here are some."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from shared.engine.flow import Flow
from tests.sim.exhaustive import SMALL, every_crash, every_fault, every_preemption, job, orders, wrong
from tests.sim.world.faults import KINDS, draw
from tests.sim.world.flow import ALL, COMBINED, POSTS, STORIES, TWICE


@pytest.mark.parametrize("lost", [False, True], ids=["redelivered", "lost"])
@pytest.mark.parametrize("kind", KINDS)
def test_one_fault_at_every_port_call(kind: str, lost: bool) -> None:
    came = list(every_fault(kind, lost=lost))
    assert len(came) > 40
    assert [text for _, one in came if (text := wrong(one))] == []


@pytest.mark.parametrize("lost", [False, True], ids=["redelivered", "lost"])
@pytest.mark.parametrize("kind", ["crash_after", "no_answer"])
@pytest.mark.parametrize("flow", [POSTS, STORIES], ids=lambda flow: flow.name)
def test_one_fault_at_every_port_call_of_branches(flow: Flow, kind: str, lost: bool) -> None:
    came = list(every_fault(kind, flow=flow, lost=lost))
    assert len(came) > 50
    assert [text for _, one in came if (text := wrong(one))] == []


@pytest.mark.parametrize("lost", [False, True], ids=["redelivered", "lost"])
def test_one_fault_at_every_port_call_when_a_branch_fails(lost: bool) -> None:
    came = list(every_fault("crash_after", flow=POSTS, lost=lost, failing={2}))
    assert [text for _, one in came if (text := wrong(one, "partial"))] == []


@pytest.mark.parametrize("flow", [ALL, TWICE, COMBINED, POSTS, STORIES], ids=lambda flow: flow.name)
def test_pairs_of_faults(flow: Flow) -> None:
    dice = random.Random("pairs")
    plans = [draw(dice, KINDS, 2, 70) for _ in range(60)]
    assert [text for plan in plans if (text := wrong(job(plan, flow=flow, sweeper=True)))] == []


def test_three_children_delivered_twice_each_with_one_crash() -> None:
    every = list(orders(3))
    assert len(every) == 15  # 90 orders of two deliveries each, the children being alike
    for order in islice(every, 0, None, 6):
        assert [f"{name}: {text}" for name, one in every_crash(order, 1.0, SMALL) if (text := wrong(one))] == []


def test_three_children_delivered_twice_each_at_once_with_one_preemption() -> None:
    came = list(every_preemption())
    assert len(came) > 200
    assert [f"{name}: {text}" for name, one in came if (text := wrong(one))] == []
