"""Near-duplicate statements of several posts become one with all their sources."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from functions.interview_prep.stage_messages import Claim, Post, Question, Round

Statement = TypeVar("Statement", Claim, Question, Round)

MAX_ROUND_DETAIL = 600
"""Characters of what is told of one kind of round: two or three passages."""
MAX_OF_OTHERS = 900
"""The same of what is told of no kind, or of the whole process."""
MOSTLY, CONTAINED, ENOUGH_WORDS = 0.6, 0.85, 4
"""Two wordings say the same if they share this much of all their words, or this much of the shorter one's if it has enough."""
HALF_LIFE = 2 * 365.25 * 86_400
"""Seconds after which a report counts half: interview processes change every few years."""
UNKNOWN_AGE = 1.5 * HALF_LIFE
_SUBJECTS = "Tell us about "
"""How questions begin of which only the subjects are known."""
_STOP = frozenset(
    re.findall(
        r"\S+",
        "a an the and or of to in on at for with by from as is are was were be been it its this that these those i we you they he she "
        "my our your their me us them do does did have has had will would can could should may might about into how what which who "
        "when why where there then than so just very really some any asked ask question interview interviewer",
    )
)


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words that carry a statement's meaning, without endings: what two wordings of one thing share."""
    words = (word for word in re.findall(r"[\w+#]+", text.lower()) if word not in _STOP)
    return frozenset(re.sub(r"(?<=\w{3})(?:ings?|ed|es|s)$", "", word) for word in words)


def alike(one: str, other: str) -> bool:
    """Whether two statements say the same: most words shared, or one wording contained in the other."""
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return one.strip().lower() == other.strip().lower()
    shared, small = len(a & b), min(len(a), len(b))
    if shared == small and one.startswith(_SUBJECTS) and other.startswith(_SUBJECTS):
        return True  # one of several subjects, and all of them
    return shared / len(a | b) >= MOSTLY or (small >= ENOUGH_WORDS and shared / small >= CONTAINED)


def weights_of(posts: Mapping[str, Post]) -> dict[str, float]:
    """How much each post counts: once, more with a high score, less with age. Age is taken from the newest post: same input, same guide."""
    newest = max((post.created for post in posts.values()), default=0.0)
    weights = {}
    for ref, post in posts.items():
        age = newest - post.created if post.created > 0 else UNKNOWN_AGE
        weights[ref] = (1 + math.log10(1 + max(0, post.score)) / 4) * 0.5 ** (age / HALF_LIFE)
    return weights


def merge_statements(statements: Iterable[Statement], weights: Mapping[str, float], limit: int) -> tuple[Statement, ...]:
    """The statements without near-duplicates, best supported first, at most `limit`."""
    groups: list[list[Statement]] = []
    for statement in statements:
        group = next((g for g in groups if _same(g[0], statement)), None)
        if group is None:
            groups.append([statement])
        else:
            group.append(statement)
    joined = [_joined(group, weights) for group in groups]
    return tuple(sorted(joined, key=lambda s: -_weight(s, weights))[:limit])


def merge_rounds(rounds: Sequence[Round], weights: Mapping[str, float], limit: int) -> tuple[Round, ...]:
    """One round per kind with the best supported details that fit, and the sources of those details; of no kind only what no kind tells."""
    by_kind: Callable[[Round], tuple[bool, str]] = lambda found: (found.kind == "other", found.kind)  # noqa: E731 # the key twice: sort, then group
    result: list[Round] = []
    for (is_other, _), same in groupby(sorted(rounds, key=by_kind), key=by_kind):
        most = MAX_OF_OTHERS if is_other else MAX_ROUND_DETAIL
        elsewhere = " ".join(one.detail for one in result) if is_other else ""
        details = merge_statements(same, weights, 50)
        text, shown = "", []
        for detail in details:
            if any(before and not _adds(detail.detail, before) for before in (text, elsewhere)):
                continue  # the same fact in other words
            longer = f"{text} {_sentence(detail.detail)}".strip()
            if len(longer) <= most or not text:
                text = longer[:most]
                shown.append(detail)
        if not shown:
            continue
        sources = _sources(shown, weights)
        known = next((detail.difficulty for detail in details if detail.difficulty != "unknown"), "unknown")
        result.append(shown[0].model_copy(update={"detail": text, "sources": sources, "difficulty": known}))
    return tuple(sorted(result, key=lambda found: -_weight(found, weights))[:limit])


FEWEST_NEW = 3
"""Telling words by which a detail tells more of its round than those before it."""
_OF_ANY_ROUND = words_of(
    "recruiter screen call phone round first second third final online assessment test technical coding system design onsite panel manager hiring talk chat conversation min minutes minute mins hour hours long took lasted total then next said told got went half one two three four five"
)


def _adds(detail: str, text: str) -> bool:
    new = words_of(detail) - words_of(text) - _OF_ANY_ROUND
    return len([word for word in new if not word.isdigit()]) >= FEWEST_NEW


def _same(one: Statement, other: Statement) -> bool:
    if isinstance(one, Round) and isinstance(other, Round) and one.kind != other.kind:
        return False
    return alike(_text(one), _text(other))


def _joined(group: list[Statement], weights: Mapping[str, float]) -> Statement:
    """The group's best supported wording; the longer of two equals tells more. Unknown kinds are filled from the others."""
    best = max(group, key=lambda s: (_weight(s, weights), len(_text(s))))
    update: dict[str, object] = {"sources": _sources(group, weights)}
    for name, unknown in (("kind", "other"), ("round", "other"), ("difficulty", "unknown")):
        if getattr(best, name, None) == unknown:
            update[name] = next((value for s in group if (value := getattr(s, name)) != unknown), unknown)
    return best.model_copy(update=update)


def _sources(statements: Sequence[Statement], weights: Mapping[str, float]) -> tuple[str, ...]:
    """All the posts that say so, the weightiest first."""
    named = dict.fromkeys(source for statement in statements for source in statement.sources)
    return tuple(sorted(named, key=lambda source: -weights.get(source, 0.0)))


def _weight(statement: Statement, weights: Mapping[str, float]) -> float:
    return sum(weights.get(source, 0.0) for source in statement.sources)


def _text(statement: Round | Question | Claim) -> str:
    return statement.detail if isinstance(statement, Round) else statement.text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{text}."
