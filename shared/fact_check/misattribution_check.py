"""Checks whether a right value is told of the wrong thing: its words fit another fact or metric better than its own."""

from __future__ import annotations

from collections.abc import Sequence

from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import PER_SHARE
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.metric_names import ACTS, COUNT, MONEY, RATIO, may_mean

MARGIN = 0.45
"""By how much another fact has to fit better: more than half a metric."""
UNSAID = 0.3
"""What each of a fact's own words costs that is not said, up to two."""
NEAR = 0.8
"""Weight of a fact's words that stand right beside its figure."""
OWN = 0.6
"""From which on a word tells a fact from most others: it stands in two of them at most."""
NAMED = 0.4
"""From which on a figure's words name another fact, where they have nothing of its own."""
COMMON = 0.3
"""What the stock's own name tells one fact from the others."""
_SUBJECTS = frozenset({"foreign", "trusts", "dealers", "institutions", "insiders", "margin_loans", "short_interest"})
_OF_THE_STOCK = frozenset({"price", "close", "open", "high", "low", "volume", "after_hours"})
"""What is told of the stock itself, often without its name."""
_PROFITS = frozenset({"profit", "operating_profit", "eps", "gross_profit"})
_VAGUE = frozenset({"guidance", "after_hours"})
"""What no figure measures: that somebody expects it, and when shares are traded."""
KNOWN = MONEY | RATIO | COUNT | _SUBJECTS | {"pe", "pb", "ps", "index", "turnover_value", "moving_average"}
_SPECIAL = frozenset({"eps", "gross_margin", "target_price", "dividend", "high", "low", "open"})
"""Metrics whose name no fact of a general kind gives: a profit is no profit per share."""


