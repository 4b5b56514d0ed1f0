"""Entities by meaning: embedded once, kept in step with the graph, found by what a text is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from functions.transcript_graph.graph import graph_queries
from functions.transcript_graph.graph.delete_graph import delete_graph
from functions.transcript_graph.graph.entity_vectors import space_of
from infra.offline_model.embeddings import embeddings
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.vectors import SqliteVectors
from shared.errors import Transient
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

RULE = said(
    mill=([("Ada Byron", "Person", "builds water mills"), ("Acme", "Organization", "sells grinding stones")], []),
    theatre=([("Bela Varga", "Person", "directs plays in a theatre")], []),
    harbour=([("Ada Byron", "Person", "runs a harbour")], []),
)
TALKS = {"one": "Ada: Ada Byron and Acme met at the mill.", "two": "Bela: Bela Varga came from the theatre."}


class World(GraphWorld):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder, RULE)
        self.embedded: list[str] = []
        self.models.vectors = self._embed
        vectors = SqliteVectors(Database(folder / "vectors.db", synchronous="OFF"))
        self.ports = replace(self.ports, open_vectors=lambda: vectors)

    def _embed(self, texts: Sequence[str], **_: Any) -> list[list[float]]:
        self.embedded += texts
        made = embeddings({"input": list(texts), "model": "offline"})
        return [row["embedding"] for row in made["data"]]

    async def kept(self) -> dict[str, str]:
        """What is embedded: the names by their vectors' ids."""
        there = await self.ports.vectors.fetch(space_of("talks"), list(await self.records()))
        return {entity: str(vector.metadata["name"]) for entity, vector in there.items()}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


async def found(world: World, text: str) -> list[tuple[str, str]]:
    """Names, and by what they were found."""
    rows = await graph_queries.search(await world.pages(), text)
    return [(row["name"], row.get("by", "spelling")) for row in rows]


async def test_nothing_is_embedded_unless_it_is_asked_for(world: World) -> None:
    result = await world.run(TALKS)
    assert (result.embedded, world.embedded) == (0, [])
    assert await found(world, "theatre plays") == []


async def test_an_entity_is_found_by_what_is_said_of_it(world: World) -> None:
    result = await world.run(TALKS, embed=True)
    assert result.embedded == 3
    assert sorted((await world.kept()).values()) == ["Acme", "Ada Byron", "Bela Varga"]
    assert ("Bela Varga", "meaning") in await found(world, "who directs plays in a theatre")
    assert (await found(world, "Bela Varga"))[0] == ("Bela Varga", "spelling")


async def test_what_did_not_change_is_not_embedded_again_and_what_goes_goes(world: World) -> None:
    await world.run(TALKS, embed=True)
    world.embedded.clear()
    await world.run(TALKS)
    assert world.embedded == []
    result = await world.run({"one": "Ada: Ada Byron stood in the harbour."})  # Acme is gone, Ada does something else
    assert [text.split(" (")[0] for text in world.embedded] == ["Ada Byron"]
    assert result.embedded == 1
    assert sorted((await world.kept()).values()) == ["Ada Byron", "Bela Varga"]


async def test_a_deleted_graphs_vectors_go_with_it(world: World) -> None:
    await world.run(TALKS, embed=True)
    ids = list(await world.kept())
    await delete_graph(await world.pages(), world.ports)
    assert len(ids) == 3
    assert await world.ports.vectors.fetch(space_of("talks"), ids) == {}


async def test_a_graph_that_had_none_gets_all_of_its_entities(world: World) -> None:
    await world.run({"one": TALKS["one"]})
    result = await world.run({"two": TALKS["two"]}, embed=True)
    assert result.embedded == 3


async def test_a_search_goes_by_spelling_alone_while_nobody_embeds(world: World) -> None:
    await world.run(TALKS, embed=True)

    def away(**_: Any) -> list[list[float]]:
        raise Transient("away", code="model_unavailable")

    world.models.vectors = away
    assert await found(world, "Bela Varga") == [("Bela Varga", "spelling")]


async def test_a_job_stands_where_there_is_no_place_for_vectors(tmp_path: Path) -> None:
    bare = GraphWorld(tmp_path, RULE)
    bare.models.vectors = lambda texts, **_: [[1.0] for _ in texts]
    result = await bare.run(TALKS, embed=True)
    assert result.entities == 3
    assert [(one.id, one.code) for one in result.failed] == [("talks", "no_vectors")]
    bare.close()
