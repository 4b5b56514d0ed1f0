"""Dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.numbers.dates import dates
from shared.text.folding import folded


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
        ("in May we may see 3% and 5 marches", [(0, 5, 0, 0)]),
        ("since 2019", [(2019, 0, 0, 0)]),
        ("十一月十三日、廿五日、三十一號", [(0, 11, 13, 0), (0, 0, 25, 0), (0, 0, 31, 0)]),
        ("二○二五年十一月十三號", [(2025, 11, 13, 0)]),
        ("民國114年第三季", [(2025, 0, 0, 3)]),
        ("前三季、上半年、下半年", [(0, 0, 0, 7), (0, 0, 0, 5), (0, 0, 0, 6)]),
        ("Q3 FY2026, FY26", [(2026, 0, 0, 3), (2026, 0, 0, 0)]),
        ("13/11/2025, 2025.11.13", [(2025, 11, 13, 0)] * 2),
        ("近5日、20日線、連3日、升一日", []),
        ("三個月、月線", []),
    ],
)
def test_a_date_is_what_it_says(text: str, expected: list[tuple[int, int, int, int]]) -> None:
    assert [(date.year, date.month, date.day, date.quarter) for date in dates(folded(text))] == expected


@given(st.dates())
def test_every_way_to_write_a_day_is_that_day(day: object) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    if not 1900 <= year < 2100:
        return
    for text in (f"{year}-{month:02}-{number:02}", f"{year}/{month}/{number}", f"{year}年{month}月{number}日"):
        assert [(date.year, date.month, date.day) for date in dates(folded(text))] == [(year, month, number)]


@given(st.text(max_size=100))
def test_no_text_breaks_it(text: str) -> None:
    plain = folded(text)
    assert all(plain[date.start : date.end].strip() == date.text for date in dates(plain))
