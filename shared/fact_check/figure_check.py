"""Whether a text says what was supplied: every figure bound to what it measures and checked on value, unit, direction and period.

Checked: figures with any unit (%, money, million, 億, 成, 倍), prices, dates, tickers. Not checked, as harmless: counts up to twelve ("three
reasons", "5 天"), minutes and pages, the usual chart windows (52 weeks, 200 days), names (S&P 500, 5G, A100), market hours, "100% sure".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from shared.fact_check.date_check import date_faults
from shared.fact_check.derived.derived_figures import is_gainsaid, is_proven, is_proven_though_told
from shared.fact_check.derived.earlier_values import has_moved_since, was_before
from shared.fact_check.direction_check import opposites, went_otherwise
from shared.fact_check.figure_pairs.comparisons import contradicted_comparisons
from shared.fact_check.figure_pairs.torn_figures import repeated, torn
from shared.fact_check.harmless_numbers import is_harmless, is_streak
from shared.fact_check.likeness import likeness
from shared.fact_check.misattribution_check import Beside, belongs_elsewhere, beside, swapped
from shared.fact_check.reading.clauses import Span, sentences
from shared.fact_check.reading.context import Context, stands_elsewhere
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.figure_extraction import figures
from shared.fact_check.reading.shared_lists import distributed
from shared.fact_check.supplied_facts import Supplied, bare, undated
from shared.fact_check.time_check import another_period, placed_in_time, told_as_now, told_as_result
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.names_with_numbers import without_names
from shared.numbers.date_expressions import dates
from shared.numbers.quantity_parser import Quantity, quantities
from shared.numbers.rounding_rules import NONE, ROUNDED, Room, room_of, stands_for
from shared.text.fault_codes import Fault
from shared.text.folding import fold
from shared.text.in_place import blanked

LONGEST, MOST_FIGURES, MOST_CANDIDATES = 20_000, 100, 6
"""Characters and figures of a text that are looked at: no post has more."""
COPIED, COPIED_MARGIN = 5.0, 2.0
"""How many words have to be the same on both sides of a figure for a copy, and how many more than beside its own fact."""
LEAST_REPEATED = 8
"""Characters of a sentence that counts as a fact's own words."""
_AROUND = " \t\n.,;:!?。，；：！？、\"'“”‘’「」()（）-–—"
MUCH_LESS, MORE_ALIKE = 1.5, 0.5
"""How much less alike a fact has to be than another of the same value to be out of the question."""
_LIVE = re.compile(
    r"https?://\S{1,2000}|www\.\S{1,2000}|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}\.\w{1,24}", re.IGNORECASE | re.ASCII
)
_TICKER = re.compile(
    r"(?<![\w$])\$(?P<cash>[A-Za-z][A-Za-z.]{0,5}|0\d{3,4})\b|(?<![A-Za-z0-9.])(?P<dotted>[A-Z0-9]{1,6})\.(?:HK|TW|TWO|SS|SZ|SH|US|KS|SI|L|T|N|O)\b"
    r"|\b(?:NASDAQ|NYSE|AMEX|HKEX|SEHK|TWSE|TPEX|SSE|SZSE|LSE|TSE)\s?:\s?(?P<listed>[A-Z0-9.]{1,8})\b",
    re.ASCII,
)
_SAID = {
    "wrong_fact": "The figure belongs to another fact.",
    "wrong_direction": "The facts say the opposite direction.",
    "wrong_period": "The facts give it for another period or comparison.",
}


Found = tuple[str, str, int, int, str]
"""Code, reason, start and end in the folded text, and the fact that it is held against."""


def unsupplied(text: str, supplied: Supplied) -> Iterator[Fault]:
    """Faults for what the text says and the facts do not. Links are the platform rules' business."""
    form = fold(text[:LONGEST])
    own = _sentences(supplied.lines)
    repeated_spans = [span for span in sentences(form.text) if form.text[span.start : span.end].strip(_AROUND) in own]
    for code, reason, start, end, fact in _found(form.text, supplied):
        if end and any(span.start <= start < span.end for span in repeated_spans):
            continue
        begin, stop = form.span(start, end)
        yield Fault(code, reason, text[begin:stop].strip() if end else "", begin if end else -1, fact)  # type: ignore[arg-type] # one of its codes


@lru_cache(maxsize=64)
def _sentences(lines: tuple[str, ...]) -> frozenset[str]:
    """The sentences of the facts: repeated word for word they are true, however they are read."""
    found = (line[span.start : span.end].strip(_AROUND) for line in lines for span in (*sentences(line), Span(0, len(line))))
    return frozenset(sentence for sentence in found if len(sentence) >= LEAST_REPEATED)


