"""The near-duplicate gate: copies refused wherever they come from, a task's own text never, two at once let one in."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from functions.forum_posts.near_duplicates import duplicate_gate
from shared.engine.spending import usage_meter
from shared.errors import Conflict
from shared.ports.documents import Committed, Write
from tests.unit.functions.forum_posts.conftest import World

TEXT = (
    "Quick note on Acme today, mostly because of the quarter. The balance sheet buys time, so I keep my own size small. "
    "Remember that revenue rose 12.5% on the year. Margins decide what it is worth. A weaker consumer would hurt, so judge for yourself."
)
COPY = TEXT.replace("Quick note", "Short note").replace("a weaker", "a weak")
OTHER = (
    "Who here has followed the chip cycle longer than I have? My notes say that inventories speak slowly and loudly at once. "
    "When currencies move, exporters notice first and investors last; that is where patience earns its keep, in my view."
)


async def test_a_copy_is_refused_and_the_original_named(world: World) -> None:
    assert not (await duplicate_gate.let_in("a.0", TEXT, {}, world.ports)).refused
    nearest = await duplicate_gate.let_in("b.0", COPY, {}, world.ports)
    assert (nearest.refused, nearest.to) == (True, "a.0")
    assert nearest.alike > 0.8
    assert (await duplicate_gate.earlier("b.0", world.ports)).made is None


async def test_another_text_gets_through(world: World) -> None:
    await duplicate_gate.let_in("a.0", TEXT, {}, world.ports)
    assert not (await duplicate_gate.let_in("b.0", OTHER, {}, world.ports)).refused


async def test_an_owner_does_not_collide_with_itself_and_gets_its_text_back(world: World) -> None:
    await duplicate_gate.let_in("a.0", TEXT, {"text": TEXT}, world.ports)
    again = await duplicate_gate.let_in("a.0", COPY, {"text": COPY}, world.ports)
    assert not again.refused
    found = (await duplicate_gate.earlier("a.0", world.ports)).made
    assert found is not None
    assert found["text"] == COPY


async def test_after_thirty_days_it_may_be_said_again(world: World) -> None:
    await duplicate_gate.let_in("a.0", TEXT, {}, world.ports)
    world.clock.time += 29.9 * 86400
    assert (await duplicate_gate.let_in("b.0", COPY, {}, world.ports)).refused
    world.clock.time += 0.2 * 86400
    assert not (await duplicate_gate.let_in("b.0", COPY, {}, world.ports)).refused


async def test_of_two_copies_in_one_process_the_second_looks_when_the_first_is_in(world: World) -> None:
    documents = Together(world.ports.documents, 0)
    ports = replace(world.ports, documents=documents)
    found = await asyncio.gather(*(duplicate_gate.let_in(f"{letter}.0", TEXT, {}, ports) for letter in "abcdefgh"))
    assert sum(not nearest.refused for nearest in found) == 1
    assert documents.conflicts == 0


async def test_of_two_copies_at_once_one_gets_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two processes both look before either has written: the second commit is refused by a band's document and looks again."""
    monkeypatch.setattr(duplicate_gate, "_turn", lambda _: contextlib.nullcontext())
    documents = Together(world.ports.documents, 2)
    ports = replace(world.ports, documents=documents)
    one, other = await asyncio.gather(
        duplicate_gate.let_in("a.0", TEXT, {}, ports), duplicate_gate.let_in("b.0", COPY, {}, ports)
    )
    assert sorted((one.refused, other.refused)) == [False, True]
    assert documents.conflicts == 1


async def test_a_commit_whose_answer_was_lost_is_made_again_without_a_collision(world: World) -> None:
    await duplicate_gate.let_in("a.0", TEXT, {"text": TEXT}, world.ports)  # it happened, and nobody heard
    assert not (await duplicate_gate.let_in("a.0", TEXT, {"text": TEXT}, world.ports)).refused


class Together:
    """Documents whose first `count` commits wait for each other."""

    def __init__(self, documents: Any, count: int) -> None:
        self._documents = documents
        self._barrier = asyncio.Barrier(max(1, count))
        self._waiting = count
        self.conflicts = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    async def commit(self, *writes: Write) -> Committed:
        if self._waiting:
            self._waiting -= 1
            await self._barrier.wait()
        try:
            made: Committed = await self._documents.commit(*writes)
        except Conflict:
            self.conflicts += 1
            raise
        return made


