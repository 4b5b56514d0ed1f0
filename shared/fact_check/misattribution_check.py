"""Checks whether a right value is told of the wrong thing: its words fit another fact or metric better than its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.fact_check.level_check import other_slot
from shared.fact_check.likeness import likeness, measured
from shared.fact_check.named_subjects import SUBJECTS, names_a_part, names_another
from shared.fact_check.reading.clauses import parted
from shared.fact_check.reading.figure import Figure
from shared.fact_check.reading.related_figures import PER_SHARE
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.time_check import another_period, misplaced
from shared.fact_check.unit_match import same_unit
from shared.fact_check.vocabulary.metric_names import ACTS, COUNT, INDEXES, MONEY, RATIO, may_mean

MARGIN, NAMED_MARGIN = 0.9, 0.4
"""By how much another fact has to be more alike: nearly a metric; less, where the text names somebody else than the fact."""
SWAP_MARGIN, MOST_SWAPPED = 1.3, 12
"""By how much two figures have to be more alike together, and how many of a text are tried."""
EVEN = 0.0
"""By how much it has to be more alike in what the text does say."""
OTHER_NAME, OTHER_TIME = 0.6, 1.1
"""What it costs that the text names somebody else, or another time, than the fact."""
_BESIDES_NAMES = ("line", "way")
_EXTREMES = frozenset({"high", "low"})
_PROFITS = frozenset({"profit", "operating_profit", "eps", "gross_profit"})
_WHOLE = frozenset({"total", "overall", "consolidated", "companywide"})
"""Words before a figure that say that it is no part's."""
_VAGUE = frozenset({"guidance", "target", "after_hours"})
"""What no figure measures: that somebody expects it, and when shares are traded."""
KNOWN = MONEY | RATIO | COUNT | SUBJECTS | INDEXES | {
    "comparable_sales", "pe", "pb", "ps", "index", "turnover_value",
    "moving_average", "week_line", "month_line", "quarter_line", "year_line",
}  # fmt: skip
_SPECIAL = frozenset({"eps", "comparable_sales", "gross_margin", "target_price", "dividend", "high", "low", "open"})
"""Metrics whose name no fact of a general kind gives: a profit is no profit per share."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other figures of a text stand for: their facts, by identity, and in its sentence the lines of those that can stand for one line only."""

    taken: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()


def beside(text: str, read: Sequence[Figure], candidates: Sequence[Sequence[Figure]]) -> list[Beside]:
    """For each figure of a text, given the facts that each may stand for."""
    taken = frozenset(id(fact) for fitting in candidates for fact in fitting)
    lines = [{fact.line for fact in fitting} for fitting in candidates]
    told = zip(read, lines, strict=True)
    sure = [(one, line) for one, found in told if len(found) == 1 and one.role != "tolerance" for line in found]
    return [
        Beside(taken, frozenset(line for other, line in sure if other is not one and _in_one_sentence(text, one, other)))
        for one in read
    ]


def swapped(read: Sequence[Figure], candidates: Sequence[Sequence[Figure]], supplied: Supplied) -> Iterator[tuple[int, int]]:
    """Start and end of two figures of one sentence that fit what they say much better the other way round: China 12%, America 8%."""
    sure = [(said, found[0]) for said, found in zip(read, candidates, strict=True) if len(found) == 1][:MOST_SWAPPED]
    for at, (one, first) in enumerate(sure):
        for two, second in sure[at + 1 :]:
            if one.sentence != two.sentence or first is second or first.measure != second.measure:
                continue
            gain = sum(
                likeness(said, other, supplied, (), ("line",)) - likeness(said, own, supplied, (), ("line",))
                for said, own, other in ((one, first, second), (two, second, first))
            )
            if gain > SWAP_MARGIN:
                yield one.quantity.start, one.quantity.end
                yield two.quantity.start, two.quantity.end


def _in_one_sentence(text: str, one: Figure, other: Figure) -> bool:
    first, second = sorted((one.quantity.end, other.quantity.end))
    return one.sentence == other.sentence or not parted(text, first, second)


def belongs_elsewhere(said: Figure, fact: Figure, around: Beside, supplied: Supplied) -> bool:
    """Whether a figure measures what the fact does not, or what is said around it is more like another fact that the text does not tell."""
    if _conflict(said, fact, supplied) or other_slot(said, fact, supplied) or _other_account(said, fact, supplied):
        return True
    if names_a_part(said, fact, supplied):
        return True
    named = names_another(said, fact, supplied)
    around = Beside() if named else around
    # Who is named counts for more than what stands beside it, and than which way it went.
    without, margin = (_BESIDES_NAMES, NAMED_MARGIN) if named else ((), MARGIN)
    mine = _fit(said, fact, around, supplied, without)
    bare = _fit(said, fact, around, supplied, (*without, "unsaid"))
    late = misplaced(said, fact, supplied.figures) == "wrong_period"
    return any(
        likeness(said, other, supplied, around.lines, without) - mine
        > (NAMED_MARGIN if late else margin)  # a fit is no more than that, and takes longer
        and _could_be(said, other, supplied, way=not named)
        and _fit(said, other, around, supplied, without) - mine
        > (NAMED_MARGIN if late and not misplaced(said, other, supplied.figures) else margin)
        and _fit(said, other, around, supplied, (*without, "unsaid")) - bare > EVEN
        for other in supplied.figures
        if other is not fact
        and other.role != "tolerance"
        and not names_a_part(said, other, supplied)
        and not (_tells_the_whole(said) and _is_of_a_part(other))
        and id(other) not in around.taken
        and not _is_out_of_question(said, fact, other, supplied)
        and (_same_slot(said, other) or (fact.quantity.kind == other.quantity.kind and fact.change == other.change))
    )


