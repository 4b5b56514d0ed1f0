"""Toy flows that use the engine's whole range, over the same few stages. What they must come to is known without it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from shared.engine.flow import Branch, Cache, Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports
from tests.sim.world.messages import Item, Note, Plan, Square, Sums, Total, Toy
from tests.sim.world.models import Paid

MANY = 60
"""Attempts per stage: more than any plan of faults can burn."""


class Witness(Protocol):
    """Who sees what the stages do."""

    def made(self) -> int:
        """A number that no other execution has."""

    def at_work(self, ports: Ports, number: int, *, fails: bool) -> contextlib.AbstractContextManager[bool]:
        """From the beginning to the end of a stage's work; whether it is to fail."""

    def die(self, ports: Ports) -> None:
        """Take the process down."""

    def joined(self, members: list[tuple[int, int]]) -> None:
        """A join's stage was called with these."""


@dataclass(frozen=True)
class SimPorts(Ports):
    """Ports that lead to whoever watches."""

    witness: Witness = field(kw_only=True)


def witness(ports: Ports) -> Witness:
    """The history's witness."""
    if not isinstance(ports, SimPorts):
        raise TypeError("toy stages run in a simulation only")
    return ports.witness


async def _work(item: Item, ports: Ports) -> int:
    seen = witness(ports)
    with seen.at_work(ports, item.number, fails=item.fails) as fails:
        if item.works:
            await ports.clock.sleep(item.works / (item.calls + 1))
        if item.deadly:
            seen.die(ports)
        for call in range(item.calls):
            if call and item.works:
                await ports.clock.sleep(item.works / (item.calls + 1))
            await ports.models.ask(instructions="", data=f"{item.number}/{call}", answer=Paid, max_output_tokens=10)
        if fails:
            raise Permanent(f"{item.number} was to fail", code="asked")
        return seen.made()


def _squared(item: Item, made: int) -> Square:
    return Square(number=item.number, square=item.number**2, made=made, pad=item.pad)


def _total(squares: list[Square], note: Note | None, ports: Ports) -> Total:
    members = [(square.number, square.made) for square in squares]
    witness(ports).joined(members)
    return Total(total=sum(square.square for square in squares), members=members, note=(note.count, note.made) if note else None)


async def spread(request: Toy, ports: Ports) -> list[Item]:
    made = witness(ports).made()
    return [item.model_copy(update={"made": made}) for item in request.items]


async def note(items: list[Item], request: Toy, ports: Ports) -> Note:
    await ports.clock.sleep(request.note_works)
    return Note(count=len(items), made=witness(ports).made())


async def square(item: Item, ports: Ports) -> Square:
    return _squared(item, await _work(item, ports))


async def add(squares: list[Square], request: Toy, note: Note | None, ports: Ports) -> Total:
    return _total(squares, note, ports)


async def stream(request: Toy, ports: Ports) -> AsyncIterator[Item]:
    """As `spread`, without ever holding the whole."""
    made = witness(ports).made()
    for item in request.items:
        yield item.model_copy(update={"made": made})


async def weigh(item: Item, ports: Ports) -> Sums:
    return Sums(total=item.number**2, members=[(item.number, await _work(item, ports))])


def merge(parts: list[Sums]) -> Sums:
    return Sums(total=sum(part.total for part in parts), members=sorted(member for part in parts for member in part.members))


async def sum_up(sums: Sums, ports: Ports) -> Total:
    witness(ports).joined(sums.members)
    return Total(total=sums.total, members=sums.members)


async def regroup(squares: list[Square], ports: Ports) -> Plan:
    """A join that fans out again."""
    made = witness(ports).made()
    witness(ports).joined([(square.number, square.made) for square in squares])
    return Plan(items=[Item(number=square.square, made=made) for square in squares], made=made)


async def cube(item: Item, ports: Ports) -> Square:
    return _squared(item, await _work(item, ports))


async def total(cubes: list[Square], ports: Ports) -> Total:
    return _total(cubes, None, ports)


async def first(request: Toy, ports: Ports) -> Square:
    item = request.items[0]
    return _squared(item, await _work(item, ports))


async def second(before: Square, request: Toy, ports: Ports) -> Square:
    item = request.items[1]
    return Square(number=item.number, square=before.square + item.number**2, made=await _work(item, ports), pad=before.pad)


async def last(before: Square, ports: Ports) -> Total:
    return Total(total=before.square, members=[(before.number, before.made)])


