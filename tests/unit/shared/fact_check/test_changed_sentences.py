"""Sentences that are true pass; changed in one way each, they are caught."""

from __future__ import annotations

from collections import Counter

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from tests.unit.shared.fact_check.sentences.changed_sentences import ITEMS, changed

SUPPLIED = [Supplied.of(item["facts"], code=item["code"], name=item["name"]) for item in ITEMS]
BARS = {"other_fact": 0.95, "direction": 0.95, "unit": 0.95, "invented": 0.99, "date": 1.0}


def test_true_sentences_pass() -> None:
    wrong = [
        (sentence, [fault.code for fault in found])
        for item, supplied in zip(ITEMS, SUPPLIED, strict=True)
        for sentence in item["true"]
        if (found := list(unsupplied(sentence, supplied)))
    ]
    assert len(wrong) <= 0.02 * sum(len(item["true"]) for item in ITEMS), wrong


@pytest.mark.parametrize("kind", sorted(BARS))
def test_changed_sentences_are_caught(kind: str) -> None:
    seen: Counter[bool] = Counter()
    missed = []
    for one in changed():
        if one.kind == kind:
            caught = bool(list(unsupplied(one.text, SUPPLIED[one.item])))
            seen[caught] += 1
            if not caught:
                missed.append(one.text)
    assert seen[True] >= BARS[kind] * sum(seen.values()), missed
    assert sum(seen.values()) > 20
