"""Posts in two languages as people retell facts, rounded and in their own words; and the same with one thing altered by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from tests.unit.shared.fact_check.sentences.caught_sentences import caught

ITEMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "altered_posts.json").read_text(encoding="utf-8"))
BARS = {"other_fact": 0.88, "direction": 0.92, "unit": 0.98, "invented": 0.99, "date": 0.9}
"""Some altered sentences name their subject by another name than the facts, or flip a phrase that no list of words has."""


@pytest.fixture(scope="module")
def supplied() -> list[Supplied]:
    return [Supplied.of(item["facts"]) for item in ITEMS]


def test_true_posts_pass(supplied: list[Supplied]) -> None:
    texts = [(told["true"], one) for item, one in zip(ITEMS, supplied, strict=True) for told in item["told"]]
    wrong = [(text, [fault.code for fault in found]) for text, one in texts if (found := list(unsupplied(text, one)))]
    assert len(wrong) <= 0.03 * len(texts), wrong


def test_altered_posts_are_caught(supplied: list[Supplied]) -> None:
    pairs = ((told, one) for item, one in zip(ITEMS, supplied, strict=True) for told in item["told"])
    shares, missed = caught((kind, text, one) for told, one in pairs for kind, text in told["altered"])
    assert shares.keys() == BARS.keys()
    assert all(shares[kind] >= bar for kind, bar in BARS.items()), (shares, missed)
