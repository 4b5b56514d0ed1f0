"""Money news in three scripts: retold in other words it passes, changed in one way it is caught."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from tests.unit.shared.fact_check.sentences.caught_sentences import caught
from tests.unit.shared.fact_check.sentences.marked_sentences import ITEMS, changed, plain

BARS = {"other_fact": 0.94, "direction": 0.92, "unit": 0.95, "invented": 0.99, "period": 0.95, "subject": 0.8}
"""Other facts: some sentences name neither metric nor subject. Directions: some flip a phrase that has no figure of its own. Subjects: twelve, two of which only a reader of the whole story finds."""


@pytest.fixture(scope="module")
def supplied() -> list[Supplied]:
    return [Supplied.of(item["facts"], code=item["code"], name=item["name"]) for item in ITEMS]


def test_true_sentences_pass(supplied: list[Supplied]) -> None:
    pairs = [(plain(sentence), one) for item, one in zip(ITEMS, supplied, strict=True) for sentence in item["true"]]
    wrong = [(text, [fault.code for fault in found]) for text, one in pairs if (found := list(unsupplied(text, one)))]
    assert len(wrong) <= 0.02 * len(pairs), wrong


def test_changed_sentences_are_caught(supplied: list[Supplied]) -> None:
    pairs = zip(ITEMS, supplied, strict=True)
    shares, missed = caught((kind, text, one) for item, one in pairs for kind, text in changed(item))
    assert shares.keys() == BARS.keys()
    assert all(shares[kind] >= bar for kind, bar in BARS.items()), (shares, missed)


def test_a_minus_after_a_chinese_word_is_a_minus() -> None:
    facts = Supplied.of(["基本每股收益-0.77元，上年同期0.20元"])
    assert [fault.code for fault in unsupplied("每股赚0.77元。", facts)] == ["wrong_direction"]
    assert not list(unsupplied("每股亏0.77元。", facts))


def test_what_analysts_expect_is_not_what_the_company_expects() -> None:
    facts = Supplied.of(
        ["The company guides to third-quarter revenue of $185 million", "Wall Street forecast revenue of $196 million"]
    )
    assert not list(unsupplied("Analysts look for revenue of $196 million.", facts))
    assert [fault.code for fault in unsupplied("Analysts look for revenue of $185 million.", facts)] == ["wrong_fact"]
