"""What binds a figure: names of the clause before, a second list, the same in other words, growth that cooled, a time of its own."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from shared.numbers.date_expressions import dates

HARBOUR = (
    "恒曜指數收市升120點或0.6%，報20,120點，最多倒升230點。",
    "青嵐置業、白石地產及南灣建設分別升6.2%、4.8%及3.1%，收報32.5元、81.4元及17.9元。",
    "青嵐金10月獲利2.15億元，累計稅後淨利24.8億元。",
    "青嵐金現金殖利率近3.6%；白石銀以4.4%的現金殖利率領先。",
)
WILLOW = (
    "Willow reported revenue of $40.5 billion for August, down 3.1 percent from July's $41.8 billion and 5.6 percent less than the $42.9 billion it posted for the same month last year.",
    "Chain-store sales growth slowed to 4.4% from a year ago from a 5.1% gain in the previous week.",
    "Willow earned 81 cents a share, and analysts had expected 74 cents.",
    "Alder's EPS came in at $1.31.",
)  # fmt: skip


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    ("true", "false", "facts"),
    [
        ("恒曜指數收市升120點，報20,120點。", "恒曜指數收市升230點，報20,120點。", HARBOUR),
        ("青嵐置業飆6.2%至32.5元。", "青嵐置業飆6.2%至81.4元。", HARBOUR),
        ("青嵐金前10月賺了24.8億元。", "青嵐金前10月賺了2.15億元。", HARBOUR),
        (
            "Willow's sales slipped to $40.5 billion from $41.8 billion in July.",
            "Willow's sales slipped to $40.5 billion from $42.9 billion in July.",
            WILLOW,
        ),
        ("Chain-store sales growth cooled to 4.4% from 5.1%.", "Chain-store sales growth quickened to 4.4% from 5.1%.", WILLOW),
        (
            "Willow made 81 cents a share, seven cents better than the 74 cents analysts wanted.",
            "Willow made 81 cents a share, seven cents worse than the 74 cents analysts wanted.",
            WILLOW,
        ),
        ("Alder earned $1.31 a share.", "Alder lost $1.31 a share.", WILLOW),
    ],
)
def test_a_true_sentence_passes_and_a_changed_one_does_not(true: str, false: str, facts: tuple[str, ...]) -> None:
    assert codes(true, facts) == []
    assert codes(false, facts) != []


@pytest.mark.parametrize(
    ("text", "year", "quarter"), [("24H1营收", 2024, 5), ("24Q2营收", 2024, 2), ("FY25Q3 sales", 2025, 3), ("前两季", 0, 5)]
)
def test_short_names_of_quarters_and_halves_are_dates(text: str, year: int, quarter: int) -> None:
    assert [(date.year, date.quarter) for date in dates(text)] == [(year, quarter)]


def test_a_clause_that_names_nobody_is_about_the_one_before() -> None:
    assert codes("想領息就看白石銀，殖利率4.4%，比青嵐金的3.6%漂亮。", HARBOUR) == []


def test_bought_or_sold_net_is_not_more_than() -> None:
    facts = ("外資賣超3,500億元。", "投信買超120億元。")
    assert codes("外資賣超3,500億元", facts) == []
    assert codes("外資賣超3,400億元", facts) != []
