"""Ranks an agent's candidate stories: drops repeats of its recent posts; scores freshness, interest, novelty and coverage."""

from __future__ import annotations

from collections.abc import Sequence

from functions.daily_post.topics.entity_names import folded, is_name
from functions.daily_post.topics.story_eligibility import DAY, Candidate, mentions, skip
from functions.daily_post.topics.story_similarity import Likeness, cosine, likeness, telling
from functions.daily_post.topics.topic_choice_types import Reason, Skipped
from functions.daily_post.topics.topic_history import Past

OFTEN = 2.5
"""Posts that named somebody, each halved every week, from which the agent has had enough of them: four in a week, say."""
FRESH = 1.5
"""Days in which news are half as fresh."""
FLOOR = 0.25
"""Score below which a story is not worth a post: four days old, say, told by one feed, and nothing that the agent cares for."""
FRESHNESS, WANTED, NOVELTY, COVERAGE = 0.35, 0.30, 0.20, 0.15
"""Their weights in the score, which is at most 1."""


def repeats(one: Candidate, past: Sequence[Past], topics: Sequence[str]) -> Skipped | None:
    """Why a candidate would be a repetition, if it would. `topics`: names in them may come as often as they like."""
    for before in past:
        same = bool(one.keys & before.keys)
        near = max((likeness(told.told, before.told) for told in (one, *one.others)), key=lambda found: (found.alike, found.most))
        if same or near.alike:
            return skip(one.story, *_again(before, near, same=same))
    if worn := _worn(one, past, topics):
        return skip(one.story, "names_again", f"{worn} has been in too many posts lately")
    return None


def _again(before: Past, near: Likeness, *, same: bool) -> tuple[Reason, str]:
    if before.barred:
        return "barred", f"the post of {before.date} failed over it: {before.barred}"
    if same:
        return "same_story", f"the post of {before.date} was about it: “{before.title}”"
    return "alike", f"the post of {before.date} was about the like ({near}): “{before.title}”"


def _worn(one: Candidate, past: Sequence[Past], topics: Sequence[str]) -> str:
    """The first of a story's names that the agent has had too often."""
    for name in one.told.names:
        key = folded(name)
        if not is_name(name) or any(mentions(topic, name) for topic in topics):
            continue
        if sum(before.weight for before in past if any(folded(other) == key for other in before.told.names)) >= OFTEN:
            return name
    return ""


def score(one: Candidate, past: Sequence[Past], wanted: float, now: float) -> float:
    """How good a topic it is, 0 to 1, to six digits."""
    fresh: float = 0.5 ** (max(0.0, now - one.story.published) / DAY / FRESH)
    known = max((likeness(one.told, before.told).most * before.weight for before in past), default=0.0)
    told = 1 - 1 / max(1, one.feeds)
    return round(FRESHNESS * fresh + WANTED * wanted + NOVELTY * (1 - known) + COVERAGE * told, 6)


def interest(one: Candidate, topics: Sequence[str], vectors: Sequence[Sequence[float]]) -> float:
    """How much a candidate is what the agent cares for, 0 to 1. `vectors` are the topics', if there are any."""
    lexical = (_share(topic, one) for topic in topics)
    meaning = (cosine(one.told.vector, vector) for vector in vectors)
    return min(1.0, max((*lexical, *meaning), default=0.0))


def _share(topic: str, one: Candidate) -> float:
    if mentions(one.text, topic):
        return 1.0
    words = telling(topic, ()).words
    return len(words & one.told.words) / len(words) if words else 0.0
