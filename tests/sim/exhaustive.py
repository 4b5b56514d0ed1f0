"""Small jobs of which every case is run: every fault at every port call, every order of deliveries with every crash."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterator, Mapping

from shared.engine.flow import Flow
from tests.sim.history import Order, Outcome, Plan, run
from tests.sim.world.faults import KINDS, Faults
from tests.sim.world.flow import ALL, POSTS, STORIES, TRIO
from tests.sim.world.messages import Item, Toy
from tests.sim.world.simulated_world import Knobs, Setting
from tests.sim.world.tasks import Mood

SMALL = Knobs(shard=2)
TWICE_EACH = Mood(duplicate=1.0, calm=float("inf"))
GIVES_UP = Mood(attempts=1, calm=float("inf"))
"""A queue that drops a task the first time it fails: the sweeper alone brings it back."""


def job(
    faults: Mapping[int, str], *, flow: Flow = ALL, size: int = 3, mood: Mood | None = None, sweeper: bool = False,
    knobs: Knobs = SMALL, choose: Callable[[int], int] | None = None, failing: Container[int] = (),
) -> Outcome:  # fmt: skip
    """One small job with these faults, of which some items fail. Without a sweeper, redelivery alone must do."""
    items = [Item(number=number, works=1.0, calls=1, fails=number in failing) for number in range(1, size + 1)]
    order = Order(flow, Toy(items=items), "the order")
    setting = Setting(
        seed="small", faults=Faults(dict(faults)), mood=mood or Mood(), sweeper=sweeper, pace=0.01, knobs=knobs, choose=choose
    )
    return run(Plan(setting, [order]))


def wrong(came: Outcome, status: str = "succeeded") -> str:
    """What is wrong with a job that nothing but faults kept from ending so; nothing, if all is well."""
    said = [violation.text for violation in came.violations]
    return "" if not said and came.statuses == [status] else f"{came.statuses} {came.hit} {said}"


def every_fault(kind: str, *, lost: bool, flow: Flow = ALL, failing: Container[int] = ()) -> Iterator[tuple[int, Outcome]]:
    """One fault of a kind at each port call in turn. `lost`: whatever it hits is never delivered again."""
    mood = GIVES_UP if lost else Mood()
    size = 2 if flow.branches else 3
    for at in range(1, job({}, flow=flow, size=size, mood=mood, sweeper=lost, failing=failing).calls + 1):
        yield at, job({at: kind}, flow=flow, size=size, mood=mood, sweeper=lost, failing=failing)


def orders(children: int) -> Iterator[tuple[int, ...]]:
    """Every order in which two deliveries each of alike children can come, but for the children's names."""
    for order in sorted(set(itertools.permutations(sorted([*range(children)] * 2)))):
        firsts = [child for at, child in enumerate(order) if child not in order[:at]]
        if firsts == sorted(firsts):
            yield order


def one_after_another(order: tuple[int, ...], seconds: float) -> Mood:
    """Each child delivered twice, in this order, so many seconds apart."""
    places = {child: [at for at, other in enumerate(order) if other == child] for child in order}

    def slot(name: str, copy: int) -> float:
        stage, *rest = name.split("-")[3:]
        return seconds * (1 + places[int(rest[0])][copy]) if stage == "cube" else 1.0 * copy

    return Mood(duplicate=1.0, calm=float("inf"), slots=slot)


def every_crash(order: tuple[int, ...], seconds: float, knobs: Knobs) -> Iterator[tuple[str, Outcome]]:
    """Three children delivered twice each in an order, with a crash before and after each port call."""
    mood = one_after_another(order, seconds)
    calls = job({}, flow=TRIO, mood=mood, knobs=knobs).calls
    for at in range(1, calls + 1):
        for kind in ("crash_before", "crash_after"):
            yield f"{order} {kind} at {at}", job({at: kind}, flow=TRIO, mood=mood, knobs=knobs)


class Newest:
    """Runs whatever began last to its end, but once, at step `at`, takes another (the `other`-th) instead."""

    def __init__(self, at: int = -1, other: int = 0) -> None:
        self._at, self._other = at, other
        self.widths: list[int] = []

    def __call__(self, count: int) -> int:
        self.widths.append(count)
        return self._other if len(self.widths) - 1 == self._at and self._other < count else count - 1


def every_preemption() -> Iterator[tuple[str, Outcome]]:
    """Three children delivered twice each at once: every schedule with one preemption."""
    plain = Newest()
    job({}, flow=TRIO, mood=TWICE_EACH, choose=plain)
    for at, width in enumerate(plain.widths):
        for other in range(width - 1):
            yield f"turn {at} to {other}", job({}, flow=TRIO, mood=TWICE_EACH, choose=Newest(at, other))


def everything() -> Iterator[tuple[str, str]]:
    """All of the above, with deliveries within a lease of each other and beyond it, each with what is wrong with it."""
    for flow, kind, lost in itertools.product((ALL, POSTS, STORIES), KINDS, (False, True)):
        yield from ((f"{flow.name}: {kind} at {at}", wrong(came)) for at, came in every_fault(kind, flow=flow, lost=lost))
    for kind, lost in itertools.product(KINDS, (False, True)):
        cases = every_fault(kind, flow=POSTS, lost=lost, failing={2})
        yield from ((f"a branch fails: {kind} at {at}", wrong(came, "partial")) for at, came in cases)
    for order in orders(3):
        yield from ((name, wrong(came)) for name, came in every_crash(order, 1.0, SMALL))
        yield from ((name, wrong(came)) for name, came in every_crash(order, 40.0, Knobs()))
    yield from ((name, wrong(came)) for name, came in every_preemption())
