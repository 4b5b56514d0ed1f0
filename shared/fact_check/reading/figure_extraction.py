"""The figures of a text as claims: (subject and metric, period, value, unit, sign, from -> to), each bound to the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shared.fact_check.reading.accounts import account
from shared.fact_check.reading.changes import MOVES, NAMED, as_listed, is_step, movement
from shared.fact_check.reading.clauses import Neighbourhood, Span, neighbourhoods
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.figure_directions import Around, directions, told_behind
from shared.fact_check.reading.periods import against, periods
from shared.fact_check.reading.standing import standing
from shared.fact_check.vocabulary.direction_words import Pole, poles
from shared.fact_check.vocabulary.line_words import REACH, words_in
from shared.fact_check.vocabulary.metric_names import ACTS, PER_SHARE, metrics
from shared.fact_check.vocabulary.time_words import EARLIER, EXPECTED, spoken
from shared.numbers.date_expressions import Date
from shared.numbers.quantity_parser import Quantity
from shared.text.in_place import blanked_at

_TO_BEFORE = re.compile(r"(?:\bto|[至到])\s?(?:HK|US|NT)?[$€£¥]?\s?$", re.IGNORECASE)
_STANDS = re.compile(
    r"(?:\b(?:at|stands|stood|sits|sat|remains|remained|runs|run|came to|comes to)|来到|达到|收在|收报|收于|收盘价?[是为]|收)\s?[$€£¥]?\s?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|由|从|自)\s?(?:[A-Za-z\u4e00-\u9fff ]{0,20}?)[$€£¥]?\s?$", re.IGNORECASE)
RANGE = re.compile(r"\s?(?:to|and|与|和|至|到|[-–—~～])\s?(?:HK|US|NT)?[$€£¥]?", re.IGNORECASE)
"""What parts the two ends of a range."""
_AND = ("and", "与", "和")
_BETWEEN = re.compile(r"(?:\bbetween|\brange of|介于|在)\s?(?:HK|US|NT)?[$€£¥]?$", re.IGNORECASE)
_RANGED = re.compile(r"\brang(?:e|es|ed|ing)(?: of)? from\W*$", re.IGNORECASE)
_ARROW = re.compile(r"\s?(?:→|->|➜)\s?[$€£¥]?")
_TO = re.compile(r"^[^.。;；\d]{0,24}?(?:\bto|至|到|→|->)[^.。;；\d]{0,10}$", re.IGNORECASE)
_CAME_FROM = re.compile(
    r"[^.;。；\d]{0,24}?(?:\bfrom|\binstead of|\brather than|, not|\bpreviously|\bformerly|原本|原先|原来|原为|此前|先前|之前)(?:(?! and\b)[^.;。；\d]){0,20}?(?:HK|US|NT)?[$€£¥]?",
    re.IGNORECASE,
)
_TOLERANCE = re.compile(r"(?:plus or minus|give or take|±|\+/-|正负|上下)\s?[$€£¥]?\s?$", re.IGNORECASE)
_PER_SHARE = re.compile(rf"\s?(?:{PER_SHARE}|(?:a|each|/)\s?share|/share|每股)", re.IGNORECASE)
_PER_SHARE_BASIS = re.compile(r"\bon a per[- ]share basis\b", re.IGNORECASE)
_EARNED = re.compile(r"赚[^,，。;；]{0,4}$|\bearned\W{0,2}$", re.IGNORECASE)
_SPECIAL_PROFITS = frozenset({"=operating_profit", "=gross_profit", "=eps", "=non_operating"})
"""What a verb that stands behind it says was earned: 本业只赚21亿."""
_OF_ONE_SHARE = frozenset({"=per_share"})
_STEP = 4
"""How many times as much as the change the figure is that it led to: dropped $1.45 to $21.83 is no range."""
BESIDE = 48
"""Characters before and after a figure whose words are kept in their order."""
_WORD = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]|[%$€£¥]")
_NOUN = re.compile(r"\s([A-Za-z]{4,20}?)s?(?![A-Za-z])(?<!from)(?<!with)(?<!than)(?<!this)")
_COMPARED = re.compile(r"\W*(?:but|while|versus|vs\.?|against|compared (?:with|to)|out of|相较|相比|比)", re.IGNORECASE)
"""A clause that sets a figure beside another one: it says nothing of what the other measures."""
_EARLIER = re.compile(
    r"\W{0,2}(?:(?:for|in) )?(?:(?:a|one|last|this time last) (?:year|quarter|month)|the (?:prior|previous|same|year) )\b|去年|上季|上月|上年|前一",
    re.IGNORECASE,
)
"""What makes of two figures set side by side the same metric at two times."""


def figures(text: str, found: Sequence[Quantity], said: Sequence[Date], line: int = 0) -> list[Figure]:
    """Every quantity of a folded text as a figure. `text` has its dates blanked; `said` are those dates."""
    spans = [Span(one.start, one.end) for one in found]
    around = neighbourhoods(text, spans)
    marks, named = poles(text), metrics(text)
    made: list[Figure] = []
    wordy = blanked_at(((one.start, one.end) for one in found), text)
    for at, (quantity, near) in enumerate(zip(found, around, strict=True)):
        before = made[-1] if made and around[at - 1].sentence == near.sentence else None
        one = _figure(text, wordy, quantity, Around(near, marks, named, before), said, line, _role(text, found, at))
        end = _end_of_range(text, before, one) if before else one
        way = told_behind(text, quantity, marks)
        if way and end is not one:
            made[-1] = replace(made[-1], signs={**made[-1].signs, "change": way})
        made.append(replace(end, signs={**end.signs, "change": way}) if way else end)
        if len(made) > 1:
            made[-1] = as_listed(text, made[:-1], made[-1], marks)
        if before and _shares_unit(text, before, end):
            made[-2] = replace(made[-2], tokens=_of_a_share({**made[-2].tokens, "=per_share": 1.0}))
    return made


def _shares_unit(text: str, before: Figure, end: Figure) -> bool:
    """Whether the figure before is told per share, too: fell to $1.05 from $1.18 a share, 34 to 36 cents a share."""
    if "=per_share" not in end.tokens or "=per_share" in before.tokens or before.unit != end.unit or before.quantity.scale:
        return False
    return {before.role, end.role} == {"from", "to"} or RANGE.fullmatch(text, before.quantity.end, end.quantity.start) is not None


def _of_a_share(tokens: dict[str, float]) -> dict[str, float]:
    """The words of a figure; a profit per share is what earnings per share are."""
    if "=per_share" in tokens and tokens.get("=profit", 0) >= NAMED:
        return {**tokens, "=eps": tokens["=profit"]}
    return tokens


def _end_of_range(text: str, before: Figure, one: Figure) -> Figure:
    """A figure as it was read, or as the second end of a range: that says of the same thing what the first end says."""
    first, second = before.quantity, one.quantity
    between = text[first.end : second.start]
    if (before.role and (before.role, one.role) != ("from", "")) or (first.kind, first.unit) != (second.kind, second.unit):
        return one
    if not RANGE.fullmatch(between) or (before.change and second.value >= _STEP * first.value):
        return one
    if between.strip().lower() in _AND and not _BETWEEN.search(text, max(0, first.start - 16), first.start):
        return one
    turn = {axis: sign for axis, sign in one.signs.items() if axis == "turn"}
    return replace(
        before, quantity=second, role=one.role or before.role, noun=one.noun or before.noun, signs={**before.signs, **turn}
    )


def _figure(text: str, wordy: str, one: Quantity, around: Around, said: Sequence[Date], line: int, role: str) -> Figure:  # noqa: PLR0917
    near, marks, named, before = around.near, around.marks, around.named, around.before
    tokens, strong = _tokens(text, one, near, named, marks, before)
    tokens = _of_a_share(tokens)
    last = (Span(before.quantity.start, before.quantity.end), before.standing) if before else None
    placed = standing(text, Span(one.start, one.end), near, last)
    change, basis = movement(text, one, around, tokens, share=placed.share)
    left = text[max(near.left.start, one.start - 14) : one.start]
    noun = _NOUN.match(text, one.end) if one.kind == "plain" else None
    reach = Span(max(0, near.sentence.start - REACH, one.start - REACH), min(near.sentence.end, one.end + REACH))
    since = against(text, near, said)
    signs = directions(text, one, around, tokens)
    if "surprise" in signs and (basis or since) and not placed.expected:
        signs = {"change": signs["surprise"], **{axis: sign for axis, sign in signs.items() if axis != "surprise"}}
    return Figure(
        one,
        tokens,
        strong,
        signs,
        basis,
        periods(text, near, said, "" if change else placed.earlier, spoken(text, near.left.start, one.start)),
        since,
        role,
        change,
        level=bool(_STANDS.search(left)),
        brought=bool(_TO_BEFORE.search(left)),
        step=is_step(text, one),
        line=line,
        all_tokens=frozenset(words_in(text, reach, named, marks)),
        noun=noun[1].lower() if noun else "",
        standing=placed,
        subject=_subject(text, near, tokens, named, marks, before),
        before=tuple(reversed(_words(wordy[max(0, one.start - BESIDE) : one.start]))),
        after=tuple(_words(wordy[one.end : one.end + BESIDE])),
        sentence=near.sentence.start,
        account=account(text, one, near, before),
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _subject(  # noqa: PLR0917
    text: str, near: Neighbourhood, tokens: dict[str, float], named: Sequence[tuple[int, int, str]], marks: Sequence[Pole], before: Figure | None,
) -> frozenset[str]:  # fmt: skip
    own = frozenset(token for token, weight in tokens.items() if weight >= 1 and not token.startswith("="))
    if own:
        return own
    if before is not None:
        return before.subject
    return frozenset(token for token in words_in(text, near.before, named, marks) if not token.startswith("="))


def _tokens(  # noqa: C901, PLR0917
    text: str,
    one: Quantity,
    near: Neighbourhood,
    named: Sequence[tuple[int, int, str]],
    poles_said: Sequence[Pole],
    before: Figure | None,
) -> tuple[dict[str, float], frozenset[str]]:
    """Own clause first; where it names nothing, the clauses before, else the figure before."""
    weights: dict[str, float] = {}
    strong: set[str] = set()
    if _TOLERANCE.search(text, near.left.start, near.left.end):
        return {}, frozenset()
    adjacent = any(start - one.end <= 1 for start, *_ in named if start >= one.end)
    for span, weight in ((near.left, 1.0), (near.right, 1.0 if near.attached or adjacent else 0.5)):
        if weights and not near.attached and span is near.right and any(token.startswith("=") for token in weights):
            break
        words = words_in(text, span, named, poles_said)
        last = [token for token in words if token.startswith("=") and token[1:] not in ACTS] or [
            token for token in words if token.startswith("=")
        ]
        nearest = _nearest(text, span, last, before_it=span is near.left)
        for token in words:
            far = token.startswith("=") and token != nearest and token[1:] not in ACTS
            weights[token] = max(weights.get(token, 0), weight * (0.5 if far else 1.0))
        if nearest and weight == 1.0:
            strong.add(nearest[1:])
    named_anew = not text.isascii() and any(token.isascii() and not token.startswith("=") for token in weights)
    owned = len(weights) + named_anew
    per_share = _PER_SHARE.match(text, one.end) or (
        not one.scale and _PER_SHARE_BASIS.search(text, near.sentence.start, one.start)
    )
    if one.kind == "money" and per_share:
        weights["=per_share"] = 1.0
    if any(near.own.start <= start < near.own.end and name == "after_hours" for start, _, name in named):
        weights["=after_hours"] = 1.0
    apart = (
        _COMPARED.match(text, near.left.start, near.left.end)
        and not EXPECTED.search(text, near.left.start, near.own.end)
        and not any(near.left.start <= mark.start < near.left.end and mark.axis in MOVES for mark in poles_said)
        and not _EARLIER.match(text, one.end)
        and not EARLIER.search(text, near.left.start, near.left.end)
        and not EARLIER.search(text, one.end, min(near.sentence.end, one.end + BESIDE))
    )
    marks = {"per_share", "high", "low"} if one.scale else {"per_share"}  # a record-high 35.9 million
    if not any(token.startswith("=") and token[1:] not in ACTS | marks for token in weights) and not apart:
        inherited = before.tokens if before is not None else dict.fromkeys(words_in(text, near.before, named, poles_said), 1.0)
        if before is not None and near.before.end > before.quantity.end:
            between = Span(before.quantity.end, near.before.end)
            newer = dict.fromkeys(words_in(text, between, named, poles_said), 1.0)
            inherited = newer if any(token.startswith("=") for token in newer.keys() - _OF_ONE_SHARE) else {**inherited, **newer}
        inherited = {
            token: weight for token, weight in inherited.items() if token not in _OF_ONE_SHARE
        }  # said of that figure alone
        for token, weight in inherited.items():
            weights.setdefault(token, weight * (0.35 if owned > 1 else 0.9))
    if not weights and before is None:
        for token in words_in(text, near.after, named, poles_said):
            weights.setdefault(token, 0.4)
    return weights, frozenset(strong)


def _nearest(text: str, span: Span, named: Sequence[str], *, before_it: bool) -> str:
    """Which of the metrics of a piece of text a figure right behind it measures, or (`before_it` is false) right before it."""
    if not named or not before_it:
        return named[0] if named else ""
    special = [token for token in named if token in _SPECIAL_PROFITS]
    return special[-1] if special and _EARNED.search(text, span.start, span.end) else named[-1]


def _role(text: str, found: Sequence[Quantity], at: int) -> str:
    """`from` or `to` of a change from one figure to another; `tolerance` of a plus or minus."""
    one = found[at]
    if _TOLERANCE.search(text, max(0, one.start - 20), one.start):
        return "tolerance"
    if at + 1 < len(found) and _leads(text, one, found[at + 1]):
        return "from"
    if at and (_leads(text, found[at - 1], one)):
        return "to"
    if at and _came_from(text, found[at - 1], one):
        return "from"
    return "to" if at + 1 < len(found) and _came_from(text, one, found[at + 1]) else ""


def _came_from(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether the second figure is what the first one was before: $7.5 billion, up from its earlier $7.2 billion."""
    alike = (one.kind, one.unit) == (two.kind, two.unit) and 0 < two.start - one.end <= BESIDE
    return alike and _CAME_FROM.fullmatch(text, one.end, two.start) is not None


def _leads(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether a change leads from the one to the other; a range from the one to the other is no change."""
    before, between = text[max(0, one.start - 30) : one.start], text[one.end : two.start]
    if _ARROW.fullmatch(between):
        return True
    if _FROM.search(before) is None or _TO.match(between) is None or _RANGED.search(before):
        return False
    start = max(0, one.start - BESIDE)
    return not EXPECTED.search(text, start, one.start) or any(mark.axis in MOVES for mark in poles(text[start : two.start]))
