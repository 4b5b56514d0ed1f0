"""What an agent's post of one date is about: chosen once, the same whenever it is asked again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from functions.daily_post.topics import told_today
from functions.daily_post.topics import topic_history as memories
from functions.daily_post.topics.entity_names import names, proper
from functions.daily_post.topics.story_eligibility import Candidate, candidates, grouped, skip
from functions.daily_post.topics.story_ranking import FLOOR, interest, repeats, score
from functions.daily_post.topics.story_similarity import telling
from functions.daily_post.topics.topic_choice_types import AgentLike, Choice, Kind, Skipped, Topic
from functions.daily_post.topics.topic_history import WINDOW, Memory
from shared.errors import BadInput, Conflict, Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.documents import Write
from shared.sources.news.read_feeds import read_feeds
from shared.sources.news.story import Story, digest, title_key

MOST_SKIPPED = 100
"""Skipped stories that a choice tells of one by one."""
LONGEST_GIVEN = 300
EMBED_TIMEOUT = 15.0
TRIES, PAUSE = 60, 0.02
"""Tries to settle a topic while other agents take theirs, and seconds between the first two: many agents begin at the same minute."""


async def choose_topic(agent: AgentLike, date: str, ports: Ports, *, given: str | None = None) -> Choice:
    """The topic of that agent's post of that date (`2026-11-23`, in its time zone), reserved for it; or none, and why.

    Asked again, it answers the same, whatever the feeds say by then. `given` are a user's own words: they are taken even if they
    repeat something. Without news worth a post, one of the agent's own topics is taken that it has not written about for three weeks.

    Raises:
        BadInput: that is no date (`bad_date`), or `given` is too long (`topic_too_long`).
        PutBack: the models' limit has nothing left.
        Transient: the store did not answer, or other posts of the agent keep taking topics at the same moment (`topic_busy`).
    """
    if (before := await memories.chosen(agent.id, date, ports)) is not None:
        return before
    words = " ".join((given or "").split())
    if len(words) > LONGEST_GIVEN:
        raise BadInput(f"a topic has at most {LONGEST_GIVEN} characters", code="topic_too_long", advice="Say it in a sentence.")
    offer = _Offer() if words else await _offer(agent, ports)
    for number in range(TRIES):
        memory = await memories.remember(agent.id, date, ports)
        if memory.day is not None and memory.day.data["state"] == "taken":
            break
        choice, best, claims = _given(words, memory) if words else await _unclaimed(offer, agent, memory, ports)
        choice = choice.model_copy(update={"warnings": offer.warnings})
        if choice.topic is None or best is None:
            return choice
        try:
            await memories.reserve(memory, choice, choice.topic, best, ports, claims)
        except Conflict:
            await ports.clock.sleep(random.uniform(0, PAUSE * min(number + 1, 10)))
            continue
        return choice
    if (before := await memories.chosen(agent.id, date, ports)) is not None:
        return before
    raise memories.busy(agent.id)


_Found = tuple[Choice, Candidate | None, tuple[Write, ...]]
"""A choice, what it was made of, and what claims it."""


@dataclass(frozen=True)
class _Offer:
    """What the feeds have for an agent: candidates, each story once; what was passed over before anything was remembered."""

    found: Sequence[Candidate] = ()
    passed: Sequence[Skipped] = ()
    topics: Sequence[Sequence[float]] = ()
    """The vectors of the agent's own topics, if there are any."""
    warnings: tuple[str, ...] = ()


async def _offer(agent: AgentLike, ports: Ports) -> _Offer:
    news = await read_feeds(agent.feeds or ports.settings.news_feeds, ports)
    found, unfit = candidates(news.stories, agent, ports.clock.now())
    found, topics, warning = await _embedded(found, agent, ports)
    best, doubles = grouped(found)
    return _Offer(best, [*unfit, *doubles], topics, (*news.problems, *warning))


async def _unclaimed(offer: _Offer, agent: AgentLike, memory: Memory, ports: Ports) -> _Found:
    """The best that no other agent tells on that date, and what claims it; nothing does for an agent that shares stories."""
    taken: dict[str, Skipped] = {}
    while True:
        choice, best = _choose(offer, agent, memory, ports.clock.now(), taken)
        if best is None or agent.shares_stories:
            return choice, best, ()
        claim = await told_today.claim(agent.id, memory.date, best, ports)
        if not claim.by:
            return choice, best, claim.writes
        taken[best.story.id] = skip(best.story, "told_today", f"{claim.by} tells it on {memory.date}: “{claim.title}”")


