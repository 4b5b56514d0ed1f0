"""Figures that two facts give together, lists that share a verb, results held against expectations, and directions told without a figure."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

VARGA = (
    "Varga Foods reported second-quarter revenue of $8.42 billion, below the $8.61 billion that analysts expected",
    "Earnings were $2.31 a share, and analysts had expected $2.24 a share",
    "The chain ended the quarter with 2,140 stores, up from 2,025 a year ago",
    "Marlow spot funds had net outflows of $61.4 million on Tuesday, their fourth day in a row of outflows",
)
LINGHAI = (
    "岭海股份2023年营业收入64.18亿元、净利润7.35亿元、经营现金流9.02亿元，同比分别增长11.42%、4.86%及21.70%",
    "家电和厨具业务收入同比分别增长15.3%和6.2%，增速分别比全公司快3.9和慢5.2个百分点",
    "恒安指数收报7218點，跌164點或2.2%，結束連續9日升市",
    "存货8.3亿元，较年初减少1.1亿元；毛利率31.4%，同比下降2.3个百分点",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Profit topped estimates by 7 cents a share.", VARGA),
        ("Revenue of $8.42 billion was $190 million below the $8.61 billion analysts wanted.", VARGA),
        ("The store count grew by 115, to 2,140 stores.", VARGA),
        ("Varga earned $2.31 a share, beating estimates of $2.24.", VARGA),
        ("岭海股份净利润7.35亿元，同比增长4.86%", LINGHAI),
        ("嶺海股份2023年營收六十四億多元，年增11.42%", LINGHAI),
        ("家电业务收入增长15.3%，快于厨具业务的6.2%", LINGHAI),
        ("手上存货8亿多元，比年初少了1.1亿元", LINGHAI),
        ("恒安指數跌逾2%，九連升止步，收7218點", LINGHAI),
    ],
)
def test_what_two_facts_give_together_passes(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Profit missed estimates by 7 cents a share.", VARGA),
        ("Profit topped estimates by 9 cents a share.", VARGA),
        ("Varga earned $2.31 a share, missing estimates of $2.24.", VARGA),
        ("Revenue came to $8.61 billion.", VARGA),
        ("Revenue of $8.42 billion was above the $8.61 billion analysts wanted.", VARGA),
        ("The chain ended the quarter with 2,140 stores, down from 2,025 a year ago.", VARGA),
        ("Marlow spot funds had net inflows of $61.4 million on Tuesday.", VARGA),
        ("岭海股份净利润7.35亿元，同比增长21.70%", LINGHAI),
        ("岭海股份营业收入64.18亿元，同比增长4.86%", LINGHAI),
        ("家电业务收入增长15.3%，慢于厨具业务的6.2%", LINGHAI),
        ("厨具业务收入同比增长15.3%", LINGHAI),
        ("恒安指數跌164點，結束連續9日跌市", LINGHAI),
        ("嶺海股份2023年營收七十四億多元", LINGHAI),
    ],
)
def test_the_same_with_one_thing_changed_is_caught(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts)


@pytest.mark.parametrize(
    ("true", "false", "facts"),
    [
        ("Revenue came in below what analysts expected.", "Revenue came in above what analysts expected.", VARGA),
        ("Marlow spot funds saw outflows.", "Marlow spot funds saw inflows.", VARGA),
        ("净利润增长。", "净利润下降。", LINGHAI),
        ("毛利率下降。", "毛利率上升。", LINGHAI),
        ("存货减少。", "存货增加。", LINGHAI),
    ],
)
def test_a_direction_is_checked_without_a_figure(true: str, false: str, facts: tuple[str, ...]) -> None:
    assert codes(true, facts) == []
    assert codes(false, facts) == ["wrong_direction"]
