"""How much a figure of a text is like a fact: by the words beside it, what it measures, its time and direction, and the figures around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from shared.fact_check.reading.figure import Figure
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.metric_names import may_mean

NEAR, AT_ALL, TELLING = 0.8, 0.4, 0.6
"""Weights: of words right beside a figure, of words that belong to it at all, of words that few lines have."""
_IN_LINE, _OWN_NAME, _MOST_WORDS, _MOST_RUN, _MOST_UNSAID = 0.6, 0.3, 4.0, 3.0, 2.0
_ELIDED = 0.9
"""What a word counts that says whom a clause is about which names nobody."""
_SHORT, _LONGEST_NAME = 0.7, 12
"""What a name's short form counts, and how many characters before a figure are looked at."""
_VAGUE = frozenset({"guidance", "target", "growth"})
_MARKS = frozenset({"high", "low"})
"""Where something stood: no percentage measures that."""
_PARTICLES = frozenset("了约近超逾达至到为的份在均共已仅只就也和与及") | {
    "about",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "around",
    "some",
    "just",
    "only",
    *("of", "the", "a", "an", "was", "is", "were", "at", "our", "its", "$"),
}
_LITTLE = frozenset("to in and by on for up down rose fell %".split())  # noqa: SIM905
WEIGHTS = {"before": 0.95, "after": 0.55, "words": 0.9, "metric": 1.05, "unsaid": -0.4, "period": 0.65, "way": 0.5, "line": 1.75}
"""What each likeness counts, measured on true retellings of news in two languages: the fact that is meant against all others in its unit."""


def likeness(said: Figure, fact: Figure, supplied: Supplied, lines: Collection[int], without: Collection[str] = ()) -> float:
    """`lines`: those of the facts that the figures beside it stand for; `without`: the likenesses that do not count. More is more alike.

    Only two facts of one text can be compared.
    """
    found = likenesses(said, fact, supplied, lines)
    return sum(WEIGHTS[name] * value for name, value in found.items() if name not in without)


def likenesses(said: Figure, fact: Figure, supplied: Supplied, lines: Collection[int]) -> dict[str, float]:
    """Each by its name in `WEIGHTS`."""
    theirs = dict(fact.periods)
    return {
        "before": _run(said.before, fact.before),
        "after": _run(said.after, fact.after),
        "words": _words(said, fact, supplied),
        "metric": _metric(said, fact),
        "unsaid": _unsaid(said, fact, supplied),
        "period": sum(1 if theirs[name] == value else -1 for name, value in said.periods if name in theirs),
        "way": sum(1 if fact.signs[axis] == sign else -1 for axis, sign in said.signs.items() if axis in fact.signs),
        "line": float(fact.line in lines),
    }


def _run(one: Sequence[str], other: Sequence[str]) -> float:
    """How long the same words stand beside both figures, in the same order, particles left out."""
    total = 0.0
    for word, same in zip(_telling(one), _telling(other), strict=False):
        if word != same or total >= _MOST_RUN:
            break
        total += 0.15 if word in _LITTLE else 1.0 if word.isascii() else 0.5
    return min(total, _MOST_RUN)


def _telling(words: Sequence[str]) -> Iterator[str]:
    return (word for word in words if word not in _PARTICLES)


def _words(said: Figure, fact: Figure, supplied: Supplied) -> float:
    total = 0.0
    own = {token: weight for token, weight in said.tokens.items() if weight >= NEAR and not token.startswith("=")}
    for token, weight in (own or dict.fromkeys(said.subject, _ELIDED)).items():
        if token not in supplied.weights:
            total += weight * _SHORT * _shortens(token, fact)
            continue
        known = fact.tokens.get(token, 0.0) >= AT_ALL or token in supplied.topic or token in fact.subject
        have = 1.0 if known else _IN_LINE if token in supplied.words[fact.line] else 0.0
        total += weight * have * supplied.weights.get(token, 0.0) * (_OWN_NAME if token in supplied.own_name else 1.0)
    return min(total, _MOST_WORDS)


def _shortens(token: str, fact: Figure) -> bool:
    """Whether a pair of Chinese characters is short for a longer name before the fact's figure: 恒指, 插混."""
    if token.isascii():
        return False
    near = fact.before[:_LONGEST_NAME]
    last = near.index(token[1]) if token[1] in near else _LONGEST_NAME
    return token[0] in near[last + 1 : last + 5]


def _unsaid(said: Figure, fact: Figure, supplied: Supplied) -> float:
    """How much of what tells the fact from others stands right beside its figure, and nowhere near the text's."""
    own = [
        supplied.weights.get(token, 0.0)
        for token, weight in fact.tokens.items()
        if weight >= NEAR and not token.startswith("=") and token not in said.all_tokens and token not in supplied.topic
    ]
    return min(_MOST_UNSAID, sum(weight for weight in own if weight >= TELLING))


def _metric(said: Figure, fact: Figure) -> float:
    """1: they measure the same; -1: they do not; 0: one of them does not say."""
    mine = measured(said, NEAR) or measured(said, 0.5)
    theirs = measured(fact, 0.5) or measured(fact)
    if "extreme" in said.signs and "extreme" in fact.signs:
        mine, theirs = mine - _MARKS, theirs - _MARKS  # its low, of the lowest level
    if not mine or not theirs:
        return 0.0
    if mine & theirs:
        return 1.0
    return 0.6 if any(may_mean(one, other) or may_mean(other, one) for one in mine for other in theirs) else -1.0


def measured(figure: Figure, least: float = 0.0) -> set[str]:
    """What a figure measures, by the metrics named near it."""
    vague = _VAGUE | _MARKS if figure.quantity.kind == "percent" else _VAGUE
    return {token[1:] for token, weight in figure.tokens.items() if token.startswith("=") and weight >= least} - vague
