"""Pay as a text states it: `$80,000.00 a year`, `55.000 €`, `between $80k and $95k`, `18 dollars an hour`, `月薪1.5万-2.5万`, `up to 5 LPA`."""

from __future__ import annotations

import re

from functions.interview_prep.posting.clean_text import line
from functions.interview_prep.posting.values.pay_amounts import MONEY, worth
from functions.interview_prep.posting.values.pay_words import FROM, JOIN, LABEL, NOT_PAY, NOT_PAY_AFTER, PERIOD, QUALITY

MOST_TEXT = 15_000
"""Characters looked through."""
_LARGE = re.compile(r"\s?(?:[mMbB]\b|[mb]illion|bn\b|mio\b|mrd\b|\+(?!\s)|%)")
_JOIN = re.compile(JOIN, re.IGNORECASE)
_TAIL = re.compile(
    rf"[ \t]{{0,3}}(?:\n[ \t]?|[,(][ \t]?)?(?:{QUALITY}[ \t]?(?:[ao]l?[ \t])?){{0,2}}(?P<period>[ \t]?{PERIOD})(?: ?[-–(] ?(?:[a-z]+ )?est(?:imated|\.)\)?)?",
    re.IGNORECASE,
)
_QUALITY = re.compile(rf"[ \t]{QUALITY}(?!\w)", re.IGNORECASE)
_LABELLED = re.compile(rf"{LABEL}(?P<between>[^\d\n.;!?]{{0,40}})$", re.IGNORECASE)
_LIMIT = re.compile(rf"(?:^|(?<=[\s:(：)£$€]))(?P<limit>{FROM})\s{{0,2}}$", re.IGNORECASE)
_NOT_PAY = re.compile(rf"(?<!\w){NOT_PAY}(?!\w)[^\d\n.;!?]{{0,30}}$", re.IGNORECASE)
_NOT_PAY_AFTER = re.compile(NOT_PAY_AFTER, re.IGNORECASE)
_WITH_MORE = re.compile(r"\s?(?:\\?\+|plus\b|doe\b|depending on|dependent on|dep\.|negotiable|pro rata|base\b|basic\b|package\b|umbrella\b)", re.IGNORECASE)  # fmt: skip
_MONTHS_AFTER = re.compile(r"\s?[·•x×*]\s?\d{2}\s?薪")
_PENSION = re.compile(r"40[13]\s?[(]?[kKb]\b")
"""A pension by the paragraph of its law."""
_BEFORE = 60
"""Characters before an amount in which its label stands."""
_LEAST_YEARLY = 1_000
"""An amount of a range that names no period: less is no pay but a bonus or a fee."""
_YEARLY = (10_000, 500_000)
"""What a year's pay is, as far as an amount alone tells."""
_MOST_PAY = 50_000_000
_EAST = frozenset("千万萬만천")
_LOCAL = frozenset({"lakh", "lakhs", "lac", "lacs", "lpa", "triệu"})


def pay_in(text: str) -> str:
    """The pay that a text states as a range, with its period or behind its label, as written; empty if it states none.

    The first such figure: other money (funding, budgets, bonuses) is told by the words around it. What makes an amount
    the least or the most (`up to`), and a label that gives the period (`月薪`), are kept.
    """
    text = text[:MOST_TEXT]
    found = list(MONEY.finditer(text))
    for at, first in enumerate(found):
        second = found[at + 1] if at + 1 < len(found) else None
        if pay := _pay_at(text, first, second):
            return pay
    return ""


def _pay_at(text: str, first: re.Match[str], second: re.Match[str] | None) -> str:
    """The pay that begins with this amount; empty if it is none."""
    if _LARGE.match(text, first.end()) or _PENSION.match(text, first.start()):
        return ""
    last = _upper_end(text, first, second) or first
    tail = _TAIL.match(text, last.end())
    before = text[max(0, first.start() - _BEFORE) : first.start()]
    label, limit = _LABELLED.search(before), _LIMIT.search(before)
    months = _MONTHS_AFTER.match(text, last.end())
    end = tail.end() if tail else months.end() if months else last.end()
    if not _is_money(first, last, label is not None, period=bool(tail), months=bool(months)) or _is_other_money(
        text, before, end, label
    ):
        return ""
    ranged = last is not first
    local = _scale(last) in _LOCAL or bool(months) or (bool(tail) and _scale(last) in _EAST)
    bare = _YEARLY[0] <= worth(last) <= _YEARLY[1] and (
        _WITH_MORE.match(text, end)
        or (limit and (limit["limit"][0].isupper() or _WITH_MORE.search(text[end : end + 40])))
        or _is_alone(text, first.start(), end)
    )
    if not (tail or local or (label and worth(last) >= 1) or (ranged and worth(last) >= _LEAST_YEARLY) or bare):
        return ""
    start = first.start()
    if label and label["telling"] and not (tail and label["telling"].casefold() not in {"ote", "ctc"}):
        start -= len(before) - label.start()
    elif limit and not ranged:
        start -= len(before) - limit.start()
    if not tail and (quality := _QUALITY.match(text, end)):
        end = quality.end()
    return line(text[start:end].strip(" .,("), 100)


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the amount's line."""
    row = text[text.rfind("\n", 0, start) + 1 : start] + text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
    return "\n" in text and not any(char.isalnum() for char in row)


def _upper_end(text: str, first: re.Match[str], second: re.Match[str] | None) -> re.Match[str] | None:
    """The second amount, where both are a range: nothing but a period and a word such as `to` stands between."""
    if second is None or _LARGE.match(text, second.end()):
        return None
    tail = _TAIL.match(text, first.end(), second.start())
    joined = any(_JOIN.fullmatch(text, end, second.start()) for end in {first.end(), tail.end() if tail else first.end()})
    return second if joined and worth(second) > 0 else None


def _is_money(first: re.Match[str], last: re.Match[str], named: bool, *, period: bool, months: bool) -> bool:
    """Whether the amounts say by a currency, a scale or a label that they are money."""
    if worth(last) > _MOST_PAY * (10 if _scale(last) in _EAST else 1):
        return False
    if months or any(part[name] for part in (first, last) for name in ("before", "after")):
        return True
    scale = _scale(last)
    return scale in _LOCAL or (scale in _EAST and (period or named)) or (named and scale == "k")


def _is_other_money(text: str, before: str, end: int, label: re.Match[str] | None) -> bool:
    plain = label is not None and (":" in label["between"] or _LIMIT.search(label["between"]))
    if not plain and _NOT_PAY_AFTER.match(text, end):
        return True
    between = label["between"] if label else before
    return bool(_NOT_PAY.search(between))


def _scale(found: re.Match[str]) -> str:
    return (found["scale"] or "").strip().casefold()
