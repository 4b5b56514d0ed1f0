"""The examples that the README has people run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from functions import import_kinds, pipelines
from functions.pipeline_registration import load

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


@pytest.mark.parametrize("kind", ["profiles", "agents"])
def test_an_example_can_be_imported(kind: str) -> None:
    rows = json.loads((EXAMPLES / f"{kind}.json").read_text())
    known = import_kinds()[kind]
    ids = [getattr(known.model.model_validate(row), known.key) for row in rows]
    assert len(set(ids)) == len(ids) >= 3


def test_the_example_posts_are_of_example_personas() -> None:
    request = pipelines()["forum-posts"].request.model_validate(json.loads((EXAMPLES / "posts.json").read_text()))
    known = {row["serial"] for row in json.loads((EXAMPLES / "profiles.json").read_text())}
    assert {item.kol_serial for item in request.items} == known  # type: ignore[attr-defined] # of this pipeline's request


def test_the_example_feed_and_talks_are_read_whole() -> None:
    episodes, talks = import_kinds()["episodes"], import_kinds()["transcripts"]
    feed = list(load(episodes.files)(EXAMPLES / "feed.rss"))
    assert [episodes.model.model_validate(row).model_dump()["title"] for row in feed] == [
        "The bridge that was paid for twice", "Eleven locks on a small river", "A lighthouse in the wrong place",
    ]  # fmt: skip
    told = [talks.model.model_validate(row) for row in load(talks.files)(EXAMPLES / "talks")]
    assert len(told) == 2