async def test_a_post_of_five_versions_costs_fifty_five_reads_and_writes(world: World) -> None:
    counted = Counted(world.ports.documents)
    ports = replace(world.ports, documents=cast("Any", counted))
    with attempt(first=True):
        for number in range(5):
            owner = f"p.{number}"
            assert (await duplicate_gate.earlier(owner, ports, new=True)).made is None
            await duplicate_gate.let_in(owner, " ".join(words(75, random.Random(number))), {}, ports)
    assert counted.reads + counted.writes == 55


async def test_among_many_posts_of_shared_sentences_it_costs_no_more_than_sixty(world: World) -> None:
    """What shares three sentences of seven is no copy; what is let in costs a read more only where a sketch cannot tell."""
    dice = random.Random(3)
    pool = [" ".join(words(dice.randint(7, 13), dice)).capitalize() + "." for _ in range(150)]
    counted = Counted(world.ports.documents)
    ports = replace(world.ports, documents=cast("Any", counted))
    texts = [" ".join(dice.sample(pool, 7)) for _ in range(500)]
    refused = [(await duplicate_gate.let_in(f"p{at}.0", text, {}, ports)).refused for at, text in enumerate(texts[:400])]
    assert sum(refused) <= 8
    counted.reads = counted.writes = 0
    for at, text in enumerate(texts[400:], 400):
        await duplicate_gate.let_in(f"p{at}.0", text, {}, ports)
    assert counted.reads + counted.writes <= 60 / 5 * 100
    half = " ".join(texts[450].split(". ")[:5])
    others = " ".join(words(60, dice))
    assert (await duplicate_gate.let_in("copy.0", f"{half} {others}", {}, ports)).refused


async def test_what_may_be_there_of_an_earlier_attempt_is_looked_for(world: World) -> None:
    """A later attempt, a post that another request began, and what is no task's: each finds what was let in."""
    await duplicate_gate.let_in("a.0", TEXT, {"text": TEXT}, world.ports)
    assert (await duplicate_gate.earlier("a.0", world.ports, new=True)).made is not None
    with attempt(first=False):
        assert (await duplicate_gate.earlier("a.0", world.ports, new=True)).made is not None
    with attempt(first=True):
        assert (await duplicate_gate.earlier("a.0", world.ports)).made is not None
        assert (await duplicate_gate.earlier("a.0", world.ports, new=True)).made is None


async def test_a_copy_is_found_behind_texts_that_are_gone(world: World) -> None:
    """Sketches of released texts are passed over, and go with the next text that is let in beside them."""
    for owner in ("a.0", "b.0", "c.0"):
        assert not (await duplicate_gate.let_in(owner, TEXT, {}, world.ports)).refused
        await duplicate_gate.release([owner], world.ports)
    assert not (await duplicate_gate.let_in("d.0", TEXT, {}, world.ports)).refused
    bands = await world.ports.documents.query("bands")
    assert {name for band in bands for name in band.data["sketches"]} == {"d.0"}
    nearest = await duplicate_gate.let_in("e.0", COPY, {}, world.ports)
    assert (nearest.refused, nearest.to) == (True, "d.0")


def words(count: int, dice: random.Random) -> list[str]:
    return ["".join(dice.choices("abcdefghiklmnoprstuvw", k=dice.randint(3, 9))) for _ in range(count)]


@contextlib.contextmanager
def attempt(*, first: bool) -> Iterator[None]:
    """Inside, a task runs."""
    token = usage_meter.current_meter.set(usage_meter.Meter("j1", "bulk", first=first))
    try:
        yield
    finally:
        usage_meter.current_meter.reset(token)


async def test_a_released_text_may_be_said_again(world: World) -> None:
    await duplicate_gate.let_in("a.0", TEXT, {}, world.ports)
    await duplicate_gate.release(["a.0"], world.ports)
    assert not (await duplicate_gate.let_in("b.0", COPY, {}, world.ports)).refused


class Counted:
    """Documents that count what is read and written."""

    def __init__(self, documents: Any) -> None:
        self._documents = documents
        self.reads = self.writes = 0

    async def get(self, path: str) -> Any:
        self.reads += 1
        return await self._documents.get(path)

    async def get_many(self, paths: list[str]) -> Any:
        self.reads += len(paths)
        return await self._documents.get_many(paths)

    async def commit(self, *writes: Write) -> Any:
        self.writes += len(writes)
        return await self._documents.commit(*writes)
