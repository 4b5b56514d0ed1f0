"""The quantities of a text, however they are written: 1,234 = １２３４, 1.2億 = 120m, 三成 = 30% = thirty percent, doubled = 2x."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from shared.numbers.english_numerals import spelled
from shared.numbers.fractions import fractions, multiples
from shared.numbers.numeral_parser import DIGITS, HAN, HAN_DIGIT, Numeral, numeral, numerals
from shared.numbers.unit_words import EVERYDAY, Kind, Unit, currency_before, scale_after, unit_after

_RANGE = re.compile(r"\s?(?:[-–—~～至到]|to|and|与|和)\s?$")
_BOTH = re.compile(r"\s?(?:and|与|和)\s?$")
_NO_SIGN_AFTER = r"(?<![A-Za-z0-9_.)%元块点股张倍亿万千百个月日号年季周天人家名台辆吨])"
_SIGN = re.compile(
    rf"{_NO_SIGN_AFTER}[-–+]$|{_NO_SIGN_AFTER}(?<![A-Za-z0-9)%元点股张倍亿万人家台辆吨]\s)[-–+]\s$|负的?$|\b(?:minus|negative)\s$",
    re.IGNORECASE,
)
"""Not the dash of a range: 10元-12元, $10 - $12."""
_TENTHS = re.compile(
    rf"成(?:(?P<half>半)|(?P<han>[{HAN_DIGIT}])(?![个{HAN}])|(?P<figure>\d)(?![\d.,%个百千万亿]))?(?![不为立功员本交果熟长])"
)
_HUNDREDTHS = re.compile(rf"百分之(?:({HAN_DIGIT[0]}|[{HAN}]+(?:点[{HAN_DIGIT}]+)?)|(\d+(?:\.\d+)?))")
_STATED = re.compile(
    r"(?:[收报站上破跌守涨升挫见达至到为是约近逾超价低高盘创在剩赚亏买卖沽吸扫看喊试回调开共计合有]|来到|成交|目标|指数|市值)\s?$"
)
"""What stands before a Chinese numeral that is a figure though no unit follows: 收一千八."""
_IDIOM = re.compile(
    rf"(?<![{HAN}])(?:千万(?=不|别|勿|要)|万一(?![千百十])|百分百|一百分|三七二十一|十分|千[里方]|百花|一一(?=列|说|回|对)|万[分般物]|三三两两|一五一十|九牛|[两三]桶油|五花|七上|八成(?=新)"
    rf"|二套(?=住?房)|三心二|二话|一千零一夜|十[足之全])"
)
_OF_A_POINT = re.compile(r" of (?:a|one) (?:percentage |full )?point", re.IGNORECASE)
_HALF_MORE = re.compile(r"半(?![年天导数路途月夜场段价])")
_TENTH_MORE = re.compile(r"(\d)(?![\d.,%万亿千百个张股])", re.ASCII)
_MIXED_FRACTION = re.compile(
    r"(?<![\d/.,])(?P<whole>\d{1,3}) (?P<high>[1-7])/(?P<low>[2-8])(?![\d/])(?=\s?(?:%|percent|percentage|points?\b|times|x\b|billion|million|bn\b|倍|个百分点|厘))",
    re.ASCII,
)
_MORE = re.compile(r"(?<=[十百千万亿兆\d])[多余几](?=[^数少半]|$)")
_CENTS = ("cents", "cent", "¢", "仙")
_DIMES = re.compile(rf"(?P<half>半)|(?P<han>[{HAN_DIGIT}])(?![{HAN}])|(?P<figure>\d)(?![\d.,])", re.ASCII)
"""Behind 毫: half of one, or tenths of one; 五毫八 is 0.58."""
_ORDINAL = re.compile(r"第\s?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `value` has its unit worked in and no sign; `digits` are the significant ones as written.

    `unit`: a count's (`share`, `day`); `currency`: a code, or a sign's `$`, `元`, `¥` that does not say whose. `sign`: -1, 1; 0: none.
    """

    value: Decimal
    kind: Kind
    start: int
    end: int
    text: str
    digits: int
    currency: str = ""
    scale: int = 0
    sign: int = 0
    unit: str = ""
    decimals: bool = False
    derived: bool = False
    """A multiple or a fraction in words: doubled, a third, 腰斬."""

    @property
    def whole(self) -> bool:
        """Whether it is a bare count: no unit but an everyday one, no decimals."""
        plain = self.kind == "plain" or (self.kind == "count" and self.unit in EVERYDAY)
        return plain and not self.scale and self.value == self.value.to_integral_value() and not self.decimals


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a folded text, in order: figures, Chinese numerals, English words, fractions, multiples.

    A Chinese numeral without unit (一個, 第三) and a small English one (two reasons) are words, not numbers.
    """
    taken = bytearray(len(text) + 1)
    for match in _IDIOM.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found: list[Quantity] = []
    for reader in (_hundredths, _mixed_fractions, fractions_of, _figures, _spelled):
        for one in reader(text):
            if not any(taken[one.start : one.end]):
                found.append(one)
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
    found.sort(key=lambda quantity: quantity.start)
    return tuple(
        _in_range(_of_range(one, after, text), before, text)
        for before, one, after in zip_longest([None, *found], found, found[1:])
        if one
    )


def fractions_of(text: str) -> Iterator[Quantity]:
    """Fractions as percentages and multiples as times."""
    for start, end, value, digits in fractions(text):
        if points := _OF_A_POINT.match(text, end):
            yield Quantity(value, "points", start, points.end(), text[start : points.end()], digits, decimals=True)
            continue
        yield Quantity(value * 100, "percent", start, end, text[start:end], digits, derived=True)
    for start, end, value, sign in multiples(text):
        yield Quantity(value, "times", start, end, text[start:end], 1, sign=sign, derived=True)


def _figures(text: str) -> Iterator[Quantity]:
    for one in numerals(text):
        made = _measured(text, one)
        if made is not None and (not one.han or _is_meant(text, one, made)):
            yield made


def _measured(text: str, one: Numeral) -> Quantity | None:
    """A numeral with its scale, its unit, its currency and its sign."""
    if (
        one.end < len(text)
        and one.end
        and text[one.end - 1].isdigit()
        and text[one.end].isascii()
        and text[one.end].isalpha()
        and not (scale_after(text, one.end)[1] or unit_after(text, one.end))
        and not re.match(r"(?:st|nd|rd|th|s)(?![A-Za-z])", text[one.end : one.end + 3])
    ):
        return None  # 4Runner, 3D
    power, length = scale_after(text, one.end) if not one.han else (0, 0)
    at = one.end + length
    tenths = _TENTHS.match(text, at) if not power else None
    unit = Unit("percent", len(tenths[0]), Decimal(10)) if tenths else _unit_behind(text, at)
    currency, start = currency_before(text, one.start)
    sign_at = _SIGN.search(text, max(0, start - 10), start)
    if unit is None and currency:
        unit = Unit("money", 0, name=currency)
    kind: Kind = unit.kind if unit else "plain"
    value = one.value * 10**power * (unit.factor if unit else 1) + (_tenth(tenths) if tenths else 0)
    more, longer = _and_a_half(text, at, unit)
    value += more
    sign = {"+": 1}.get(sign_at[0].strip(), -1) if sign_at else 0
    end = at + (unit.length if unit else 0) + longer
    after = unit.name if unit and kind == "money" else ""
    money = after if len(after) > 1 and after != currency else currency or after  # 人民币 1 亿美元 is told in dollars
    name = unit.name if unit and kind == "count" else ""
    if kind in ("count", "times") and currency:
        kind, name, end = "money", "", at  # $5 a share
    begin = start if currency else one.start
    shown = text[begin:end].rstrip()
    digits = len(value.normalize().as_tuple().digits) if tenths else one.digits
    return Quantity(value, kind, begin, begin + len(shown), shown, digits, money, power or one.scale, sign, name, one.decimals)


def _unit_behind(text: str, at: int) -> Unit | None:
    """The unit at that place, or behind the 多 that stands there: 六万多张."""
    more = _MORE.match(text, at)
    if more is None:
        return unit_after(text, at)
    found = unit_after(text, at + len(more[0]))
    return None if found is None else replace(found, length=found.length + len(more[0]))


def _and_a_half(text: str, at: int, unit: Unit | None) -> tuple[Decimal, int]:
    """What stands behind a unit, and its length: 三倍半, 一码半, 25块5."""
    if unit is None or unit.kind not in ("times", "points", "money"):
        return Decimal(0), 0
    end = at + unit.length
    if text[end - 1 : end] in "毫子" and unit.kind == "money":
        dimes = _DIMES.match(text, end)
        return (unit.factor * _tenth(dimes) / 10, len(dimes[0])) if dimes else (Decimal(0), 0)
    if (half := _HALF_MORE.match(text, end)) is not None and unit.name in ("", "元"):
        return unit.factor / 2, len(half[0])
    tenth = _TENTH_MORE.match(text, end) if text[end - 1 : end] == "块" else None
    return (Decimal(tenth[1]) / 10, 1) if tenth else (Decimal(0), 0)


def _is_meant(text: str, one: Numeral, made: Quantity) -> bool:  # noqa: PLR0911
    """Whether a Chinese numeral is a figure: it has a unit that is none of everyday talk, or stands where a figure stands."""
    words = text[one.start : one.end]
    if len(words) == 2 and all(char in DIGITS for char in words) and DIGITS[words[1]] == DIGITS[words[0]] + 1:  # noqa: PLR2004
        return False  # 兩三季
    if _ORDINAL.search(text, max(0, one.start - 2), one.start) or set(words) <= set("〇零○◯"):
        return False
    if made.kind in ("percent", "points", "times", "money"):
        return words != "十" or made.kind != "times"
    if made.kind == "count":
        return (made.unit not in EVERYDAY and made.unit != "index_point") or one.value > 12  # noqa: PLR2004
    several = len(words) > 1 and not all(char in DIGITS for char in words)
    stated = _STATED.search(text, max(0, one.start - 3), one.start) is not None
    if several and one.value >= 100 and (stated or len(words) > 2 or words[-1] in "万亿"):  # noqa: PLR2004
        return not re.match(r"\s?[个種种次]", text[one.end : one.end + 2]) or len(words) > 2  # noqa: PLR2004
    if len(words) > 2 and all(char in DIGITS for char in words):  # noqa: PLR2004
        return stated
    return several and stated and one.value > 12  # noqa: PLR2004


def _hundredths(text: str) -> Iterator[Quantity]:
    for match in _HUNDREDTHS.finditer(text):
        found = numeral(match[1] or match[2])
        if found is not None and match[1] != "百":
            yield Quantity(found.value, "percent", *match.span(), match[0], found.digits, decimals=found.decimals)


def _mixed_fractions(text: str) -> Iterator[Quantity]:
    """2½ percent, 1¾%."""
    for match in _MIXED_FRACTION.finditer(text):
        value = int(match["whole"]) + Decimal(match["high"]) / int(match["low"])
        one = Numeral(*match.span(), value, len(value.normalize().as_tuple().digits), decimals=True)
        if (made := _measured(text, one)) is not None:
            yield made


def _spelled(text: str) -> Iterator[Quantity]:
    for start, end, value, digits in spelled(text):
        power, length = scale_after(text, end)
        unit = unit_after(text, end + length)
        kind: Kind = unit.kind if unit else "plain"
        everyday = kind == "plain" or (kind == "count" and unit is not None and unit.name in EVERYDAY)
        if everyday and not power and value <= 100:  # noqa: PLR2004
            continue
        stop = end + length + (unit.length if unit else 0)
        name = unit.name if unit else ""
        worth = value * 10**power * (unit.factor if unit else 1)
        yield Quantity(
            worth,
            kind,
            start,
            stop,
            text[start:stop],
            digits,
            name if kind == "money" else "",
            power,
            0,
            name if kind == "count" else "",
        )


def _tenth(found: re.Match[str]) -> int:
    """What stands behind 成 or 毫: half of one, or tenths of one."""
    return 5 if found["half"] else DIGITS[found["han"]] if found["han"] else int(found["figure"] or 0)


def _of_range(one: Quantity, after: Quantity | None, text: str) -> Quantity:
    """`10-12%`, `10至12億`, `between 3 and 5 million`: the first number has the unit of the second."""
    if (
        after is None
        or one.derived
        or after.derived
        or (between := text[one.end : after.start]).strip() == ""
        or not _RANGE.fullmatch(between)
    ):
        return one
    if _BOTH.fullmatch(between) and not re.search(r"(?:between|from|介于|在)\W*$", text[max(0, one.start - 9) : one.start]):
        return one
    bare = one.kind == "plain" or (one.kind == "money" and not one.scale and after.kind in ("plain", "money") and after.scale)
    if not bare or (after.kind == "plain" and not after.scale):
        return one
    value = one.value * 10**after.scale if not one.scale and after.kind != "points" else one.value
    if after.kind == "percent" and after.text.rstrip().endswith("成"):
        value = one.value * 10
    if after.kind == "money" and after.text.lower().rstrip().endswith(_CENTS):
        value = one.value / 100
    kind = after.kind if one.kind == "plain" else one.kind
    return replace(
        one, value=value, kind=kind, currency=one.currency or after.currency, scale=one.scale or after.scale, unit=after.unit
    )


def _in_range(one: Quantity, before: Quantity | None, text: str) -> Quantity:
    """`$10-12 billion`: the second number has the currency of the first."""
    if before is None or not before.currency or one.currency or one.kind != "plain" or not one.scale:
        return one
    ranged = _RANGE.fullmatch(text[before.end : one.start])
    return replace(one, kind="money", currency=before.currency) if ranged else one
