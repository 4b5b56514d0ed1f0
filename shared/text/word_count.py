"""How long a text is, in its language's own unit: a CJK character is one, a run of Latin letters or digits is one."""

from __future__ import annotations

import re

CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
"""Inside a regular expression's brackets: Han of every plane, kana, Hangul. Punctuation is not among them."""

_URL = r"https?://[\w\-.~:/?#@!$&*+,;=%()\[\]]+"
# What holds a run together: 1,234.5  don't  e-mail  AT&T  S&P  2330.TW  +3.2%  HK$380
_WORD = rf"(?:(?![{CJK}])\w)+(?:[-'’.,:/&@_](?:(?![{CJK}])\w)+)*"
_UNIT = re.compile(rf"{_URL}|[{CJK}]|{_WORD}")
_IS_CJK = re.compile(f"[{CJK}]")


def units(text: str) -> list[str]:
    """The text's units in order. `騰訊Q3收入1,234億` has nine; punctuation, spaces and emoji have none."""
    return _UNIT.findall(text)


def length(text: str) -> int:
    """How many units: words of English, characters of Chinese and Japanese, each as it stands in a mixed text."""
    return len(units(text))


def cjk_share(text: str) -> float:
    """The share of units that are CJK characters, 0..1; 0 for a text without units."""
    found = units(text)
    return sum(1 for unit in found if _IS_CJK.match(unit)) / len(found) if found else 0.0