def belongs_elsewhere(said: Figure, fact: Figure, candidates: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether the words around a figure are those of another fact, or of a metric that this fact does not measure."""
    mine = score(said, fact, supplied)
    if _conflict(said, fact, supplied) or _other_slot(said, fact, supplied) or _other_name(said, fact, supplied):
        return True
    own = set(map(id, candidates))
    others = [
        other
        for other in supplied.figures
        if id(other) not in own and _same_slot(said, other) and _could_be(said, other, supplied)
    ]
    best = max((score(said, other, supplied, ways=True) for other in others), default=0.0)
    if not words_shared(said, fact, supplied):
        of_stock = {token[1:] for token in fact.tokens if token.startswith("=")} <= _OF_THE_STOCK
        return any(
            words_shared(said, other, supplied, own=COMMON if of_stock else 1.0) > NAMED
            for other in others
            if other.line != fact.line or any(other.tokens.get(token, 0) >= NEAR for token in said.tokens)
        )
    return best - mine > MARGIN


def _could_be(said: Figure, other: Figure, supplied: Supplied) -> bool:
    """Whether the text may have meant the other fact: its unit, and an expectation or an earlier time as told."""
    if said.quantity.kind == "money" and bool(said.tokens.keys() & PER_SHARE) != bool(other.tokens.keys() & PER_SHARE):
        return False
    mine, theirs = said.standing, other.standing
    if (mine.earlier or mine.expected) and not (theirs.earlier if mine.earlier else theirs.expected):
        return False
    if (theirs.earlier or theirs.expected) and not (mine.earlier or mine.expected or mine.baseline):
        return False
    return same_unit(said.quantity, other, supplied.lines[other.line].lower(), supplied.home)


def _other_slot(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether a change is told as a level or a share, or the reverse: 21.96% of revenue is no fall of 21.96%."""
    moved = bool(fact.change and fact.signs.get("change"))
    one = fact.quantity
    percent = one.kind == "percent"
    if moved and percent and said.standing.share and not said.change and not fact.standing.share:
        return True
    if moved and _is_level(said):
        return percent or _among(said, supplied, change=False)
    if not (said.change and "change" in said.signs) or fact.change or one.sign or fact.basis or "change" in fact.signs:
        return False
    if percent:
        return bool(fact.strong & RATIO) or fact.standing.share or _among(said, supplied, change=True)
    return _among(said, supplied, change=True)


def _other_name(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether the text names whom another fact in this unit is about, and not whom this one is about."""
    whose = _names(fact, supplied)
    if not whose or whose & said.all_tokens:
        return False
    beside = {token for token, weight in said.tokens.items() if weight >= NEAR}
    inherited = {token for token in said.subject - supplied.own_name if _is_name(token, supplied)}
    mine = {token for token in beside | inherited if _tells(token, supplied)} - fact.tokens.keys()
    return any(
        mine & _names(other, supplied)
        for other in supplied.figures
        if other is not fact
        and other.change == fact.change
        and (other.quantity.kind, other.quantity.unit) == (fact.quantity.kind, fact.quantity.unit)
        and not _names(other, supplied) & whose
    )


def _names(fact: Figure, supplied: Supplied) -> set[str]:
    """The words beside its figure that tell whom a fact is about; without any, those of the figure before."""
    tell = {token: weight for token, weight in fact.tokens.items() if weight >= NEAR and _tells(token, supplied)}
    tell = {token: weight for token, weight in tell.items() if not token.startswith("=")} or tell
    named = {token for token in fact.subject if _tells(token, supplied)} if not tell else set()
    return {token for token, weight in tell.items() if weight >= 1} or set(tell) or named


def _is_name(token: str, supplied: Supplied) -> bool:
    """Whether a word is one as the facts write it: with a capital."""
    return not token.isascii() or f" {token.capitalize()}" in f" {supplied.text}"


def _tells(token: str, supplied: Supplied) -> bool:
    """Whether a word tells whom a fact is about: a name, or one of the market's parties."""
    return token[1:] in _SUBJECTS | {"index"} if token.startswith("=") else supplied.weights.get(token, 0) >= OWN


def _among(said: Figure, supplied: Supplied, *, change: bool) -> bool:
    """Whether the facts have changes, or levels, in the figure's own unit: without any, it can only mean this one."""
    return any(
        other.change == change
        and bool(other.signs.get("change")) >= change
        and (other.quantity.kind, other.quantity.unit) == (said.quantity.kind, said.quantity.unit)
        for other in supplied.figures
    )


def _is_level(said: Figure) -> bool:
    """Whether a text says where something stands, not how far it moved."""
    return said.level and not said.change and not said.signs and not said.basis


def score(said: Figure, fact: Figure, supplied: Supplied, *, ways: bool = False) -> float:
    """How much of a figure's words are a fact's, less what it leaves out of the fact's own. `ways`: of one that went the other way, names alone count."""
    other_way = ways and any(fact.signs.get(axis) == -sign for axis, sign in said.signs.items())
    total = words_shared(said, fact, supplied, names=other_way, own=COMMON)
    return total - UNSAID * min(2, sum(_unsaid(said, fact, supplied))) if total else 0.0


def words_shared(said: Figure, fact: Figure, supplied: Supplied, *, names: bool = False, own: float = 1.0) -> float:
    """How much of a figure's words are a fact's. `names`: no metrics. `own`: what the stock's own name counts."""
    total = 0.0
    for token, weight in said.tokens.items():
        if token.startswith("=") and (names or token[1:] in {"guidance", "per_share"}):
            continue
        if token.startswith("="):
            have = max(
                (
                    _full(there)
                    for other, there in fact.tokens.items()
                    if other.startswith("=") and may_mean(token[1:], other[1:])
                ),
                default=0.0,
            )
            exact = token in fact.tokens and token[1:] not in ACTS
            total += weight * have * (supplied.weights.get(token, 0.6) if exact else 0.5)
        else:
            total += (
                weight
                * max(_full(fact.tokens.get(token, 0.0)), 0.7 if token in supplied.words[fact.line] else 0.0)
                * supplied.weights.get(token, 0.0)
                * (own if token in supplied.own_name else 1.0)
                * 0.7
            )
    return total


def _full(weight: float) -> float:
    """What a fact's line says of a figure at all, it says of it."""
    return 1.0 if weight >= 0.4 else weight  # noqa: PLR2004


def _unsaid(said: Figure, fact: Figure, supplied: Supplied) -> list[float]:
    """How much each of the fact's own words tells it from the others, of those that nothing near the figure says: 22% is of *data center* revenue."""
    own = [
        token
        for token, weight in fact.tokens.items()
        if weight >= NEAR and not token.startswith("=") and supplied.weights.get(token, 0) >= OWN
    ]  # fmt: skip
    return [supplied.weights[token] for token in own if token not in said.all_tokens and token.isascii()]


def _same_slot(said: Figure, other: Figure) -> bool:
    """Whether the other could stand in the figure's place: a change for a change, a level for a level."""
    one, two = said.quantity.kind, other.quantity.kind
    relative = {"percent", "points", "times"}
    if one in relative and two in relative:
        return said.change == other.change or not (said.change or other.change)
    return one not in relative and two not in relative


def _conflict(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """A metric in the figure's own clause, and the fact measures others only."""
    whole = {token[1:] for token in fact.tokens if token.startswith("=")}
    whose = said.strong & _SUBJECTS
    if whose and (whole & _SUBJECTS) and not any(may_mean(one, other) for one in whose for other in whole):
        return True
    theirs = {token[1:] for token, weight in fact.tokens.items() if token.startswith("=") and weight >= 0.5} - _VAGUE  # noqa: PLR2004
    strong = said.strong - _VAGUE - ({"price"} if said.quantity.kind == "times" else set())
    if strong - ACTS and theirs - ACTS:
        strong, theirs = strong - ACTS, theirs - ACTS
    if not theirs or not strong:
        return False
    if any(
        may_mean(metric, other) or (may_mean(other, metric) and metric not in _SPECIAL) for metric in strong for other in theirs
    ):
        return False
    named = {token[1:] for figure in supplied.figures for token in figure.tokens if token.startswith("=")}
    told = any(may_mean(metric, other) for metric in strong & KNOWN for other in named | _PROFITS)
    return told and bool(theirs & KNOWN)
