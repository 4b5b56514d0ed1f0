"""The numbers of a text, however they are written: 1,234 = 1234 = １２３４, 1.2億 = 120m, 三成 = 30% = thirty percent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

Kind = Literal["plain", "percent", "money", "times"]

SCALES = {
    "k": 3, "thousand": 3, "千": 3, "萬": 4, "万": 4,
    "m": 6, "mn": 6, "mm": 6, "mln": 6, "million": 6, "百萬": 6, "百万": 6, "千萬": 7, "千万": 7, "億": 8, "亿": 8,
    "b": 9, "bn": 9, "bln": 9, "billion": 9, "十億": 9, "十亿": 9, "百億": 10, "百亿": 10, "千億": 11, "千亿": 11,
    "t": 12, "tn": 12, "trn": 12, "trillion": 12, "兆": 12, "萬億": 12, "万亿": 12,
}  # fmt: skip
"""Powers of ten that a unit stands for. 兆 is Taiwan's and Japan's 10^12."""
CURRENCIES = {
    "hk$": "HKD", "hkd": "HKD", "港元": "HKD", "港幣": "HKD", "港币": "HKD", "港紙": "HKD",
    "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD",
    "nt$": "TWD", "twd": "TWD", "ntd": "TWD", "台幣": "TWD", "臺幣": "TWD", "新台幣": "TWD", "新臺幣": "TWD",
    "rmb": "CNY", "cny": "CNY", "yuan": "CNY", "人民幣": "CNY", "人民币": "CNY",
    "€": "EUR", "eur": "EUR", "歐元": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP",
    "jpy": "JPY", "yen": "JPY", "日圓": "JPY", "日元": "JPY", "円": "JPY",
    "$": "", "¥": "", "元": "", "塊": "", "块": "", "蚊": "", "dollars": "", "dollar": "", "bucks": "", "cents": "",
}  # fmt: skip
"""Which currency a sign or a word means; empty: money, but it does not say whose."""
_PERCENT = r"percent(?:age points?)?|per cent|pct|pp\b|bps\b|basis points?|個?百分點|个?百分点|基點|基点|%|‰"
_TIMES = r"x\b|[- ]?fold\b|times\b|倍"

_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"} | {0x3000: 0x20}
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
"""The full-width comma parts clauses; only before three figures does it part thousands."""


_WORD_END = {"元": "(?![化件素老月旦朝首宇])", "千": "(?!萬|万)", "塊": "(?!頭)", "块": "(?!头)"}
"""What must not follow, lest 一元化 be money."""


def _words(table: Mapping[str, object]) -> str:
    """The table's keys as an alternation, longest first; a Latin one ends where the word ends."""
    longest = sorted(table, key=len, reverse=True)
    return "|".join(
        re.escape(word) + _WORD_END.get(word, r"(?![A-Za-z])" if word[-1].isalpha() and word.isascii() else "")
        for word in longest
    )


_CURRENCY, _SCALE = _words(CURRENCIES), _words(SCALES)
_HAN = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二兩两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8}
_TENTHS = rf"成(?:半|[{''.join(_HAN)}](?![個个百千萬万億亿十])|\d(?![\d.,%個个百千萬万億亿]))?(?![不為为立功員员本交果熟長长])"
"""三成, 三成半, 七成四; not the 成 of 成為, 成功, 成本 …"""
_HAN_NUMBER = f"[{''.join(_HAN)}][{''.join(_HAN)}十百千萬万億亿]*|十[{''.join(_HAN)}]?"
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELLED: dict[str, Decimal] = {
    **{word: Decimal(value) for value, word in enumerate(_ONES.split(), 1)},
    **{word: Decimal(10 * value) for value, word in enumerate(_TENS.split(), 2)},
    "half a": Decimal("0.5"),
    "a hundred": Decimal(100),
    "one hundred": Decimal(100),
}
_TENS_ONES = (
    rf"(?:{_TENS.replace(' ', '|')})(?:[- ](?:{'|'.join(_ONES.split()[:9])}))?|half a|(?:a|one) hundred|{_ONES.replace(' ', '|')}"
)