def _is_out_of_question(said: Figure, fact: Figure, other: Figure, supplied: Supplied) -> bool:
    """Whether the text cannot mean another fact: it says the fact's own time, which that one is not of; a bare 14,732 is no 540 billion."""
    if said.periods & fact.periods and misplaced(said, other, supplied.figures) == "wrong_period":
        return True
    return said.quantity.kind == fact.quantity.kind == "plain" != other.quantity.kind and bool(other.quantity.scale)


def _tells_the_whole(said: Figure) -> bool:
    return bool(_WHOLE & set(said.before[:4]))


def _is_of_a_part(fact: Figure) -> bool:
    """Whether words that name no metric stand right beside it: iPhone revenue."""
    return any(weight >= 1 and not token.startswith("=") for token, weight in fact.tokens.items())


def _fit(said: Figure, fact: Figure, around: Beside, supplied: Supplied, without: Sequence[str] = ()) -> float:
    unfit = OTHER_NAME * names_another(said, fact, supplied) + OTHER_TIME * bool(misplaced(said, fact, supplied.figures))
    return likeness(said, fact, supplied, around.lines, without) - unfit


def _could_be(said: Figure, other: Figure, supplied: Supplied, *, way: bool) -> bool:
    """Whether the text may have meant the other fact: its unit, time and metric are what it says, and its direction (`way`)."""
    if (
        (way and _went_otherwise(said, other))
        or another_period(said, other)
        or _conflict(said, other, supplied)
        or other_slot(said, other, supplied)
        or _other_account(said, other, supplied)
    ):
        return False
    if not _same_size(said, other) or not _same_standing(said, other):
        return False
    return same_unit(said.quantity, other, supplied.lines[other.line].lower(), supplied.home)


def _same_size(said: Figure, other: Figure) -> bool:
    """Whether both may be told per share: cents and millions are not mistaken for each other."""
    if said.quantity.kind != "money" or bool(said.tokens.keys() & PER_SHARE) == bool(other.tokens.keys() & PER_SHARE):
        return True
    return not (said.quantity.scale or other.quantity.scale)


def _same_standing(said: Figure, other: Figure) -> bool:
    """Whether both may be of an earlier time, or expected. Changes are left out: their words name what they are measured from."""
    if said.change or other.change:
        return True
    mine, theirs = said.standing, other.standing
    if mine.earlier and not (theirs.earlier or theirs.open_earlier):
        return False
    if mine.expected and not (theirs.expected or theirs.open_expected):
        return False
    if theirs.expected and not (mine.expected or mine.open_expected or mine.baseline):
        return False
    return not theirs.earlier or bool(mine.earlier or mine.open_earlier or mine.baseline)


def _went_otherwise(said: Figure, fact: Figure) -> bool:
    return any(fact.signs.get(axis) == -sign for axis, sign in said.signs.items())


def _other_account(said: Figure, fact: Figure, supplied: Supplied) -> bool:
    """Whether it is told as adjusted and the fact is not, though another one of what it measures is; or the reverse. After hours, too."""
    one = fact.quantity
    if "=after_hours" in said.tokens and "=after_hours" not in fact.tokens:
        return any(
            "=after_hours" in other.tokens and (other.quantity.kind, other.change) == (one.kind, fact.change)
            for other in supplied.figures
        )
    if not said.account or said.account == fact.account:
        return False
    return bool(fact.account) or any(
        other.account == said.account
        and measured(other) & measured(fact)
        and other.measure == fact.measure
        and other.standing.expected == fact.standing.expected
        for other in supplied.figures
        if other.quantity.value != one.value
    )


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
    whose = said.strong & SUBJECTS
    if whose and (whole & SUBJECTS) and not any(may_mean(one, other) for one in whose for other in whole):
        return True
    theirs = {token[1:] for token, weight in fact.tokens.items() if token.startswith("=") and weight >= 0.5} - _VAGUE  # noqa: PLR2004
    strong = said.strong - _VAGUE - ({"price"} if said.quantity.kind == "times" else set())
    if strong - ACTS and theirs - ACTS:
        strong, theirs = strong - ACTS, theirs - ACTS
    if "extreme" in fact.signs:
        strong, theirs = strong - _EXTREMES, theirs - _EXTREMES  # its low, of what fell to its lowest level
    if not theirs or not strong:
        return False
    if any(
        may_mean(metric, other) or (may_mean(other, metric) and metric not in _SPECIAL) for metric in strong for other in theirs
    ):
        return False
    told = any(may_mean(metric, other) for metric in strong & KNOWN for other in supplied.metrics | _PROFITS)
    return told and bool(theirs & KNOWN)