def _choose(
    offer: _Offer, agent: AgentLike, memory: Memory, now: float, taken: Mapping[str, Skipped]
) -> tuple[Choice, Candidate | None]:
    """The best that repeats nothing; else one of the agent's own topics; else nothing."""
    judged = [(taken.get(one.story.id) or repeats(one, memory.past, agent.topics), one) for one in offer.found]
    skipped = [why for why, _ in judged if why]
    scored = [(score(one, memory.past, interest(one, agent.topics, offer.topics), now), one) for why, one in judged if not why]
    skipped += [
        skip(one.story, "below_floor", f"it scored {points:.2f}; {FLOOR} is the least")
        for points, one in scored
        if points < FLOOR
    ]
    scored = [pair for pair in scored if pair[0] >= FLOOR]
    scored.sort(key=lambda pair: (-pair[0], pair[1].story.id))
    for points, one in scored[1:]:
        skipped.append(skip(one.story, "less", f"another one scored {scored[0][0]:.2f}, this one {points:.2f}"))
    skipped += offer.passed
    if scored:
        points, best = scored[0]
        reason = f"best of {len(scored)} stories that repeat nothing, by {_feeds(best)}{_passed(skipped)}"
        return Choice(topic=_topic(best, points), skipped=_most(skipped), reason=reason), best
    return _evergreen(skipped, agent, memory, taken)


def _evergreen(
    skipped: list[Skipped], agent: AgentLike, memory: Memory, taken: Mapping[str, Skipped]
) -> tuple[Choice, Candidate | None]:
    none = f"no story is worth a post{_passed(skipped)}"
    for words in agent.topics:
        own = _words(words)
        if own.story.id in taken:
            skipped.append(taken[own.story.id])
            continue
        before = next((past for past in memory.past if own.keys & past.keys), None)
        if before is None:
            reason = f"{none}; taken from the agent's own topics"
            return Choice(topic=_topic(own, 0, "evergreen"), skipped=_most(skipped), reason=reason), own
        why = f"the post of {before.date} was about it; its turn comes again after {WINDOW} days"
        skipped.append(Skipped(title=words, code="cooldown", why=why))
    rest = "none of the agent's own topics is due" if agent.topics else "the agent has no topics of its own"
    return Choice(skipped=_most(skipped), reason=f"nothing to post: {none}; {rest}"), None


def _given(words: str, memory: Memory) -> _Found:
    """A user's own words: as many agents as are asked for may tell of them."""
    own = _words(words)
    before = next((past for past in memory.past if own.keys & past.keys), None)
    reason = f"given, though the post of {before.date} was about it" if before else "given"
    return Choice(topic=_topic(own, 0, "given"), reason=reason), own, ()


def _words(words: str) -> Candidate:
    """A topic that is words alone."""
    key = title_key(words) or digest(f"title:{words.casefold()}")
    story = Story(key, words, "", "", 0.0, "")
    return Candidate(story, telling(words, names(words)), frozenset({key}))


async def _embedded(
    found: list[Candidate], agent: AgentLike, ports: Ports
) -> tuple[list[Candidate], list[list[float]], tuple[str, ...]]:
    """The candidates with their vectors, the vectors of the agent's topics, and a warning if there are none."""
    if not found:
        return found, [], ()
    try:
        vectors = await ports.models.embed([*(one.text for one in found), *agent.topics], timeout=EMBED_TIMEOUT)
    except PutBack:
        raise
    except (Transient, Permanent) as error:
        return found, [], (f"stories were compared by their words alone: {error.message}",)
    told = [replace(one, told=replace(one.told, vector=vector)) for one, vector in zip(found, vectors, strict=False)]
    return told, vectors[len(found) :], ()


def _topic(one: Candidate, points: float, kind: Kind = "news") -> Topic:
    story = one.story
    links = dict.fromkeys(
        link for other in (one, *one.others) for link in (other.story.url, *other.story.also) if link and link != story.url
    )
    return Topic(
        key=story.id, title=story.title, kind=kind, summary=story.summary, url=story.url, feed=story.feed, published=story.published,
        language=story.language, entities=proper(story.title, one.told.names), also=tuple(links)[:10], score=points,
    )  # fmt: skip


def _feeds(best: Candidate) -> str:
    return best.story.feed if best.feeds == 1 else f"{best.story.feed} and {best.feeds - 1} more"


_SHORT = {
    "same_story": "written about already", "alike": "like a former post", "names_again": "about names seen too often",
    "too_old": "too old", "too_thin": "too short", "banned": "banned", "language": "in another language", "told_better": "told better elsewhere",
    "barred": "barred", "many": "beyond the latest", "less": "scored less", "cooldown": "cooling down",
    "told_today": "told by another agent that day", "below_floor": "not worth a post", "junk": "no stories",
}  # fmt: skip


def _passed(skipped: Sequence[Skipped]) -> str:
    """Of how many stories which kind was passed over, for the reason."""
    counts = Counter(one.code for one in skipped)
    return f" ({', '.join(f'{number} {_SHORT[code]}' for code, number in counts.most_common())})" if counts else ""


def _most(skipped: Sequence[Skipped]) -> tuple[Skipped, ...]:
    """As many as are kept; `reason` counts them all."""
    return tuple(skipped[:MOST_SKIPPED])
