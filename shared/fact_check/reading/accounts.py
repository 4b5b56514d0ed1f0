"""From which of a company's two accounts a figure is: as reported (GAAP), or adjusted."""

from __future__ import annotations

import re

from shared.fact_check.reading.clauses import Neighbourhood
from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.line_words import REACH
from shared.numbers.quantity_parser import Quantity

_ADJUSTED = r"adjusted|adj\b\.?|non-gaap|normali[sz]ed|underlying|pro forma|core(?= (?:eps|earnings|ffo|profit|operating))|(?:net of|after|excluding|adjusting for|adjusted for|before) (?:these |the |its |certain |special |one-time |unusual |adjusting ){0,2}(?:items|charges|costs)|扣非|扣除非经常|经调整|调整后|非公认"
_REPORTED = r"as reported|on a reported basis|(?:our|its|their|the) reported|(?<!non-)(?<!non )gaap|statutory|(?<!非)公认会计准则|未经调整"
_ACCOUNT = re.compile(rf"(?P<adjusted>\b(?:{_ADJUSTED}))|(?P<reported>\b(?:{_REPORTED}))", re.IGNORECASE)
_ACCOUNT_AFTER = re.compile(
    r"(?:\s?(?:to|-|–)\s?\$?\d[\d.,]{0,12})?(?: (?:per|a)(?: \w{1,12}){0,3}? share)?,?\s(?:(?P<adjusted>as adjusted|on an? (?:non-gaap |adjusted ){1,2}basis|adjusted|(?:after )?excluding (?:special |one-time |unusual )?items|after excluding)|(?P<reported>as reported|on a (?:reported|gaap) basis))",
    re.IGNORECASE,
)


def account(text: str, one: Quantity, near: Neighbourhood, before: Figure | None) -> str:
    """`adjusted` or `reported` by the words beside a figure, empty where none says so. `before`: the figure before it in its sentence."""
    if "respectively" in text[one.end : near.sentence.end]:
        return ""
    start = before.quantity.end if before is not None else max(near.sentence.start, one.start - REACH)
    if before is not None and (told := _ACCOUNT_AFTER.match(text, start)) is not None:
        start = told.end()
    said = [match.lastgroup or "" for match in _ACCOUNT.finditer(text, start, one.start)]
    after = _ACCOUNT.match(text, one.end) or _ACCOUNT_AFTER.match(text, one.end)
    if after or said:
        return (after.lastgroup or "") if after else said[-1]
    return before.account if before is not None and (before.quantity.kind, one.kind) == ("money", "money") else ""
