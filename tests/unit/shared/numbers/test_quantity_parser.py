"""Quantities, however they are written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.numbers.quantity_parser import quantities
from shared.text.folding import fold, folded


def read(text: str) -> list[tuple[float, str, str]]:
    return [(round(float(found.value), 6), found.kind, found.currency or found.unit) for found in quantities(folded(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234 and 1234", [(1234, "plain", ""), (1234, "plain", "")]),
        ("１，２３４億元", [(123_400_000_000, "money", "元")]),
        ("HK$1,234.5m", [(1_234_500_000, "money", "HKD")]),
        ("US$57.0 billion", [(57e9, "money", "USD")]),
        ("NT$1,065", [(1065, "money", "TWD")]),
        ("1.2bn, 3m users, 5k", [(1.2e9, "plain", ""), (3e6, "count", "user"), (5000, "plain", "")]),
        ("3.5萬億港元", [(3.5e12, "money", "HKD")]),
        ("八百億港元", [(8e10, "money", "HKD")]),
        ("9,899.2 億元新台幣", [(989_920_000_000, "money", "TWD")]),
        ("5000萬人民幣", [(5e7, "money", "CNY")]),
        ("兆元級，2兆元", [(2e12, "money", "元")]),
        ("三成", [(30, "percent", "")]),
        ("三成半、七成四、7成4", [(35, "percent", ""), (74, "percent", ""), (74, "percent", "")]),
        ("三千億、一萬個理由、萬一、千萬不要", [(3e11, "plain", "")]),
        ("三成零，兩成 5 個", [(30, "percent", ""), (20, "percent", ""), (5, "plain", "")]),
        ("百分之二十三點五", [(23.5, "percent", "")]),
        ("25 bps, 3個百分點, 1碼", [(0.25, "points", ""), (3, "points", ""), (0.25, "points", "")]),
        ("twenty-five percent", [(25, "percent", "")]),
        ("one hundred and twenty-three million dollars", [(123e6, "money", "$")]),
        ("half a billion dollars", [(5e8, "money", "$")]),
        ("26 cents", [(0.26, "money", "")]),
        ("18x earnings, 兩倍", [(18, "times", ""), (2, "times", "")]),
        ("up 3-5%", [(3, "percent", ""), (5, "percent", "")]),
        ("10至12億元", [(1e9, "money", "元"), (1.2e9, "money", "元")]),
        ("$10-12 billion", [(1e10, "money", "$"), (1.2e10, "money", "$")]),
        ("322億至334億美元", [(3.22e10, "money", "USD"), (3.34e10, "money", "USD")]),
        ("收一千八，站上一萬七千三百點", [(1800, "plain", ""), (17300, "count", "index_point")]),
        ("1萬7306點、1萬7元", [(17306, "count", "index_point"), (17000, "money", "元")]),
        (
            "廿五元、卅張、二○二五元、3仟元",
            [(25, "money", "元"), (30, "count", "lot"), (2025, "money", "元"), (3000, "money", "元")],
        ),
        ("壹仟貳佰參拾肆元", [(1234, "money", "元")]),
        ("⑤⑦%、𝟓𝟕%、٥٧٪、５７％", [(57, "percent", "")] * 4),
        (
            "三分之一的營收, two-thirds of sales, 2/5 of it",
            [(33.333333, "percent", ""), (66.666667, "percent", ""), (40, "percent", "")],
        ),
        ("profit doubled, 股價腰斬、營收翻倍", [(2, "times", ""), (0.5, "times", ""), (2, "times", "")]),
        ("買超三萬兩千張", [(32000, "count", "lot")]),
        ("EUR3.3bn and RMB59m", [(3.3e9, "money", "EUR"), (59e6, "money", "CNY")]),
        ("1¾%, 2½ percent", [(1.75, "percent", ""), (2.5, "percent", "")]),
        ("half a percentage point, a 50-basis-point cut", [(0.5, "points", ""), (0.5, "points", "")]),
        ("two and a half billion dollars", [(2.5e9, "money", "$")]),
        ("20多億元、380餘萬張", [(2e9, "money", "元"), (3.8e6, "count", "lot")]),
        (
            "三倍半、一碼半、25塊5、二十五塊半",
            [(3.5, "times", ""), (0.375, "points", ""), (25.5, "money", "元"), (25.5, "money", "元")],
        ),
        ("35 to 55 cents", [(0.35, "money", ""), (0.55, "money", "")]),
        ("$3.10-$3.30", [(3.1, "money", "$"), (3.3, "money", "$")]),
        ("twice as much, a tenfold rise, 10倍增長", [(2, "times", ""), (10, "times", ""), (10, "times", "")]),
        ("H100, GPT4 and iPhone17", []),
        ("一成不變、一元化、成為、完成本季", []),
        ("two reasons, 一個, 第三, 十分, 兩三季, 一點點, 三點結論", []),
        ("no number", []),
    ],
)
def test_a_quantity_is_what_it_says(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert read(text) == expected


def _han(number: int, digits: str, units: str) -> str:
    """A whole number below 10**8 in Chinese numerals."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return (
            _han(high, digits, units) + units[3] + (("" if low >= 1000 else digits[0]) + _han(low, digits, units) if low else "")
        )
    out, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            out += (digits[0] if zero and out else "") + digits[digit] + (units[power - 1] if power else "")
            zero = False
        else:
            zero = True
    return out


