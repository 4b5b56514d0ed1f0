"""Whether the unit of a figure is the unit of a fact: percent is no percentage point, 元 no 美元, and a bare count licenses no price."""

from __future__ import annotations

import re
from collections.abc import Collection

from shared.fact_check.reading.figure import Figure
from shared.fact_check.vocabulary.metric_names import COUNT, COUNTED_IN, INDEXES, MONEY, RATIO
from shared.numbers.quantity_parser import Quantity

_ALIKE = (
    {"company", "store", "plant"},
    {"vehicle", "device", "piece"},
    {"user", "person", "time"},
    {"share", "stock_name"},
    {"device", "home"},
)
_POSTS = frozenset({"job", "position", "role", "post", "worker", "staff", "employee", "headcount"})
"""What is held by one person each."""
_PLACES = frozenset(
    {
        "location",
        "outlet",
        "site",
        "shop",
        "store",
        "restaurant",
        "branche",
        "branch",
        "unit",
        "club",
        "dealership",
        "cinema",
        "hotel",
    }
)
"""What a shop may be called."""
_CURRENCY_PAIR = re.compile(r"人民币|汇率|兑|cn[hy]|forex|exchange rate|per dollar")
_SIGNS = {"$": {"USD", "HKD", "TWD", "SGD", "AUD", "CAD"}, "元": {"TWD", "CNY", "HKD", "SGD"}, "¥": {"CNY", "JPY"}}
"""What a sign may mean where nobody says whose money it is."""


def home_currencies(code: str, supplied: Collection[str]) -> frozenset[str]:
    """The currencies that a bare sign may stand for: those that were supplied, else the ones of the stock's market."""
    named = {currency for currency in supplied if len(currency) > 1}
    if named:
        return frozenset(named)
    bare, _, market = code.upper().partition(".")
    by_market = {"HK": "HKD", "TW": "TWD", "TWO": "TWD", "SS": "CNY", "SZ": "CNY", "US": "USD", "T": "JPY", "L": "GBP"}.get(
        market, ""
    )
    if by_market:
        return frozenset({by_market})
    if bare.isdigit():
        return frozenset(
            {"CNY"} if len(bare) == 6 else {"HKD", "TWD"} if len(bare) == 4 else {"HKD"} if len(bare) == 5 else _SIGNS["元"]  # noqa: PLR2004
        )
    return frozenset({"USD"}) if bare else frozenset()


def same_unit(said: Quantity, fact: Figure, line: str, home: frozenset[str]) -> bool:  # noqa: PLR0911
    """Whether a figure with the said unit may stand for the fact. `line`: the fact's own, folded, in lower case."""
    have = fact.quantity
    if said.kind == have.kind:
        if said.kind == "money":
            return _same_money(said.currency, have.currency, home)
        if said.kind == "count":
            return said.unit == have.unit or any({said.unit, have.unit} <= group for group in _ALIKE)
        return True
    if said.kind == "plain":
        return have.kind in ("money", "count", "times") or (have.kind == "percent" and "=pmi" in fact.tokens)
    if have.kind == "plain":
        return _licensed(said, fact, line)
    if said.unit == "index_point" and have.kind == "points":
        return True
    if said.kind == "points" and have.unit == "index_point":
        return _CURRENCY_PAIR.search(line) is not None
    if {said.kind, have.kind} == {"times", "percent"}:
        return said.derived or have.derived or fact.change
    return False


def _licensed(said: Quantity, fact: Figure, line: str) -> bool:
    """Whether a bare number among the facts may be given that unit: by what it measures."""
    measured = {
        token[1:]
        for token, weight in fact.tokens.items()
        if token.startswith("=") and (weight >= 1 or not fact.strong) and weight >= 0.5  # noqa: PLR2004
    }
    if said.kind == "money":
        counted = bool(measured & COUNT) and not measured & MONEY - {"guidance"}
        named = bool(fact.noun and fact.quantity.scale)  # 2.80 million subscriptions
        if measured & {"index", *INDEXES} and not measured & {"price", "turnover_value", "market_cap"}:
            return False
        return (bool(measured & MONEY) and not (fact.noun or counted)) or (not measured and fact.quantity.decimals and not named)
    if said.kind == "percent":
        ratio = fact.quantity.value <= 1 or any(word in line for word in ("rate", "ratio", "率", "比", "share of", "pct"))
        return bool(measured & RATIO) or (not measured and ratio)
    if said.kind == "times":
        return bool(measured & {"pe", "pb"}) or any(word in line for word in ("multiple", "倍", "ratio"))
    return said.kind == "count" and _counts(said, fact, measured)


def _counts(said: Quantity, fact: Figure, measured: set[str]) -> bool:
    """Whether a bare number among the facts may be a count in that unit: 40,990 stores are no employees."""
    counted = measured & COUNT
    if fact.noun and not counted:
        noun = fact.noun.removesuffix("s")
        return (said.unit == "person" and noun in _POSTS) or (said.unit == "store" and noun in _PLACES)
    if said.unit == "person" and measured & {"unemployment", "payrolls"}:
        return True
    units = set[str]().union(*(COUNTED_IN.get(metric, set()) for metric in counted))
    if units and counted <= COUNTED_IN.keys() and said.unit not in units:
        return False
    return bool(counted) or not measured or (said.unit == "index_point" and bool(measured & {"index", "price", *INDEXES}))


def _same_money(said: str, fact: str, home: frozenset[str]) -> bool:
    if said == fact or not said:
        return True
    if len(said) > 1 and len(fact) > 1:
        return False
    mine = {said} if len(said) > 1 else _SIGNS.get(said, set())
    theirs = {fact} if len(fact) > 1 else _SIGNS.get(fact, set()) & (home or _default(fact)) or _default(fact)
    if not fact:
        return len(said) == 1 or said in home or not home
    return bool(mine & theirs)


def _default(sign: str) -> frozenset[str]:
    return {"$": frozenset({"USD"}), "元": frozenset({"TWD", "CNY", "HKD"}), "¥": frozenset({"CNY", "JPY"})}.get(
        sign, frozenset()
    )