def _found(folded: str, supplied: Supplied) -> Iterator[Found]:
    plain = blanked(_LIVE, folded)
    for start, end in _strange_tickers(plain, supplied):
        yield "unsupplied_ticker", "This stock was not supplied.", start, end, ""
    plain = _nameless(without_names(blanked(_TICKER, plain)), supplied)
    said = dates(plain)
    plain = undated(plain, [date for date in said if not date.loose or date.weekday])
    years = [(date.start, date.end) for date in said if date.loose]
    found = [one for one in quantities(plain) if not any(start <= one.start < end for start, end in years)]
    if len(found) > MOST_FIGURES:
        yield "unsupplied_number", f"{len(found)} figures are too many for a post.", 0, 0, ""
        found = found[:MOST_FIGURES]
    read = placed_in_time(distributed(plain, figures(plain, found, said))[0])
    candidates = [_candidates(plain, figure, supplied) for figure in read]
    nearest = [fitting.nearest for fitting in candidates]
    pairs = list(zip(read, nearest, strict=True))
    for date in date_faults(folded, said, pairs, supplied):
        yield "unsupplied_date", "This date was not supplied.", date.start, date.end, ""
    for several in _of_several(plain, read, nearest, supplied):
        yield *several, ""
    for start, end in opposites(folded, supplied, pairs):
        yield "wrong_direction", _SAID["wrong_direction"], start, end, ""
    yield from _of_figures(plain, read, candidates, supplied)


def _of_figures(text: str, read: Sequence[Figure], candidates: Sequence[_Candidates], supplied: Supplied) -> Iterator[Found]:
    """What is wrong with each figure by itself. `candidates`: the facts that each may stand for."""
    around = beside(text, read, [fitting.nearest for fitting in candidates])
    exact = frozenset(
        id(fact)
        for figure, fitting in zip(read, candidates, strict=True)
        for fact in fitting.nearest
        if fact.quantity.value == figure.quantity.value
    )
    for figure, fitting, near in zip(read, candidates, around, strict=True):
        free = replace(fitting, rounder=[fact for fact in fitting.rounder if id(fact) not in exact])
        code = _wrong(text, figure, supplied, free, near)
        if code:
            said_of = supplied.given[fitting.nearest[0].line] if fitting.nearest else ""
            yield code, _SAID.get(code) or _reason(code), figure.quantity.start, figure.quantity.end, said_of


def _of_several(
    text: str, read: Sequence[Figure], nearest: Sequence[Sequence[Figure]], supplied: Supplied
) -> Iterator[tuple[str, str, int, int]]:
    """Code, reason, start and end of what is wrong with figures that belong together. `nearest`: the facts that each may stand for."""
    for start, end in contradicted_comparisons(text, read):
        yield "wrong_direction", "The figures it compares say the opposite.", start, end
    for start, end, reason in torn(text, read, supplied, nearest):
        yield "wrong_fact", reason, start, end
    for start, end in repeated(text, read, nearest):
        yield "wrong_fact", "It stands twice in one sentence, and the facts have it once.", start, end
    for start, end in swapped(read, nearest, supplied):
        yield "wrong_fact", _SAID["wrong_fact"], start, end


def _strange_tickers(text: str, supplied: Supplied) -> Iterator[tuple[int, int]]:
    for match in _TICKER.finditer(text):
        if bare(match["cash"] or match["dotted"] or match["listed"]) not in supplied.tickers:
            yield match.span()


