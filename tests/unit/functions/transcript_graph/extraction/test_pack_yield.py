"""What packs of each size yield is measured on one sample, printed, and the largest that finds nearly all is used for that model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.transcript_graph.extraction.extraction_counts import Trial
from functions.transcript_graph.extraction.pack_yield import ALONE, DEFAULT, SAMPLE, curve_of, pack_tokens_of
from functions.transcript_graph.views import view
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

READ = 4
"""Chunks of a pack that the lazy model reads."""


def lazy(data: dict[str, Any]) -> dict[str, Any]:
    """A model that finds the same in each of a pack's first chunks and nothing in those behind."""
    found = []
    for number, chunk in enumerate(data["chunks"]):
        quote = "Ada Byron works for Acme Labs"
        named = [
            {"name": "Ada Byron", "type": "Person", "description": ""},
            {"name": "Acme Labs", "type": "Organization", "description": ""},
        ]
        said = {"source": "Ada Byron", "type": "works_for", "target": "Acme Labs", "quote": quote}
        found.append(
            {"chunk": chunk["chunk"], "entities": named, "relations": [said]} if number < READ else {"chunk": chunk["chunk"]}
        )
    return {"chunks": found}


def talk(turns: int = 60) -> str:
    words = "and the engine was built by hand over many winters while nobody who saw it thought that it would run before spring"
    return "\n\n".join(
        f"**Ada:** Ada Byron works for Acme Labs since {1900 + at}, {' '.join([words] * 8)}." for at in range(turns)
    )


async def test_the_largest_pack_that_finds_nearly_all_is_chosen_and_used_from_then_on(world: GraphWorld) -> None:
    world.rule = lazy
    result = await world.run({"a": talk()}, measure=True)
    curve = {row.pack_tokens: row for row in result.yields}
    assert curve[ALONE].share == 1.0
    assert curve[1_000].share == 1.0
    assert curve[8_000].share < 0.5
    assert [row.pack_tokens for row in result.yields if row.chosen] == [
        max(size for size, row in curve.items() if row.share >= 0.9)
    ]
    chosen = await pack_tokens_of(None, 400, world.ports)
    assert chosen < DEFAULT
    assert await pack_tokens_of(6_000, 400, world.ports) == 6_000
    calls = len(world.models.calls)
    await world.run({"b": talk(61)})
    assert max(len(question["data"]) for question in world.models.calls[calls:]) < 6 * chosen
    other = replace(world.ports, settings=replace(world.ports.settings, model_good=("another",)))
    assert await pack_tokens_of(None, 400, other) == DEFAULT


async def test_a_measure_asks_about_one_sample_and_its_answers_are_no_part_of_the_graph(world: GraphWorld) -> None:
    world.rule = lazy
    result = await world.run({"a": talk()}, measure=True)
    counts = result.counts
    assert len(world.asked) == counts.chunks - counts.copies + 5 * SAMPLE
    assert counts.answered == counts.chunks
    assert result.failed == ()


async def test_the_curve_is_printed(world: GraphWorld) -> None:
    world.rule = lazy
    result = await world.run({"a": talk()}, measure=True)
    shown = " ".join(str(block) for block in view(result.model_dump(mode="json")))
    assert "each chunk alone" in shown
    assert "used from now on" in shown
    assert not (await world.run({"a": talk()})).yields


@pytest.mark.parametrize("triples", [0, 9])
def test_nothing_is_chosen_where_too_little_is_found_to_tell(triples: int) -> None:
    found = {"tokens": 4_000, "triples": triples}
    curve = curve_of([Trial(size=ALONE, chunks=1, **found), Trial(size=4_000, chunks=10, **found)])
    assert [row.chosen for row in curve] == [False, False]


async def test_the_sample_is_of_the_longest_transcript_that_can_be_read(world: GraphWorld) -> None:
    world.rule = lazy
    result = await world.run(
        {"a": "{ no JSON", "b": "Ada: Ada Byron works for Acme Labs, as we know.", "c": talk()}, measure=True
    )
    assert [row.pack_tokens for row in result.yields] == [ALONE, 1_000, 2_000, 4_000, 8_000]
    assert [one.id for one in result.failed] == ["a"]