_NUMBER = re.compile(
    rf"(?P<before>(?<![A-Za-z])(?:{_CURRENCY})\s?)?(?P<sign>(?<![\w.)])[-−–+]\s?)?(?P<money>\$\s?)?"
    r"(?<![A-Za-z0-9_.])(?P<digits>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<scale>[ -]?(?:{_SCALE}))?(?P<after>\s?-?(?:{_PERCENT}|{_TIMES}|{_TENTHS}|{_CURRENCY}))?",
    re.IGNORECASE | re.ASCII,
)
_HAN_QUANTITY = re.compile(
    rf"(?P<of>百分之)(?P<share>(?:{_HAN_NUMBER})(?:[點点][{''.join(_HAN)}]+)?)|(?<![第十百千萬万億亿{''.join(_HAN)}])"
    rf"(?P<number>(?:{_HAN_NUMBER})(?:[點点][{''.join(_HAN)}]+)?)(?P<after>個?百分點|个?百分点|{_TENTHS}|倍|{_CURRENCY}|(?<=[億亿萬万])(?![一個个分千]))"
)
_SPELLED_QUANTITY = re.compile(
    rf"\b(?P<number>{_TENS_ONES})[ -](?P<scale>hundred|thousand|million|billion|trillion)?[ ]?(?P<after>percent|per cent|times|dollars)?\b",
    re.IGNORECASE | re.ASCII,
)
_RANGE = re.compile(r"\s?(?:[-–—~至到]|to)\s?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `value` has its unit worked in and no sign; `digits` are the significant ones as written."""

    value: Decimal
    kind: Kind
    start: int
    end: int
    text: str
    digits: int
    currency: str = ""
    scale: int = 0
    sign: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is a bare count: no unit, no decimals."""
        return self.kind == "plain" and not self.scale and self.value == self.value.to_integral_value() and "." not in self.text


def folded(text: str) -> str:
    """Full-width digits, letters and signs as ASCII, every character where it was."""
    return _WIDE_COMMA.sub(",", text.translate(_ASCII))


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a folded text, in order: figures, Chinese numerals before a unit, and English words before a unit.

    A Chinese numeral without unit (一個, 第三) and an English one (two reasons) are words, not numbers.
    """
    found = sorted((*_figures(text), *_han(text), *_spelled(text)), key=lambda quantity: quantity.start)
    return tuple(_of_range(one, after, text) for one, after in zip_longest(found, found[1:]))


def _figures(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        mantissa = Decimal(match["digits"].replace(",", ""))
        scale = SCALES[match["scale"].strip(" -").lower()] if match["scale"] else 0
        before, after = (match["before"] or "").strip().lower(), (match["after"] or "").strip(" -").lower()
        kind, factor = _unit(after) if after else ("money" if before or match["money"] else "plain", Decimal(1))
        currency = CURRENCIES.get(before, "") or CURRENCIES.get(after, "")
        sign = {"-": -1, "−": -1, "–": -1, "+": 1}.get((match["sign"] or "").strip(), 0)
        value = mantissa * factor * 10**scale + _tenth(after)
        start = match.start("before") if before else match.start("money") if match["money"] else match.start("digits")
        shown = text[start : match.end()].strip()
        yield Quantity(value, kind, start, start + len(shown), shown, _significant(match["digits"]), currency, scale, sign)


def _han(text: str) -> Iterator[Quantity]:
    for match in _HAN_QUANTITY.finditer(text):
        words, after = (match["share"], "%") if match["of"] else (match["number"], match["after"])
        value = _of_han(words)
        kind, factor = _unit(after)
        digits = len(value.normalize().as_tuple().digits)
        yield Quantity(value * factor + _tenth(after), kind, *match.span(), match[0], digits, CURRENCIES.get(after, ""))


def _spelled(text: str) -> Iterator[Quantity]:
    for match in _SPELLED_QUANTITY.finditer(text):
        if not (match["scale"] or match["after"]):
            continue
        words = match["number"].lower()
        parts = [words] if words in _SPELLED else re.split("[ -]", words)
        scale = {"hundred": 2, **SCALES}.get((match["scale"] or "").lower(), 0)
        value = sum((_SPELLED[part] for part in parts), Decimal(0))
        kind, _ = _unit((match["after"] or "").lower())
        yield Quantity(value * 10**scale, kind, *match.span(), match[0].strip(), len(str(value)), scale=scale)


def _unit(after: str) -> tuple[Kind, Decimal]:
    """What the words after a number make of it, and by how much they multiply it."""
    if not after:
        return "plain", Decimal(1)
    if after.startswith("成"):
        return "percent", Decimal(10)
    if after in CURRENCIES:
        return "money", Decimal(1)
    if re.fullmatch(_TIMES, after):
        return "times", Decimal(1)
    small = {"bps": 100, "basis point": 100, "basis points": 100, "基點": 100, "基点": 100, "‰": 10}
    return "percent", 1 / Decimal(small.get(after, 1))


def _tenth(after: str) -> int:
    """What stands behind 成: half a tenth, or a hundredth."""
    behind = after[1:2] if after.startswith("成") else ""
    return 5 if behind == "半" else int(behind) if behind.isdecimal() else _HAN.get(behind, 0)


def _of_han(words: str) -> Decimal:
    whole, _, decimals = words.replace("点", "點").partition("點")
    total = section = digit = 0
    for char in whole:
        if char in _HAN:
            digit = _HAN[char]
        elif (unit := _HAN_UNITS[char]) < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = (total + section + digit) * unit, 0, 0
    return Decimal(f"{total + section + digit}.{''.join(str(_HAN[char]) for char in decimals) or 0}")


def _of_range(one: Quantity, after: Quantity | None, text: str) -> Quantity:
    """`10-12%`, `10至12億`: the first number has the unit of the second."""
    bare = one.kind == "plain" and not one.scale
    if after is None or not bare or not _RANGE.fullmatch(text[one.end : after.start]):
        return one
    return replace(one, value=one.value * 10**after.scale, kind=after.kind, currency=after.currency, scale=after.scale)


def _significant(digits: str) -> int:
    """Digits that say something: the zeros at the end of a whole number round it."""
    bare = digits.replace(",", "")
    bare = bare.replace(".", "") if "." in bare else bare.rstrip("0")
    return len(bare.lstrip("0")) or 1
