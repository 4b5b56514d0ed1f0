"""What is written like a telegram becomes a sentence, and says what it said; what refers to a fact stays beside it."""

from __future__ import annotations

import pytest

from infra.offline_model.posts.fact_clauses import clause, groups


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("Q3 revenue: $57.0 billion, up 62% from a year ago", "Q3 revenue came to $57.0 billion, up 62% from a year ago"),
        ("gross margin 42%", "gross margin was 42%"),
        ("quarterly orders 1,200 units", "quarterly orders were 1,200 units"),
        ("the order backlog covers 8 months.", "the order backlog covers 8 months"),
        ("energy costs fell 3%", "energy costs fell 3%"),
        ("毛利率42%", "毛利率是 42%"),
        ("全年資本支出 400 億美元", "全年資本支出是 400 億美元"),
        ("每股盈餘：3.2元", "每股盈餘是 3.2元"),
        ("第三季營收年增 12.5%。", "第三季營收年增 12.5%"),
        ("在手訂單可做8個月", "在手訂單可做8個月"),
    ],
)
def test_a_telegram_gets_its_verb_and_a_sentence_stays_as_it_is(fact: str, said: str) -> None:
    assert clause(fact) == said


def test_what_refers_to_a_fact_stays_with_it() -> None:
    facts = ["the order backlog covers 8 months", "a year ago it covered 6 months", "", "energy costs fell 3%"]
    assert groups(facts) == [[facts[0], facts[1]], [facts[3]]]
