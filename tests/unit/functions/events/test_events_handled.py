"""Events come twice, late, in any order, and from ourselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.engine.store import paths
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change, Trigger, handle_change, mark_own_write
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Committed, Write
from tests.support.engine.world import World


@dataclass
class Effect:
    """What a trigger did."""

    of: list[str] = field(default_factory=list)
    hook: Any = None

    async def __call__(self, change: Change, ports: Ports) -> None:
        self.of.append(change.id)
        if self.hook is not None:
            await self.hook(change, ports)


@pytest.fixture
def effect() -> Effect:
    return Effect()


def change(number: int, *, at: int | None = None, path: str = "agents/a", before: Any = None, after: Any = None) -> Change:
    return Change(f"//store {number}", path, before, {"n": number} if after is None else after, number if at is None else at)


@pytest.mark.fault(33)
async def test_an_event_that_comes_twice_is_handled_once(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)
    assert [await handle_change("f", trigger, change(1), world.ports) for _ in range(3)] == ["done", "repeated", "repeated"]
    assert effect.of == ["//store 1"]
    assert await handle_change("g", trigger, change(1), world.ports) == "done"  # another function's events are its own


@pytest.mark.fault(33)
async def test_a_change_older_than_the_last_one_handled_is_passed_over(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)
    outcomes = [await handle_change("f", trigger, change(number), world.ports) for number in (2, 1, 3)]
    assert outcomes == ["done", "older", "done"]
    assert await handle_change("f", trigger, change(1, path="agents/b"), world.ports) == "done"
    assert await handle_change("f", trigger, change(4, at=3), world.ports) == "done"  # as old is not older


async def test_where_each_change_counts_the_order_does_not(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect, latest=False)
    assert [await handle_change("f", trigger, change(number), world.ports) for number in (2, 1, 2)] == [
        "done",
        "done",
        "repeated",
    ]


@pytest.mark.fault(33)
async def test_our_own_marked_write_triggers_nothing_and_later_writes_do(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)
    ours = mark_own_write({"context": "x"})
    assert await handle_change("f", trigger, change(1, before={"n": 0}, after=ours), world.ports) == "own"
    theirs = {**ours, "name": "edited"}  # who merges fields leaves our mark where it was
    assert await handle_change("f", trigger, change(2, before=ours, after=theirs), world.ports) == "done"
    assert await handle_change("f", trigger, change(3, before=theirs, after=mark_own_write(theirs)), world.ports) == "own"
    assert effect.of == ["//store 2"]


@pytest.mark.fault(33)
async def test_a_crash_before_or_after_the_effect_repeats_it_and_loses_nothing(world: World, effect: Effect) -> None:
    async def die(change: Change, ports: Ports) -> None:
        raise Transient("no answer")

    effect.hook = die
    trigger = Trigger("agents/{id}", effect)
    with pytest.raises(Transient):
        await handle_change("f", trigger, change(1), world.ports)
    effect.hook = None

    class Dying:
        """A store that the process does not live to write to."""

        def __getattr__(self, name: str) -> Any:
            return getattr(world.ports.documents, name)

        async def commit(self, *writes: Write) -> Committed:
            raise Transient("killed")

    with pytest.raises(Transient):
        await handle_change("f", trigger, change(1), world.with_ports(documents=Dying()))
    assert await handle_change("f", trigger, change(1), world.ports) == "done"
    assert effect.of == ["//store 1"] * 3
    assert await handle_change("f", trigger, change(1), world.ports) == "repeated"


async def test_of_two_at_once_the_newer_one_is_remembered(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)

    async def newer_comes_meanwhile(of: Change, ports: Ports) -> None:
        effect.hook = None
        assert await handle_change("f", trigger, change(5), ports) == "done"

    effect.hook = newer_comes_meanwhile
    assert await handle_change("f", trigger, change(1), world.ports) == "done"
    last = await world.ports.documents.get(paths.last_event("f", "agents/a"))
    assert last is not None
    assert last.data["updated_at"] == 5
    assert await handle_change("f", trigger, change(1), world.ports) == "repeated"


async def test_an_event_is_forgotten_after_its_time(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)
    await handle_change("f", trigger, change(1), world.ports)
    world.clock.time += document_events.KEPT + 1
    assert await handle_change("f", trigger, change(1), world.ports) == "done"


async def test_other_documents_are_not_its_business(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect)
    for path in ("agents/a/notes/1", "users/a", "agents"):
        assert await handle_change("f", trigger, change(1, path=path), world.ports) == "elsewhere"
    assert not effect.of


async def test_a_change_that_does_not_matter_costs_no_operation(world: World, effect: Effect) -> None:
    trigger = Trigger("agents/{id}", effect, when=lambda change: change.after is None)
    nowhere: Any = None
    assert await handle_change("f", trigger, change(1), world.with_ports(documents=nowhere)) == "nothing"
    deleted = Change("//store 2", "agents/a", {}, None, 2)
    assert await handle_change("f", trigger, deleted, world.ports) == "done"


@pytest.mark.parametrize("collection", sorted(document_events.OWN))
def test_what_handling_writes_to_cannot_be_watched(collection: str, effect: Effect) -> None:
    with pytest.raises(ValueError, match="again"):
        Trigger(f"{collection}/{{id}}", effect)


@pytest.mark.parametrize("document", ["agents", "agents/a", "{x}/{y}", "users/{u}/engagements/{e}", "agents/{id", ""])
def test_a_pattern_is_a_collection_and_one_wildcard(document: str, effect: Effect) -> None:
    with pytest.raises(ValueError, match="not like"):
        Trigger(document, effect)


async def test_a_conflict_of_the_effect_is_not_taken_for_done(world: World, effect: Effect) -> None:
    async def conflict(change: Change, ports: Ports) -> None:
        raise Conflict("held")

    effect.hook = conflict
    with pytest.raises(Conflict):
        await handle_change("f", Trigger("agents/{id}", effect), change(1), world.ports)
    effect.hook = None
    assert await handle_change("f", Trigger("agents/{id}", effect), change(1), world.ports) == "done"