async def draft(item: Item, request: Toy, ports: Ports) -> Plan:
    """A branch's first: its work, then three versions, of which some fail if the item is to fail."""
    made = await _work(item.model_copy(update={"fails": item.fails and item.number % 3 == 1}), ports)
    failing = {1: 0, 2: 2, 0: 1}[item.number % 3] if item.fails else 0
    slower = ({"rank": at, "fails": at < failing, "works": item.works * (1 + at // 2), "made": made} for at in range(3))
    return Plan(items=[item.model_copy(update=update) for update in slower], made=made)


async def caption(plan: Plan, request: Toy, ports: Ports) -> Note:
    await ports.clock.sleep(request.note_works)
    return Note(count=len(plan.items), made=witness(ports).made())


async def version(item: Item, ports: Ports) -> Square:
    return Square(number=item.rank, square=item.number**2, made=await _work(item, ports), pad=item.pad)


async def choose(versions: list[Square], plan: Plan, caption: Note | None, ports: Ports) -> Square:
    witness(ports).joined([(one.number, one.made) for one in versions])
    return _squared(plan.items[0], witness(ports).made())


async def collect(chosen: list[Square], request: Toy, ports: Ports) -> Total:
    return _total(chosen, None, ports)


async def begin(item: Item, ports: Ports) -> Item:
    """The first of a branch that is a mere chain."""
    made = await _work(item.model_copy(update={"fails": item.fails and item.number % 2 == 0}), ports)
    return item.model_copy(update={"fails": item.fails and item.number % 2 == 1, "made": made})


def posts(name: str, **join: Any) -> Flow:
    """A branch per item: a stage, three versions side by side with a side stage, and their join."""
    branch = Branch("post", first=draft, last=choose, join=Join(collect, **join), sums=("square",))
    stages = (
        Stage(spread, then=branch, attempts=MANY),
        Stage(draft, then=version, each="items", beside=caption, needs=(Toy,), attempts=MANY),
        Stage(caption, within=20, needs=(Toy,), attempts=MANY),
        Stage(version, join=Join(choose, tolerate=HALF), attempts=MANY),
        Stage(choose, needs=(draft, caption), attempts=MANY),
        Stage(collect, needs=(Toy,), attempts=MANY),
    )
    return Flow(name, request=Toy, result=Total, stages=stages)


def fan(name: str, *, cache: Cache | None = None, attempts: int = MANY, **join: Any) -> Flow:
    """One fan-out with a side stage, under the join's policy."""
    stages = (
        Stage(spread, then=square, beside=note, attempts=MANY, cache=replace(cache, key=None) if cache else None),
        Stage(note, within=20, needs=(Toy,), attempts=MANY),
        Stage(square, join=Join(add, **join), cache=cache, attempts=attempts, sums=("square",)),
        Stage(add, needs=(Toy, note), attempts=MANY),
    )
    return Flow(name, request=Toy, result=Total, stages=stages)


ENOUGH, WITHIN, HALF = 60.0, 12.0, 0.5
ALL = fan("all")
TOLERANT = fan("tolerant", tolerate=HALF)
SATED = fan("sated", enough=("square", ENOUGH))
HASTY = fan("hasty", within=WITHIN, tolerate=HALF)
CACHED = fan("cached", cache=Cache(days=1, key=lambda item: item.number))
MORTAL = fan("mortal", tolerate=1.0, attempts=3)
TWICE = Flow(
    "twice",
    request=Toy,
    result=Total,
    stages=(
        Stage(spread, then=square, attempts=MANY),
        Stage(square, join=Join(regroup), attempts=MANY),
        Stage(regroup, then=cube, each="items", attempts=MANY),
        Stage(cube, join=Join(total), attempts=MANY),
        Stage(total, attempts=MANY),
    ),
)
TRIO = Flow(
    "trio",
    request=Toy,
    result=Total,
    stages=(
        Stage(spread, then=cube, attempts=MANY),
        Stage(cube, join=Join(total), attempts=MANY),
        Stage(total, attempts=MANY),
    ),
)
COMBINED = Flow(
    "combined",
    request=Toy,
    result=Total,
    stages=(
        Stage(stream, then=weigh, attempts=MANY),
        Stage(weigh, join=Join(sum_up, combine=merge, tolerate=HALF), attempts=MANY),
        Stage(sum_up, attempts=MANY),
    ),
)
CHAIN = Flow(
    "chain",
    request=Toy,
    result=Total,
    stages=(
        Stage(first, then=second, attempts=MANY),
        Stage(second, then=last, needs=(Toy,), attempts=MANY),
        Stage(last, attempts=MANY),
    ),
)
POSTS = posts("posts", tolerate=HALF)
CROWD = posts("crowd", enough=("square", ENOUGH))
HURRY = posts("hurry", within=WITHIN, tolerate=HALF)
STORIES = Flow(
    "stories",
    request=Toy,
    result=Total,
    stages=(
        Stage(
            stream,
            then=Branch("story", first=begin, last=weigh, join=Join(sum_up, combine=merge, tolerate=HALF)),
            attempts=MANY,
        ),
        Stage(begin, then=weigh, attempts=MANY),
        Stage(weigh, attempts=MANY),
        Stage(sum_up, attempts=MANY),
    ),
)
BRANCHED = (POSTS, CROWD, HURRY, STORIES)
FLOWS = {flow.pipeline: flow for flow in (ALL, TOLERANT, SATED, HASTY, CACHED, MORTAL, TWICE, TRIO, COMBINED, CHAIN, *BRANCHED)}
