"""What counts as supplied, and what is harmless."""

from __future__ import annotations

import pytest

from shared.fact_check.claim_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

FACTS = (
    "Revenue HK$12,345.6 million, up 12.34%", "Price 383.6 HKD, -2.1%", "gross_margin: 0.534", "盈利 59.3億元，跌 8%", "Users (m): 1,402",
    "Results on 13 November 2025 for Q3", "0700.HK", "P/E 18.2x", "Volume 12345678",
)  # fmt: skip


def codes(text: str) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(FACTS))]


@pytest.mark.parametrize(
    "text",
    [
        "Revenue of HK$12,345.6m", "revenue of 12.3456 billion", "收入123.456億港元", "revenue of HK$12.3bn", "收入約123億元", "nearly HK$12.5 billion",
        "up 12.34%", "up 12.3%", "up 12%", "毛利率五成多", "不到五成四", "升約一成二", "12.34 percent", "closed at $383.6", "at HK$384", "股價約380元", "股價380多元",
        "more than 380 dollars", "跌2.1%", "down 2.1%", "-2.1%", "a margin of 53.4%", "毛利率53.4％", "毛利率超過五成三", "59.3億", "5.93 billion",
        "1,402 million users", "14.02億用戶", "on 13 November", "November 13", "11月13日", "2025-11-13", "the third quarter", "第三季", "3Q25",
        "騰訊（700）", "$0700", "00700.HK", "HKEX: 700", "18.2 times earnings", "18.2倍", "about 18 times", "12.3 million shares changed hands",
    ],
)  # fmt: skip
def test_a_supplied_figure_may_be_written_another_way(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("revenue of HK$12,346m more", ""), ("revenue of HK$12,999m", "unsupplied_number"), ("revenue of US$12,345.6m", "wrong_unit"), ("升12.34個百分點", "wrong_unit"),
        ("revenue of 12,345.6", "unsupplied_number"), ("revenue of HK$12,345.6bn", "unsupplied_number"), ("up 13%", "unsupplied_number"), ("up 11%", "unsupplied_number"), ("down 3%", "unsupplied_number"),
        ("price of 12.34 dollars", "wrong_unit"), ("約320元", "unsupplied_number"), ("more than 500 dollars", "unsupplied_number"),
        ("三成", "unsupplied_number"), ("thirty percent", "unsupplied_number"), ("$5 a share", "unsupplied_number"), ("EPS of 5", "unsupplied_number"),
        ("本益比12", "unsupplied_number"), ("升3點", "unsupplied_number"), ("兩倍", "unsupplied_number"), ("3x from here", "unsupplied_number"),
        ("rose 2.1%", "wrong_direction"), ("升2.1%", "wrong_direction"), ("盈利升8%", "wrong_direction"), ("revenue fell 12.34%", "wrong_direction"),
        ("14 November", "unsupplied_date"), ("13 December", "unsupplied_date"), ("11月14日", "unsupplied_date"), ("2024-11-13", "unsupplied_date"),
        ("the fourth quarter", "unsupplied_date"), ("1H26", "unsupplied_date"), ("$AAPL", "unsupplied_ticker"), ("看好9988.HK", "unsupplied_ticker"),
        ("NASDAQ: MSFT", "unsupplied_ticker"), ("（2330）", "unsupplied_number"), ("目前1485元", "unsupplied_number"), ("Dow 45,000", "unsupplied_number"), ("前20%", "unsupplied_number"),
    ],
)  # fmt: skip
def test_what_was_not_supplied_is_found(text: str, code: str) -> None:
    assert codes(text) == ([code] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "three reasons, 3 reasons, 12 names", "since 2019, in 2026年", "over the next 12 months", "5天、3個月、10年", "the 52-week range and the 200-day average",
        "60日線之上", "S&P 500 and Nasdaq 100", "恒生指數與日經225", "a 5G phone with an H100", "top 20 holdings", "24/7", "my 401k and the 10-K", "100% sure",
        "the 1st, 2nd and 21st time", "1. first\n2. second\n3) third", "market opens at 9:30", "COVID-19", "看我3個理由", "第3名", "Model 3", "in 30 seconds", "a 40-page deck", "看了50次", "18歲那年", "前20大持股",
    ],
)  # fmt: skip
def test_harmless_numbers_pass_without_facts(text: str) -> None:
    assert list(unsupplied(text, Supplied.of(()))) == []


def test_figures_of_a_date_support_no_price() -> None:
    supplied = Supplied.of(("Results on 13 November 2025",))
    assert [fault.code for fault in unsupplied("closed at $13, up 13%", supplied)] == ["unsupplied_number"] * 2


def test_a_fault_says_where() -> None:
    text = "Down 2.1%, yet cash was $22.1 billion."
    (fault,) = unsupplied(text, Supplied.of(FACTS))
    assert text[fault.start : fault.start + len(fault.found)] == fault.found == "$22.1 billion"
