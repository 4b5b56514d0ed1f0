"""A graph grows while its job runs, and is in the end what it would have been otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from functions.transcript_graph.export.export_rows import export_rows
from functions.transcript_graph.graph import early_store
from functions.transcript_graph.graph.delete_graph import delete_graph
from functions.transcript_graph.graph.early_store import EVERY, store_early
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.graph.user_edits import merge
from shared.errors import Transient
from shared.ports.clock import SystemClock
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

PEOPLE = said(
    Adams=(
        [("John Smith", "Person", "dentist in Leeds"), ("Acme Labs", "Organization")],
        [("John Smith", "works_for", "Acme Labs", "John Smith works for Acme Labs")],
    ),
    Brown=([("John Smith", "Person", "pilot at Skyways"), ("Acme Labs", "Organization")], []),
    Clark=([("Acme Labbs", "Organization"), ("Leeds", "Place")], []),
)
TALKS = {
    "a": "Adams: John Smith works for Acme Labs, as far as I know.",
    "b": "Brown: John Smith flies past Acme Labs on most days.",
    "c": "Clark: They sent it to Acme Labbs in Leeds in the end.",
}


@dataclass
class TickingClock(SystemClock):
    """A while later at each look."""

    step: float
    at: float = 1_000_000.0

    def now(self) -> float:
        self.at += self.step
        return self.at


class JudgedWorld(GraphWorld):
    """Writes down which pairs the model was asked to judge."""

    judged: list[str]

    def _reply(self, **question: Any) -> BaseModel:
        if "pairs" in json.loads(question["data"]):
            self.judged = [*getattr(self, "judged", []), question["data"]]
        return super()._reply(**question)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[JudgedWorld]:
    """A world in which so much time goes by that each transcript is stored early."""
    made = JudgedWorld(tmp_path / "quick", PEOPLE)
    made.ports = replace(made.ports, clock=TickingClock(EVERY))
    yield made
    made.close()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[JudgedWorld]:
    made = JudgedWorld(tmp_path / "plain", PEOPLE)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path) -> None:
    for name in ("quick", "plain"):
        (tmp_path / name).mkdir()


async def grown(
    world: GraphWorld, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str] = TALKS, **request: Any
) -> tuple[list[int], Any]:
    """How many transcripts the graph had after each that was collected, and the job's result."""
    seen: list[int] = []
    collect = world._transcript

    async def collected(*given: Any) -> Any:
        found = await collect(*given)
        seen.append((await Pages.open("talks", world.ports)).count("transcripts"))
        return found

    monkeypatch.setattr(world, "_transcript", collected)
    return seen, await world.run(texts, **request)


async def test_the_graph_grows_while_the_job_runs(quick: GraphWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, result = await grown(quick, monkeypatch)
    assert (seen, result.transcripts) == ([0, 2, 3], 3)


async def test_a_job_that_is_soon_done_stores_once(plain: GraphWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, result = await grown(plain, monkeypatch)
    assert (seen, result.transcripts, result.version) == ([0, 0, 0], 3, 1)


async def test_the_graph_and_what_is_in_doubt_are_the_same_either_way(quick: JudgedWorld, plain: JudgedWorld) -> None:
    results = [await world.run(TALKS) for world in (quick, plain)]
    assert export_rows("talks", await quick.records()) == export_rows("talks", await plain.records())
    assert len({result.model_copy(update={"version": 0}).model_dump_json() for result in results}) == 1
    assert quick.judged == plain.judged != []


async def test_what_users_said_counts_for_what_is_stored_early(quick: GraphWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    await quick.run({"c": TALKS["c"]})
    by_name = {next(iter(record["names"])): entity for entity, record in (await quick.records()).items()}
    await merge("talks", [by_name["Acme Labbs"], by_name["Leeds"]], quick.ports)
    seen, _ = await grown(quick, monkeypatch, {"a": TALKS["a"], "b": TALKS["b"]})
    assert seen == [1, 3]
    assert sorted(sorted(record["names"]) for record in (await quick.records()).values() if "Leeds" in record["names"]) == [
        ["Acme Labbs", "Leeds"]
    ]


async def test_a_store_that_does_not_answer_meanwhile_costs_nothing(
    quick: JudgedWorld, plain: JudgedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise Transient("the store is busy", code="store_busy")

    monkeypatch.setattr(early_store, "change_graph", away)
    seen, _ = await grown(quick, monkeypatch)
    await plain.run(TALKS)
    assert seen == [0, 0, 0]
    assert export_rows("talks", await quick.records()) == export_rows("talks", await plain.records())


async def test_nothing_waits_once_the_job_has_ended_and_who_comes_late_changes_nothing(quick: GraphWorld) -> None:
    await quick.run(TALKS)
    assert await quick.ports.documents.query("graphs/talks/waiting") == []
    pages = await quick.pages()
    await pages.load("transcripts", ["a"])
    blob = pages.get("transcripts", "a")["blob"]
    await quick.run({}, remove=["a"])
    before = (await quick.pages()).head["version"]
    await store_early("talks", "a run of before", "a", blob, quick.ports)
    assert (await quick.pages()).head["version"] == before


async def test_what_still_waits_goes_with_the_graph(plain: GraphWorld) -> None:
    await plain.run(TALKS)
    await store_early("talks", "cut off", "z", "a blob", plain.ports)
    waiting = early_store.waiting_path("talks", "cut off")
    assert len(await plain.ports.documents.query(f"{waiting}/contributions")) == 1
    await delete_graph(await plain.pages(), plain.ports)
    assert await plain.ports.documents.query(f"{waiting}/contributions") == []
    assert await plain.ports.documents.get(waiting) is None
