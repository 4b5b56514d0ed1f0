"""What users of such tools complain of, each a case: duplicates from parallel inserts, a restart from the start, merging slower than extraction."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from functions.transcript_graph.export.export_rows import export_rows
from tests.support.hostile.processor_time import takes_at_most
from tests.support.transcripts.planted import mentions
from tests.support.transcripts.resolved import resolved
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, by_rules

WORDS = ["mill", "loom", "bridge", "canal", "tower", "harbour", "railway", "engine", "river", "valley", "lantern", "wagon"]
TEXTS = {
    f"t{number}": f"Ben: The {word} of Ada Byron and the {word}s beside it went to Acme Labs, where Carol Number{number % 3} saw a {word}."
    for number, word in enumerate(WORDS)
}


async def test_jobs_that_insert_at_once_leave_no_name_twice(world: GraphWorld, tmp_path: Path) -> None:
    names = sorted(TEXTS)
    await asyncio.gather(*(world.run({name: TEXTS[name] for name in names[at::4]}) for at in range(4)))
    (tmp_path / "one").mkdir()
    one = GraphWorld(tmp_path / "one")
    await one.run(TEXTS)
    assert export_rows("talks", await world.records()) == export_rows("talks", await one.records())
    assert len(await world.names()) == len(set(await world.names()))
    one.close()


async def test_a_job_that_breaks_off_is_not_begun_again_from_the_start(world: GraphWorld) -> None:
    left = 5

    def breaks(data: dict[str, Any]) -> dict[str, Any]:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return by_rules(data)

    world.rule = breaks
    with pytest.raises(KeyboardInterrupt):
        await world.run(TEXTS)
    answered = set(world.asked[:5])
    world.asked.clear()
    world.rule = by_rules
    result = await world.run(TEXTS)
    assert (len(answered), result.counts.answered) == (5, result.counts.chunks)
    assert not answered & set(world.asked)


def test_merging_grows_with_the_mentions_and_not_with_their_pairs(tmp_path: Path) -> None:
    few, many = mentions(2_000, 3), mentions(16_000, 3)

    def once(planted: Any, name: str) -> None:
        (tmp_path / name).mkdir(exist_ok=True)
        asyncio.run(resolved(planted, tmp_path / name))

    assert takes_at_most(30, lambda: once(few, "few"))
    assert takes_at_most(60, lambda: once(many, "many"))
