"""Facts as whole sentences: what is written like a telegram gets its verb, and what refers to the fact before it stays beside that.

What a fact says stays as it is: no figure, name or direction is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