def _reason(code: str) -> str:
    return "The facts give this figure another unit." if code == "wrong_unit" else "This figure was not supplied."


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The facts that a figure may stand for, by value and unit: the `nearest` in value, and `rounder` ones; whether any unit has its value."""

    nearest: list[Figure]
    rounder: list[Figure]
    same_value: bool


def _candidates(text: str, said: Figure, supplied: Supplied) -> _Candidates:
    room = room_of(text, said.quantity)
    valued = [(fact, off) for fact in supplied.figures if (off := _off(said.quantity, fact, supplied, room)) is not None]
    fitting = [
        (fact, off) for fact, off in valued if same_unit(said.quantity, fact, supplied.lines[fact.line].lower(), supplied.home)
    ]
    # The nearest fact is the one that is meant: a 14% is no rounded 14.5% where a 14% was supplied.
    least = min((off for _, off in fitting), default=Decimal(0))
    if room != NONE and least > ROUNDED and not said.quantity.derived:
        least = max(off for _, off in fitting)  # nearly 10% may mean 9% as well as 9.4%
    nearest = [fact for fact, off in fitting if off == least or ROUNDED < off < least]
    return _Candidates(nearest, [fact for fact, off in fitting if off > least], any(off == 0 for _, off in valued))


def _wrong(text: str, said: Figure, supplied: Supplied, fitting: _Candidates, around: Beside) -> str:  # noqa: PLR0911
    """What is wrong with one figure of a text; empty: nothing."""
    number, candidates = said.quantity, fitting.nearest
    if not candidates:
        room = room_of(text, number)
        if is_proven(text, said, supplied, around.taken, room):
            return ""
        if is_harmless(text, said, supplied) and not is_gainsaid(said, supplied, around.lines):
            return ""
        return "wrong_unit" if fitting.same_value and number.kind != "plain" else "unsupplied_number"
    if is_harmless(text, said, supplied) and not (number.derived and "change" in said.signs and number.kind == "percent"):
        turned = (number.derived or is_streak(text, said)) and all(went_otherwise(said, fact, supplied) for fact in candidates)
        return "wrong_direction" if turned else ""
    if _stands_elsewhere(text, said, candidates, supplied):
        return "wrong_fact"
    meant = _meant(said, candidates[:MOST_CANDIDATES], around, supplied)
    verdicts = [_verdict(said, fact, around, supplied) for fact in meant]
    if "" in verdicts or any(not _verdict(said, fact, around, supplied) for fact in _much_more_alike(said, fitting, supplied)):
        return ""
    worst = max(verdicts, key=list(_SAID).index, default="")
    others = around.taken - {id(fact) for fact in candidates}
    room = room_of(text, number)
    if worst == "wrong_period" and was_before(said, supplied, room):
        return ""
    derived = worst == "wrong_fact" and is_proven_though_told(text, said, supplied, others, room)
    return "" if derived else worst


def _much_more_alike(said: Figure, fitting: _Candidates, supplied: Supplied) -> list[Figure]:
    """Facts that it may be rounded from, and that it is much more like than the ones that have its very value."""
    if not fitting.rounder:
        return []
    exact = max(likeness(said, fact, supplied, ()) for fact in fitting.nearest)
    return [fact for fact in fitting.rounder[:MOST_CANDIDATES] if likeness(said, fact, supplied, ()) > exact + MORE_ALIKE]


def _stands_elsewhere(text: str, said: Figure, candidates: Sequence[Figure], supplied: Supplied) -> bool:
    """Whether it stands among the words of a fact that has another value there: a near copy of a fact with one figure changed."""
    mine = Context.of(text, said.quantity.start, said.quantity.end)
    own = {id(fact) for fact in candidates}
    places = (
        (id(fact) in own, place)
        for fact, place in zip(supplied.figures, supplied.beside, strict=True)
        if fact.quantity.kind == said.quantity.kind
    )
    return stands_elsewhere(mine, places, COPIED, COPIED_MARGIN)


def _meant(said: Figure, candidates: Sequence[Figure], around: Beside, supplied: Supplied) -> Sequence[Figure]:
    """Of several facts with its value the ones that it is most like: which way it went is said of those."""
    if len(candidates) == 1:
        return candidates
    alike = [likeness(said, fact, supplied, around.lines, ("way", "period")) for fact in candidates]
    return [fact for fact, score in zip(candidates, alike, strict=True) if score > max(alike) - MUCH_LESS]


def _off(said: Quantity, fact: Figure, supplied: Supplied, room: Room) -> Decimal | None:
    """How far, as a share of it, a figure is from a fact's value; None if it cannot stand for it."""
    have = fact.quantity
    values = [
        have.value,
        *(
            have.value * 10**scale
            for scale in supplied.scales[fact.line]
            if not have.scale and have.kind in ("plain", "money", "count")
        ),
    ]
    if said.kind == "percent" and have.kind == "plain" and have.value <= 1:
        values.append(have.value * 100)
    if said.kind == "points" and have.unit == "index_point":
        values.append(have.value / 100)  # of a currency: 44 points are 44 basis points
    if said.kind == "times" == have.kind and said.derived and not have.derived and fact.change:
        values.append(have.value + 1)  # 高逾1倍 is 多一倍
    if said.kind == "percent" and have.kind == "times":
        values = [have.value * 100, (have.value - 1) * 100]
    if said.kind == "times" and have.kind == "percent":
        values = [have.value / 100] if said.sign < 0 else [have.value / 100 + 1, *([] if said.derived else [have.value / 100])]
    beyond = [(value < said.value and room[1] > room[0]) or (value > said.value and room[0] > room[1]) for value in values]
    return min(
        (
            abs(said.value - value) / (value or 1) + wrong_side
            for value, wrong_side in zip(values, beyond, strict=True)
            if stands_for(said, value, room)
        ),
        default=None,
    )


def _verdict(said: Figure, fact: Figure, around: Beside, supplied: Supplied) -> str:
    """Whether a figure says of a fact with its value what the fact says."""
    if went_otherwise(said, fact, supplied):
        return "wrong_direction"
    if belongs_elsewhere(said, fact, around, supplied):
        return "wrong_fact"
    if "tolerance" in (said.role, fact.role) and said.role != fact.role:
        return "wrong_fact"
    if said.role and fact.role and said.role != fact.role:
        return "wrong_direction"
    if told_as_now(said, fact, supplied.figures) or told_as_result(said, fact, supplied.figures):
        return "wrong_fact"
    return "wrong_period" if another_period(said, fact) or has_moved_since(said, fact, supplied) else ""


def _nameless(text: str, supplied: Supplied) -> str:
    """The stock's own code and name blanked, where they stand as such: （2330）, 台積電2330, but not 2330元."""
    for name in supplied.names:
        own = re.compile(
            rf"(?:(?<![\d.,$€£¥])|(?<![\d.,])\$(?=0))0{{0,3}}{re.escape(name)}(?![\d.,]*\d|\s?(?:%|[元块点股张倍亿万]|hkd|usd|dollars|percent))",
            re.IGNORECASE,
        )
        text = blanked(own, text)
    return text
