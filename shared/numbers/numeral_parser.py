"""Numerals as people write them: 1,234.5  一千二百  壹仟  廿五  二○二五  1萬7306  一千八 (1,800)  twenty-five  two and a half.

All functions take folded text (`shared.text.folding`): one form of every character, ASCII digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shared.text.folding import folded

_DIGIT_FORMS = ("零〇○Ｏ", "一壹弌", "二贰兩两贰弍", "三叁参參弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
DIGITS = {folded(char): value for value, chars in enumerate(_DIGIT_FORMS) for char in chars if len(folded(char)) == 1}
DIGITS |= {"○": 0, "◯": 0, "两": 2, "俩": 2}
UNITS = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
}
TENS = {"廿": 20, "卅": 30, "卌": 40}
HAN = "".join(dict.fromkeys((*DIGITS, *UNITS, *TENS)))
HAN_DIGIT = "".join(DIGITS)
_HAN_UNIT = "".join(UNITS)

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<![\d.])\.\d+"
_HAN_PIECE = rf"[{HAN}]{{1,24}}(?:点[{HAN_DIGIT}]{{1,9}}(?![十拾百佰分{HAN_DIGIT}]))?"
MIXED = re.compile(
    rf"(?:{ARABIC}|{_HAN_PIECE})(?:\s?[多余]?(?:(?!千[瓦克米])[{_HAN_UNIT}]){{1,3}}(?:零?(?:{ARABIC}|{_HAN_PIECE}))?){{0,5}}",
    re.ASCII,
)
"""One numeral, in figures, in Chinese characters, or in both by turns."""
_CODE = re.compile(
    r"(?<![A-Za-z])(?:EPS|PE|PB|PEG|CPI|PPI|GDP|ROE|ROA|PMI|EBITDA|FFO|ARPU|NIM|RSI|VIX|yoy|qoq|mom|HKD|USD|TWD|NTD|CNY|RMB|EUR|GBP|JPY|SGD|AUD|CAD|KRW|INR|CHF|DKK|SEK|NOK|NZD|THB|MYR)$",
    re.IGNORECASE,
)
"""A currency's code, or what is measured, that is written up to its figure: EUR3.3bn, EPS3.27元."""
_PART = re.compile(
    rf"(?P<figure>{ARABIC})|(?P<units>[{_HAN_UNIT}])|(?P<tens>[{''.join(TENS)}])|(?P<point>点)|(?P<digits>[{HAN_DIGIT}]+)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral of a text. `digits`: significant ones as written; `scale`: the power of ten of its last unit, 0 without one."""

    start: int
    end: int
    value: Decimal
    digits: int
    scale: int = 0
    han: bool = False
    """All of it is Chinese characters or words."""
    decimals: bool = False


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral in figures or Chinese characters, in order; whether it is meant as a number is for others to say."""
    for match in MIXED.finditer(text):
        if (
            match[0].isascii()
            and match.start()
            and (text[match.start() - 1].isascii() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "_"))
            and not _CODE.search(text, max(0, match.start() - 7), match.start())
        ):
            continue  # H100, a4
        if (found := numeral(match[0], match.start())) is not None:
            yield found


def numeral(words: str, start: int = 0) -> Numeral | None:
    """The numeral that a piece of folded text is; None if it is none."""
    parts = [(match.lastgroup or "", match[0]) for match in _PART.finditer(words)]
    if not parts or (all(kind == "units" for kind, _ in parts) and words[0] not in "十拾"):
        return None
    value, last = _value(parts)
    if value is None:
        return None
    figures = "".join(piece for kind, piece in parts if kind == "figure")
    alone = len([kind for kind, _ in parts if kind in ("figure", "digits", "tens")]) == 1
    significant = _significant(figures) if figures and alone else len(value.normalize().as_tuple().digits)
    decimals = "." in figures or any(kind == "point" for kind, _ in parts)
    return Numeral(start, start + len(words.rstrip()), value, significant, last, not figures, decimals)


def _value(parts: list[tuple[str, str]]) -> tuple[Decimal | None, int]:  # noqa: C901
    """The value, and the power of ten of the last unit: sections of four as Chinese counts, with the colloquial 一千八, 1萬7 at the end."""
    total = section = Decimal(0)
    current: Decimal | None = None
    last, scale, seen_zero = 1, 0, False
    kinds = [kind for kind, _ in parts]
    at = 0
    while at < len(parts):
        kind, piece = parts[at]
        if kind == "figure":
            current, seen_zero = Decimal(piece.replace(",", "")), piece.startswith("0")
            if at and at == len(parts) - 1 and last >= 10**4 and len(piece) == 1:
                return total + section + current * last / 10, scale  # 1萬7
        elif kind == "tens":
            section += TENS[piece]
            current, last = None, 10
        elif kind == "digits":
            spoken = piece.lstrip("".join(char for char, value in DIGITS.items() if value == 0)) if at else piece
            seen_zero = seen_zero or spoken != piece
            if not spoken:
                at += 1
                continue
            current = Decimal("".join(str(DIGITS[char]) for char in spoken))
            if at == len(parts) - 1 and at and len(spoken) == 1 and last >= 100 and not seen_zero:  # noqa: PLR2004
                return total + section + current * last / 10, scale
        elif kind == "point":
            rest = parts[at + 1][1] if at + 1 < len(parts) else ""
            if kinds[at + 1 : at + 2] != ["digits"]:
                break
            current = Decimal(f"{int(current or 0)}.{''.join(str(DIGITS[char]) for char in rest)}")
            at += 1
        else:
            unit = UNITS[piece]
            scale = len(str(unit)) - 1
            if unit >= 10**4:
                below = section + (current or 0)
                # 萬 before 億 multiplies with it (三萬億); 億 before 萬 does not (三億五千萬).
                total = (total + below or Decimal(1)) * unit if total < unit else total + below * unit
                section, current = Decimal(0), None
            else:
                section, current = section + (1 if current is None else current) * unit, None
            last, seen_zero = unit, False
        at += 1
    return total + section + (current or 0), (scale if kinds[-1] == "units" else 0)


def _significant(figures: str) -> int:
    """Digits that say something: the zeros at the end of a whole number round it."""
    bare = figures.replace(",", "")
    bare = bare.replace(".", "") if "." in bare else bare.rstrip("0")
    return len(bare.lstrip("0")) or 1
