"""Pay as people write it, by locale: `$80,000.00`, `55.000 €`, `80 000 Kč`, `between $80k and $95k a year`, `17,25 EUR/h`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from functions.interview_prep.posting.clean_text import line, squash

MOST_TEXT = 15_000
"""Characters looked through."""
_UNITS = {
    "ann": "year",
    "yea": "year",
    "yr": "year",
    "mon": "month",
    "wee": "week",
    "day": "day",
    "dai": "day",
    "hou": "hour",
    "hr": "hour",
}
_CODES = r"USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|JPY|CNY|RMB|INR|CZK|PLN|HUF|SEK|NOK|DKK|RON|BGN|BRL|MXN|ZAR|ILS|AED|SAR|EGP|TRY|THB|KRW|TWD|MYR|RM|PKR|NGN|KES|PHP|IDR|VND|[Ee]uros?"
_SIGNS = r"[$€£¥₹₪₩₺฿₽₦₱₫]|Rs\.?(?=[ \u00a0\d])|(?:US|CA|AU|A|C|NZ|S|HK)\$|R\$|Kč|zł|kr\.?|Ft|Fr\.|лв|ريال|درهم|元|万元|円|руб"
_CURRENCY = rf"(?:(?:{_CODES})\b|{_SIGNS})"
_NUMBER = r"\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)|\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,4})?(?!\d)"
_SCALE = r"(?:\s?[kK](?![\w])|\s?(?:tis\.|thousand|mil)\b|\s?(?i:lakhs?|lacs?|lpa|crores?)\b|[千万])"
_MONEY = re.compile(
    rf"(?<![A-Za-zÀ-ž0-9_$€£.,])(?P<before>{_CURRENCY})?[ \u00a0]?(?P<number>{_NUMBER})(?P<scale>{_SCALE})?(?:,[-–]{{1,2}})?(?P<after>[ \u00a0]?{_CURRENCY})?"
)
_LARGE = re.compile(r"\s?(?:[mMbB]\b|[mb]illion|bn\b|mio\b|mrd\b|\+(?!\s)|%)")
_JOIN = re.compile(
    r"\s{0,2}(?:-|–|—|~|〜|to|and|bis|až|à|al?|do|til|und|et|y|up\s+to|until|through|έως|إلى|至|到)\s{0,2}", re.IGNORECASE
)
_PERIOD = re.compile(
    r"[ \t]{0,3}[,(]?\s?(?:gross|brutto?|base|brut|bruto|hrubého|hrubá|lordi|на руки|до вычета налогов)?[ \t]{0,2}(?:(?:per|a la|an?|/|p\.|pr\.|pro|par|al|por|za|na|i|je|за|в|im|ανά|τον|την)[ \t]{0,2}(?:year|annum|yr|a\.|month|mo\b|week|wk|day|hour|hr|h\b|jahr|monat|stunde|std\b|uur|tim(?:me)?\b|time\b|dag\b|tag\b|semaine|semana|mês|settimana|mese|ora\b|an\b|mois|heure|año|mes|hora|rok|měsíc|hodinu|godz|miesiąc|månaden|månad|mån|måned|år|month|месяц|год|час|μήνα|έτος|ώρα)"
    r"|(?:annually|yearly|monthly|weekly|daily|hourly|jährlich|monatlich|ročně|měsíčně|hrubého měsíčně|شهريا|سنويا|annuels?|mensuels?|anuales|mensuales|mensais|mensal|p\.?a\b\.?|μηνιαίως)|[/每](?:年|月|时|小时|天))",
    re.IGNORECASE,
)
_GROUP = 3
"""Digits between two marks of thousands."""
_LEAST_YEARLY = 1_000
"""An amount of a range that names no period: less is no pay but a bonus or a fee."""


def money(currency: Any, amounts: Iterable[float], unit: Any) -> str:
    """`USD 120,000-150,000 per year`; empty without a positive amount."""
    known = sorted({float(amount) for amount in amounts if amount > 0})
    if not known:
        return ""
    figures = "-".join(f"{amount:,.0f}" if amount.is_integer() else f"{amount:,.2f}" for amount in (known[0], *known[1:][-1:]))
    word = squash(line(unit, 40)).removeprefix("per").removeprefix("1")
    period = next((name for start, name in _UNITS.items() if word.startswith(start)), "")
    return " ".join(part for part in (line(currency, 5), figures, f"per {period}" if period else "") if part)


def amount_of(value: Any) -> float:
    """A number as people write it, by the look of its separators; 0 if it is none.

    The last of two kinds of separators is the decimal one; a single kind is one for thousands where three digits follow it.
    """
    if isinstance(value, bool):
        return 0.0
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else 0.0  # noqa: PLR2004 - larger is a mistake; NaN compares false
    found = _MONEY.search(f" {value[:60]}") if isinstance(value, str) else None
    return _number(found["number"]) * _scale(found["scale"]) if found else 0.0


def amounts_in(value: Any) -> list[float]:
    """All the amounts of a text such as `80,000 - 95,000`."""
    if not isinstance(value, str):
        return [amount] if (amount := amount_of(value)) else []
    return [_number(found["number"]) * _scale(found["scale"]) for found in _MONEY.finditer(value[:200])]


def _number(digits: str) -> float:
    digits = re.sub(r"[\s\u00a0\u202f'’]", "", digits)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return float(digits)
    last = digits.rfind(marks[-1])
    decimals = len(digits) - last - 1
    one_kind = len(set(marks)) == 1
    thousands = one_kind and (len(marks) > 1 or (decimals == _GROUP and not digits.startswith("0")))
    whole = re.sub(r"[.,]", "", digits if thousands else digits[:last])
    return float(whole if thousands else f"{whole or 0}.{digits[last + 1 :]}")


def _scale(scale: str | None) -> int:
    word = (scale or "").strip().casefold()
    if word in _LAKHS:
        return 100_000
    return 10_000_000 if word.startswith("crore") else 10_000 if word == "万" else 1_000 if word else 1


_LAKHS = frozenset({"lakh", "lakhs", "lac", "lacs", "lpa"})
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:ote|salary|pay|pays|wages?|(?:hourly|day|daily) rate|stundenlohn|gehalt|lohn|salaire|mzda|plat|ctc|package|stipend)|薪资|月薪|年薪|薪酬|工资|待遇|الراتب)(?: range)?\s{0,2}(?:is|of|from|up to|od|ab|von|:|：)?\s{0,2}$",
    re.IGNORECASE,
)
"""What stands before a figure that is pay without saying so by a period or a currency."""
_MONTHS_AFTER = re.compile(r"\s?[·•x×*]\s?\d{2}\s?薪")


def pay_in(text: str) -> str:
    """The pay that a text states as a range or with its period, as written; empty if it states none.

    The first such figure: a posting that speaks of other money (funding, budgets, bonuses) does so without a period.
    """
    found = list(_MONEY.finditer(text[:MOST_TEXT]))
    for at, first in enumerate(found):
        if _LARGE.match(text, first.end()):
            continue
        end, last = first.end(), first
        second = found[at + 1] if at + 1 < len(found) else None
        if second is not None and _JOIN.fullmatch(text, first.end(), second.start()) and not _LARGE.match(text, second.end()):
            end, last = second.end(), second
        named = bool(_NAMED_BEFORE.search(text[max(0, first.start() - 30) : first.start()]))
        scaled = (last["scale"] or "").strip().casefold()
        local = scaled in _LAKHS or (named and scaled in {"k", "千", "万"}) or bool(_MONTHS_AFTER.match(text, end))
        if not local and not any(part[name] for part in (first, last) for name in ("before", "after")):
            continue
        period = _PERIOD.match(text, end)
        high = _number(last["number"]) * _scale(last["scale"])
        if period or local or (named and high >= 1) or (last is not first and high >= _LEAST_YEARLY):
            return line(text[first.start() : period.end() if period else end].strip(" .,("), 100)
    return ""
