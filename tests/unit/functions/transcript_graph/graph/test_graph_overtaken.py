"""A change of a graph that somebody else overtakes is made anew; one that nobody overtakes waits for nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from functions.transcript_graph.graph.record_pages import TRIES, Pages, change_graph
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.clock import SystemClock
from tests.unit.functions.transcript_graph.graph_world import GraphWorld


@dataclass
class PatientClock(SystemClock):
    """Writes down how long anybody wanted to wait, and lets nobody wait."""

    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def ports(world: GraphWorld, clock: PatientClock) -> Ports:
    return replace(world.ports, clock=clock)


async def _put(pages: Pages, key: str) -> None:
    await pages.make_room("transcripts", 1)
    await pages.load("transcripts", [key])
    pages.put("transcripts", key, {"blob": key})
    await pages.save({})


async def test_a_change_that_nobody_overtakes_is_made_once_and_at_once(ports: Ports, clock: PatientClock) -> None:
    opened: list[int] = []

    async def change(pages: Pages) -> str:
        opened.append(pages.head["version"])
        await _put(pages, "own")
        return "made"

    assert await change_graph("talks", change, ports) == "made"
    assert (opened, clock.slept) == ([0], [])


async def test_a_change_that_is_overtaken_is_made_anew_on_what_is_there_by_then(ports: Ports, clock: PatientClock) -> None:
    opened: list[int] = []

    async def change(pages: Pages) -> None:
        opened.append(pages.head["version"])
        if len(opened) < 3:
            await _put(await Pages.open("talks", ports), f"other{len(opened)}")
        await _put(pages, "own")

    await change_graph("talks", change, ports)
    after = await Pages.open("talks", ports)
    assert opened == [0, 1, 2]
    assert sorted(await after.load_all("transcripts")) == ["other1", "other2", "own"]
    assert len(clock.slept) == 2


async def test_a_change_that_is_always_overtaken_says_so(ports: Ports, clock: PatientClock) -> None:
    async def change(pages: Pages) -> None:
        raise Conflict(f"overtaken at version {pages.head['version']}")

    with pytest.raises(Conflict, match="all the time"):
        await change_graph("talks", change, ports)
    assert len(clock.slept) == TRIES


async def test_pages_that_were_replaced_are_read_anew_and_a_silent_store_is_not_asked_again(ports: Ports) -> None:
    tries: list[str] = ["graph_changed", "blob_lost"]

    async def change(pages: Pages) -> None:
        raise Transient(f"version {pages.head['version']}", code=tries.pop(0))

    with pytest.raises(Transient) as found:
        await change_graph("talks", change, ports)
    assert (found.value.code, tries) == ("blob_lost", [])