SPELLINGS: dict[str, Callable[[int], str]] = {
    "figures": str, "thousands": lambda number: f"{number:,}", "wide": lambda number: str(number).translate({48 + at: 0xFF10 + at for at in range(10)}),
    "mathematical": lambda number: str(number).translate({48 + at: 0x1D7CE + at for at in range(10)}),
    "arabic_indic": lambda number: str(number).translate({48 + at: 0x660 + at for at in range(10)}),
    "chinese": lambda number: _han(number, "零一二三四五六七八九", "十百千萬"), "simplified": lambda number: _han(number, "零一二三四五六七八九", "十百千万"),
    "financial": lambda number: _han(number, "零壹貳參肆伍陸柒捌玖", "拾佰仟萬"), "circle_for_zero": lambda number: "".join("○一二三四五六七八九"[int(digit)] for digit in str(number)),
    "mixed": lambda number: f"{number // 10**4}萬{number % 10**4:04}" if number >= 10**4 and number % 10**4 >= 10 else str(number),
}  # fmt: skip


NEIGHBOURS = (23, 34, 45, 56, 67, 78, 89)


@pytest.mark.parametrize("number", NEIGHBOURS)
def test_two_neighbouring_digits_alone_are_no_number_but_about_so_many(number: int) -> None:
    assert read(f"共{SPELLINGS['circle_for_zero'](number)}元。") == []  # 二三元: two or three


@given(st.integers(13, 10**8 - 1), st.sampled_from(sorted(SPELLINGS)))
def test_every_spelling_of_a_whole_number_is_that_number(number: int, spelling: str) -> None:
    assume(spelling != "circle_for_zero" or number not in NEIGHBOURS)
    assert [int(value) for value, *_ in read(f"共{SPELLINGS[spelling](number)}元。")] == [number]


@given(st.integers(13, 10**7), st.integers(13, 10**7), st.sampled_from(sorted(SPELLINGS)), st.sampled_from(sorted(SPELLINGS)))
def test_no_two_numbers_are_spelled_alike(one: int, other: int, spelling: str, another: str) -> None:
    first, second = read(f"共{SPELLINGS[spelling](one)}元。"), read(f"共{SPELLINGS[another](other)}元。")
    assert (first == second) == (one == other)


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


@given(st.integers(1, 999), st.sampled_from([("億", 8), ("萬", 4), ("千億", 11), ("百萬", 6)]), st.sampled_from("多餘"))
def test_so_many_and_more_is_of_the_same_size(number: int, scale: tuple[str, int], more: str) -> None:
    word, power = scale
    assert [int(value) for value, *_ in read(f"{number}{more}{word}元")] == [number * 10**power]


@given(st.decimals(Decimal("0.01"), 999, places=2), st.sampled_from(["USD", "HKD", "EUR", "RMB", "TWD"]))
def test_a_code_may_be_written_up_to_its_figure(number: Decimal, code: str) -> None:
    assert read(f"{code}{number}bn") == read(f"{code} {number}bn") == read(f"{number}bn {code}")


@given(st.sampled_from(["minus", "negative"]), st.integers(1, 99))
def test_minus_may_be_a_word(word: str, number: int) -> None:
    assert [found.sign for found in quantities(f"{word} {number}%")] == [-1]


@given(st.text(max_size=100))
def test_no_text_breaks_it_and_every_quantity_stands_where_it_says(text: str) -> None:
    form = fold(text)
    assert len(form.places) == len(form.text) + 1
    for found in quantities(form.text):
        assert form.text[found.start : found.end].strip() == found.text.strip()
        start, end = form.span(found.start, found.end)
        assert 0 <= start <= end <= len(text)
