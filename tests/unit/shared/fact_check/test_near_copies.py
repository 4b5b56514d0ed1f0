"""Near copies of a fact with one thing changed, figures that two facts give, and which of two accounts or ratings is told."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

BRANDED = (
    "The branded business grew more than 20%, driven by strong demand for two herbicides as well as pricing",
    "Sales in the region decreased 6% because of the shift of partner sales in the quarter",
)
VANTAGE = ("Revenue doubled to $96 million from $48 million", "Gross margin narrowed to 28.9% from 30.4%")
ACCOUNTS = ("Q1 earnings per share $0.21", "Q1 adjusted earnings per share $0.28", "Broker Northcott keeps its buy rating")
DIVIDEND = (
    "持股5.9%的股东计划减持公司股份不超1340万股（即不超总股本1%）",
    "全球黄金ETF净流入55亿美元，北美占41亿美元",
    "8月社零增速比7月回落0.3个百分点",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (BRANDED[0], BRANDED), ("Gross margin slipped a bit, 1.5 points lower than the 30.4% before.", VANTAGE), ("Margins: 30.4% before, 28.9% now.", VANTAGE),
        ("Revenue is twice the old $48 million.", VANTAGE), ("Revenue doubled.", VANTAGE), ("Sales of $96 million, up from $48 million.", VANTAGE),
        ("Adjusted earnings per share of $0.28.", ACCOUNTS), ("As adjusted, it earned 28 cents a share, 21 cents as reported.", ACCOUNTS),
        ("Northcott still has a buy rating.", ACCOUNTS), ("股东拟减持不超1%股份", DIVIDEND), ("黄金ETF吸金55亿美元，其中北美41亿美元。", DIVIDEND),
    ],
)  # fmt: skip
def test_what_the_facts_say_in_other_words_passes(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts) == []


@pytest.mark.parametrize(
    ("text", "facts", "code"),
    [
        (BRANDED[0].replace("strong", "weak"), BRANDED, "wrong_direction"), (BRANDED[1].replace("decreased", "increased"), BRANDED, "wrong_direction"),
        ("Margins are at 30.4%.", VANTAGE, "wrong_fact"), ("Revenue came to $48 million.", VANTAGE, "wrong_fact"), ("Revenue halved to $96 million.", VANTAGE, "unsupplied_number"),
        ("Sales of $48 million, up from $96 million.", VANTAGE, "wrong_direction"), ("Gross margin fell 2.5 points to 28.9%.", VANTAGE, "unsupplied_number"),
        ("Adjusted earnings per share of $0.21.", ACCOUNTS, "wrong_fact"), ("Northcott has a sell rating on it.", ACCOUNTS, "wrong_direction"),
        ("股东拟减持不超5.9%股份", DIVIDEND, "wrong_fact"), ("全球黄金ETF吸金41亿美元。", DIVIDEND, "wrong_fact"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_found(text: str, facts: tuple[str, ...], code: str) -> None:
    assert code in codes(text, facts)
