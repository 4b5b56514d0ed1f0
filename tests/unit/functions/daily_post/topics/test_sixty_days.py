"""The simulated weeks of `make bench`, shortened: with the memory nothing comes again, without it much does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.posts.topics import Vectors, forgetful, simulate, world


@pytest.mark.parametrize("agent", ["payments", "cai-jing"])
@pytest.mark.parametrize("embeddings", [True, False])
async def test_nothing_comes_again(tmp_path: Path, agent: str, embeddings: bool) -> None:
    async with world(tmp_path, Vectors(fails=not embeddings)) as w:
        diary = (await simulate(w, 24, agent))[agent]
    assert len(diary.stories) == 24, "every day has a post about news"
    assert diary.repeats() == []
    assert len(diary.wrongly) <= 0.1 * len(diary.good), diary.wrongly


async def test_without_its_memory_it_repeats_itself(tmp_path: Path) -> None:
    with forgetful():
        async with world(tmp_path) as w:
            diary = (await simulate(w, 24, "cai-jing"))["cai-jing"]
    assert len(diary.repeats()) > 3
