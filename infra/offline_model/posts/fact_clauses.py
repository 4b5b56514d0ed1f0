"""Facts as whole sentences: what is written like a telegram gets its verb, and what refers to the fact before it stays beside that.

What a fact says stays as it is: no figure, name or direction is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shared.text.word_count import length

_METRIC_WORD = (
    r"margins?|revenues?|sales|volume|eps|income|profits?|loss|backlog|capex|debt|dividends?|price|yield|earnings|flow|guidance|users|subscribers|"
    r"deliveries|headcount|stores|orders|output|capacity|turnover|spending|expenditures?|inventor(?:y|ies)|bookings|shipments|assets|rate|share|target"
)
_AMOUNT = r"(?:about |around |nearly |over )?[$€£¥~]?\d"
_LABELLED = re.compile(rf"(?P<label>[^:：.?!]{{2,60}})\s?[:：]\s?(?P<value>{_AMOUNT}.*|(?:US|NT|HK)\$\d.*)", re.IGNORECASE)
_BARE = re.compile(
    rf"(?P<label>(?:[\w&'’()/.-]+ ){{0,7}}(?:{_METRIC_WORD})) (?P<value>(?:{_AMOUNT}|(?:US|NT|HK)\$\d).*)", re.IGNORECASE
)
_CJK_BARE = re.compile(
    r"(?P<label>[^\d，。；：:]{0,16}(?:率|額|量|支出|營收|盈餘|淨利|利益|股利|收入|現金|負債|成本|費用|庫存|存貨|訂單|市值|股價|EPS|人數|家數|比重|目標))"
    r"\s?(?P<value>(?:約|近|逾|超過|達)?\s?(?:NT\$|US\$|\$)?\d.*)"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_REFERS = re.compile(
    r"(?:[\w']+,? ){0,4}(?:it|they|that|this|these|those|its|their)\b|(?:去年|前年|上季|之前)?(?:當時|它|同期|這|此)",
    re.IGNORECASE,
)
"""Openings that mean the fact before: `a year ago it covered 6 months`."""
_PLURAL = re.compile(
    r"(?:sales|earnings|orders|deliveries|users|subscribers|stores|bookings|shipments|assets|margins|revenues|profits|dividends|inventories)$",
    re.IGNORECASE,
)
# fmt: off
_COMMON = frozenset((
    "The", "A", "An", "It", "Its", "This", "These", "Shares", "Revenue", "Revenues", "Net", "Total", "Sales", "Analysts",
    "Adjusted", "Quarterly", "Gross", "Operating", "For", "In", "Full-year", "Third-quarter", "Second-quarter",
    "First-quarter", "Fourth-quarter", "Management", "Profit", "Earnings", "Free", "Cash", "Central", "Trading", "Fuel",
    "There", "They", "We", "You", "He", "She", "Our", "Their", "More", "Most", "Mostly", "Many", "Some", "All", "After", "Before", "While", "When",
    "If", "By", "From", "With", "As", "At", "On", "To", "One", "Two", "Three", "About", "Nearly", "Half",
    "Capacity", "Inventories", "Holds", "Volume", "Orders", "Order", "Margins", "Margin", "Capital",
))
# fmt: on
"""Words that facts begin with and that are no names."""
ENDS = ".。;；,， "
_CUT = ("…", "...", "[…]")
"""Ends of a fact that was cut off: it is told only where there is no other."""


def is_cjk(text: str) -> bool:
    """Whether a text has Chinese or Japanese in it."""
    return bool(_CJK.search(text))


def clause(fact: str) -> str:
    """A fact as a clause with a verb, without a stop at its end."""
    fact = " ".join(fact.split()).rstrip(ENDS)
    if _CJK.search(fact):
        if found := _CJK_BARE.fullmatch(fact):
            return f"{found['label']}是{_spaced(found['value'])}"
        found = _LABELLED.fullmatch(fact)
        return f"{found['label']}是{_spaced(found['value'])}" if found else fact
    if found := _LABELLED.fullmatch(fact):
        return f"{found['label'].strip()} came to {found['value']}"
    if found := _BARE.fullmatch(fact):
        return f"{found['label']} {'were' if _PLURAL.search(found['label']) else 'was'} {found['value']}"
    return fact


def groups(facts: Sequence[str]) -> list[list[str]]:
    """The facts' clauses in their order; one that refers to the fact before it is in its group."""
    found: list[list[str]] = []
    whole = [fact for fact in facts if not fact.rstrip(ENDS).endswith(_CUT)]
    for fact in whole or facts:
        made = clause(fact)
        if not made:
            continue
        if found and _REFERS.match(made):
            found[-1].append(made)
        else:
            found.append([made])
    return found


def _spaced(value: str) -> str:
    """A value after a Chinese verb: one space before its digits if it begins with them, as the text has it elsewhere."""
    value = value.strip()
    return f" {value}" if value[:1].isdigit() else value


def framed(frame: str, fact: str) -> str:
    """A fact as it stands in its sentence: where that has begun its first word is small, unless it is a name."""
    before = frame[: frame.index("{fact}")].rstrip()
    first, gap, rest = fact.partition(" ")
    if not before:
        return frame.replace("{fact}", capital(fact))
    small = f"{first.lower()}{gap}{rest}" if first in _COMMON and not before.endswith((":", "：")) else fact
    return frame.replace("{fact}", small)


def capital(text: str) -> str:
    """With a large letter, unless its first word has a shape of its own: `iPhone sales`."""
    return text if any(char.isupper() for char in text.partition(" ")[0]) else text[:1].upper() + text[1:]


def tells(sentence: str, facts: str) -> bool:
    """Whether half of a sentence stands in the facts."""
    words = [word for word in re.findall(r"[^\W_]+", sentence.casefold()) if len(word) > 2 or word.isdigit()]  # noqa: PLR2004
    return sum(word in facts for word in words) > len(words) / 2


def is_headline(topic: str) -> bool:
    """Whether a topic is a whole headline, which stands in no sentence as a thing does."""
    most = 10 if is_cjk(topic) else 4  # `the quarterly report`, `先進封裝的產能`
    return length(topic) > most or bool(re.search("[:：，！!？?“”「]", topic))
