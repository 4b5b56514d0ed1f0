"""Numbers and dates, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.numbers.dates import dates
from shared.numbers.quantities import folded, quantities


def read(text: str) -> list[tuple[float, str, str]]:
    return [(float(found.value), found.kind, found.currency) for found in quantities(folded(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234 and 1234", [(1234, "plain", ""), (1234, "plain", "")]),
        ("１，２３４億元", [(123_400_000_000, "money", "")]),
        ("HK$1,234.5m", [(1_234_500_000, "money", "HKD")]),
        ("US$57.0 billion", [(57e9, "money", "USD")]),
        ("NT$1,065", [(1065, "money", "TWD")]),
        ("1.2bn, 3m users, 5k", [(1.2e9, "plain", ""), (3e6, "plain", ""), (5000, "plain", "")]),
        ("3.5萬億港元", [(3.5e12, "money", "HKD")]),
        ("八百億港元", [(8e10, "money", "HKD")]),
        ("5000萬人民幣", [(5e7, "money", "CNY")]),
        ("兆元級，2兆元", [(2e12, "money", "")]),
        ("三成", [(30, "percent", "")]),
        ("三成半", [(35, "percent", "")]),
        ("7成4、三千億、一萬個理由、萬一、千萬不要", [(74, "percent", ""), (3e11, "plain", "")]),
        ("七成四", [(74, "percent", "")]),
        ("3.5成", [(35, "percent", "")]),
        ("三成零，兩成 5 個", [(30, "percent", ""), (20, "percent", ""), (5, "plain", "")]),
        ("百分之二十三點五", [(23.5, "percent", "")]),
        ("25 bps", [(0.25, "percent", "")]),
        ("3個百分點", [(3, "percent", "")]),
        ("twenty-five percent", [(25, "percent", "")]),
        ("half a billion dollars", [(5e8, "money", "")]),
        ("18x earnings, 兩倍", [(18, "times", ""), (2, "times", "")]),
        ("up 3-5%", [(3, "percent", ""), (5, "percent", "")]),
        ("10至12億元", [(1e9, "money", ""), (1.2e9, "money", "")]),
        ("322億至334億美元", [(3.22e10, "plain", ""), (3.34e10, "money", "USD")]),
        ("H100, GPT4 and iPhone17", []),
        ("一成不變、一元化、成為、完成本季", []),
        ("two reasons, 一個, 第三, 十分", []),
        ("no number", []),
    ],
)
def test_a_number_is_what_it_says(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert read(text) == expected


@given(st.integers(0, 10**9))
def test_every_way_to_write_a_whole_number_is_the_same(number: int) -> None:
    wide = str(number).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for text in (str(number), f"{number:,}", wide, f"共{number}股", f"${number}", f"{number}元"):
        assert [int(value) for value, *_ in read(text)] == [number]


@given(
    st.decimals(Decimal("0.01"), 9999, places=2),
    st.sampled_from([("億", 8), ("萬", 4), (" million", 6), ("bn", 9), ("k", 3), ("兆", 12)]),
)
def test_a_scale_is_a_power_of_ten(number: Decimal, scale: tuple[str, int]) -> None:
    word, power = scale
    assert [found.value for found in quantities(f"{number}{word}")] == [number * 10**power]


@given(st.text(max_size=100))
def test_no_text_breaks_it_and_every_number_stands_where_it_says(text: str) -> None:
    plain = folded(text)
    assert len(plain) == len(text)
    for found in quantities(plain):
        assert plain[found.start : found.end].strip() == found.text.strip()
    for date in dates(plain):
        assert plain[date.start : date.end].strip() == date.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 15 March 2026", [(2026, 3, 15, 0)]),
        ("March 15th, 2026", [(2026, 3, 15, 0)]),
        ("Mar. 3", [(0, 3, 3, 0)]),
        ("2026-03-15 / 2026/3/15", [(2026, 3, 15, 0)] * 2),
        ("2026年3月15日", [(2026, 3, 15, 0)]),
        ("11月13日公布", [(0, 11, 13, 0)]),
        ("十二月的時候", [(0, 12, 0, 0)]),
        ("Q3 2026, 3Q26, 2026Q3", [(2026, 0, 0, 3)] * 3),
        ("騰訊Q3收入", [(0, 0, 0, 3)]),
        ("the third quarter of 2026", [(2026, 0, 0, 3)]),
        ("2026年第三季", [(2026, 0, 0, 3)]),
        ("1H26", [(2026, 0, 0, 5)]),
        ("12/3", [(0, 12, 3, 0), (0, 3, 12, 0)]),
        ("in May we may see 3% and 5 marches", []),
        ("since 2019", []),
        ("三個月、月線", []),
    ],
)
def test_a_date_is_what_it_says(text: str, expected: list[tuple[int, int, int, int]]) -> None:
    assert [(date.year, date.month, date.day, date.quarter) for date in dates(folded(text))] == expected
