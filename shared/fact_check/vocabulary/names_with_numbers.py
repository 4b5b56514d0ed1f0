"""Names and phrases with numerals in them that are no figures: S&P 500, 24/7, top 10."""

from __future__ import annotations

import re

from shared.text.folding import folded
from shared.text.in_place import blanked

NAMES = re.compile(
    r"(?:\b(?:S&P|Nasdaq|Russell|Dow|FTSE|CSI|Nikkei|STOXX|KOSPI|ASX|TOPIX|Fortune|Forbes|COVID)[- ]?"
    r"|(?:" + folded("標普|滬深|日經|羅素|道瓊|科創|納指|上證|富時|台灣|恆生") + r")\s?)"
    r"(?:19|30|50|100|180|200|225|250|300|350|400|500|600|1000|2000|3000)(?![\d%]|[.,]\d)"
    r"|\btop \d{1,3}(?![\d%]|[.,]\d)|前\s?\d{1,3}(?=[大名位档])"
    r"|\b\d{1,2}-?[KQ]\b(?= (?:filing|report))|\b(?:10-K|10-Q|8-K|20-F|6-K|401\(?k\)?|24/7|50/50|80/20|9-to-5|[2-6]G|Web3|24/5)\b"
    r"|(?:\d{1,3}|[一二三五六十廿百]{1,3})\s?[日周月季年](?=均?线)|\b\d{1,3}-day(?= (?:moving )?average)"
    r"|一口气|一度(?!电)|一股(?=[卖买势热力脑冲动])|一手(?=包|好|坏|资)|一票(?=人|股)|一片|一路"
    r"|\b100% (?=sure|certain|agree|honest|clear)|百分之百(?:确定|肯定|同意)?|100%(?=确定|肯定|同意|准确|认同)"
    r"|(?<!\d)(?:0?9:[03]0|1[236]:[03]0)(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_NUMERAL = re.compile(r"\d|[一二三四五六七八九十百]", re.ASCII)


def without_names(text: str) -> str:
    """A folded text without the numerals of names and phrases: the S&P 500 stays the S&P."""
    return NAMES.sub(lambda match: blanked(_NUMERAL, match[0]), text)
