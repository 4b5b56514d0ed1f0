"""The rules on texts that people wrote: how often they speak up where nothing is wrong."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from functions.forum_posts.near_duplicates.similarity import jaccard, shingles
from shared.post_rules.banned_claims import banned
from shared.post_rules.model_leftovers import leftover_faults
from tests.support.real_data import REAL_DATA

DATA = REAL_DATA


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    files = sorted((DATA / "transcripts" / "practicalai").glob("*"))
    if not files:
        pytest.skip("no sample transcripts")
    texts = [text.replace("**", "") for file in files[:8] for text in file.read_text(encoding="utf-8").split("\n\n")]
    return [re.sub(r"\\\[.*?\\\]", "", text) for text in texts if 150 < len(text) < 2000][:400]


def test_talk_about_technology_holds_next_to_no_banned_claims(paragraphs: list[str]) -> None:
    wrong = [fault.found for text in paragraphs for fault in banned(text)]
    assert len(wrong) <= len(paragraphs) // 100, wrong


def test_it_holds_no_refusals_and_no_empty_places(paragraphs: list[str]) -> None:
    wrong = [
        fault
        for text in paragraphs
        for fault in leftover_faults(text, "")
        if fault.code in {"refusal", "placeholder", "leftover"}
    ]
    assert len(wrong) <= 1, wrong


def test_two_people_talking_are_not_alike(paragraphs: list[str]) -> None:
    long = [text for text in paragraphs if len(text) > 400][:150]
    assert max(jaccard(*two) for two in combinations(map(shingles, long), 2)) < 0.3
