"""What stands in dates beside figures: names of months in seventy languages, of time zones, of halves of the day, of eras."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

MONTH_NAMES = Path(__file__).parent / "month_names.txt"
"""A month a line, its names and short names with commas, as `bare` has them. Where languages disagree (`listopad`) the larger one's."""
_BETWEEN = re.compile(r"[\s\d,/():;|–-]+")
_EDGES = ".'’׳॰"
_HOUR = 3600.0
ZONES = {
    name: hours * _HOUR
    for hours, names in {
        -10: "HST", -9: "AKST", -8: "AKDT PST", -7: "PDT MST", -6: "MDT CST", -5: "CDT EST", -4: "EDT AST", -3.5: "NST", -3: "ADT BRT ART", -2.5: "NDT",
        0: "UT UTC GMT WET Z", 1: "BST CET MEZ WEST WAT", 2: "CEST MESZ EET CAT SAST", 3: "EEST MSK EAT TRT", 4: "GST", 5: "PKT", 5.5: "IST", 5.75: "NPT",
        7: "ICT WIB", 8: "HKT SGT PHT WITA AWST", 9: "JST KST WIT", 9.5: "ACST", 10: "AEST", 10.5: "ACDT", 11: "AEDT", 12: "NZST", 13: "NZDT",
    }.items()
    for name in names.split()
}  # fmt: skip
"""Seconds ahead of UTC. Of names that several zones have the one that feeds mean: `CST` is America's by RFC 822, `IST` India's."""
_ZONE = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}(?![A-Za-z])")
AFTERNOON = r"pm|p\.\s?m\.?|下午|午後|晚上|오후|μμ|μ\.μ\.|ch(?![a-z])"
BEFORE_NOON = r"am|a\.\s?m\.?|上午|午前|早上|凌晨|오전|πμ|π\.μ\.|sa(?![a-z])"
ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988}
"""The year before the first of an era."""
BUDDHIST = 543
"""Years that Thailand's are ahead, in dates of Thai letters."""


def bare(word: str) -> str:
    """A word as the table of months has it: in small letters, without accents."""
    low = word.lower().replace("\u0131", "i")  # Turkish, without its dot
    parts = unicodedata.normalize("NFKD", low)
    return unicodedata.normalize("NFKC", "".join(char for char in parts if not "\u0300" <= char <= "\u036f"))


def month_of(text: str) -> int:
    """The last month that a date names, 1 to 12, or 0: a weekday may be called as a month is (`mar, 20 gen`)."""
    words = [bare(word.strip(_EDGES)) for word in _BETWEEN.split(text)]
    words = [word[2:] if word[:2] in {"d'", "d’"} else word for word in words]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    table = _months()
    found = (table.get(word) or table.get(word.removeprefix("ב")) for word in (*reversed(words), *pairs))
    return next((month for month in found if month), 0)


@cache
def _months() -> dict[str, int]:
    lines = MONTH_NAMES.read_text(encoding="utf-8").splitlines()
    return {name: month for month, names in enumerate(lines, 1) for name in names.split(", ")}


def zone_of(text: str) -> float | None:
    """Seconds ahead of UTC of the zone that a date names, the last one; None where it names none that is known."""
    found = (ZONES.get(name) for name in reversed(_ZONE.findall(text)))
    return next((seconds for seconds in found if seconds is not None), None)


def in_ascii_digits(text: str) -> str:
    """With figures as `0` to `9`, whatever letters they were written in."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
