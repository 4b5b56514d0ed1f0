"""What an agent has written about, and the reserving of what it writes about next.

    topics/{agent}                      changes with every reservation: two at once cannot both hold
    topics/{agent}/days/{date}          what the post of that date is about: the post's key, and three weeks' memory
    topics/{agent}/days/{date}.skipped  what was passed over for it, and why; it has no `date`, so that no query reads it

An agent's day is one document of some kilobytes, and remembering is one query of at most 43 of them. `{agent}` is a hash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from functions.daily_post.topics.story_eligibility import Candidate
from functions.daily_post.topics.story_similarity import Telling, packed, telling, unpacked
from functions.daily_post.topics.topic_choice_types import Choice, Skipped, Topic
from shared.engine.store.paths import digest
from shared.errors import BadInput, Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Merge, Update, Where, Write

WINDOW = 21
"""Days within which no topic comes again, before and after: also one that was reserved ahead."""
HALF_LIFE = 7.0
"""Days in which what was written about weighs half as much in a choice."""
KEPT = 120
"""Days for which a day is kept, and with it why its topic was chosen."""
TRIES = 4
"""Of a change to one agent's days."""
FIRST_YEAR, LAST_YEAR = 2000, 2199
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Past:
    """A topic that an agent has written about, or may not (`barred` says why). `weight`: 1 today, halved every week."""

    date: str
    title: str
    keys: frozenset[str]
    told: Telling
    weight: float
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of an agent when a topic is to be chosen. `head` and `day` are as read, for the commit to hold against."""

    agent: str
    date: str
    past: tuple[Past, ...]
    head: Document | None
    day: Document | None


def day_of(date: str) -> dt.date:
    """The date.

    Raises:
        BadInput: it is none (`bad_date`).
    """
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        day = dt.date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(f"{date[:40]!r} is no date of a post", code="bad_date", advice="Write it like 2026-11-23.")
    return day


async def topic_of(agent_id: str, date: str, ports: Ports) -> Topic | None:
    """What the post of that agent and date is about, if that is settled."""
    choice = await chosen(agent_id, date, ports)
    return choice.topic if choice else None


async def chosen(agent_id: str, date: str, ports: Ports) -> Choice | None:
    """The choice as it was made for that agent and date, if it was."""
    day, skipped = await ports.documents.get_many([_day(agent_id, date), _skipped(agent_id, date)])
    if day is None or day.data["state"] != "taken":
        return None
    passed_over = tuple(Skipped(**one) for one in skipped.data["skipped"]) if skipped else ()
    return Choice(topic=_topic(day.data), skipped=passed_over, reason=day.data["reason"], warnings=tuple(day.data["warnings"]))


async def remember(agent_id: str, date: str, ports: Ports) -> Memory:
    """What the agent wrote about around that date."""
    head, day = await ports.documents.get_many([_head(agent_id), _day(agent_id, date)])  # first: what changes after it is noticed
    today, reach = day_of(date), dt.timedelta(days=WINDOW)
    near = (Where("date", ">=", (today - reach).isoformat()), Where("date", "<=", (today + reach).isoformat()))
    days = await ports.documents.query(f"{_head(agent_id)}/days", *near, order_by="date")
    return Memory(
        agent_id, date, tuple(_past(one.data, today, ports) for one in days if one.data["state"] != "given_back"), head, day
    )


async def told_on(agents: Sequence[str], date: str, ports: Ports) -> list[Past | None]:
    """What the posts of those agents and that date are about; None for one that is about nothing."""
    days = await ports.documents.get_many([_day(agent, date) for agent in agents]) if agents else []
    today = day_of(date)
    return [_past(day.data, today, ports) if day is not None and day.data["state"] == "taken" else None for day in days]


async def reserve(  # noqa: PLR0917 - a commit of many parts
    memory: Memory, choice: Choice, topic: Topic, one: Candidate, ports: Ports, claims: Sequence[Write] = ()
) -> None:
    """Settle what that agent's post of that date is about: the choice's topic, made of that candidate. `claims` go into the same commit.

    Raises:
        Conflict: meanwhile this post or another one of the agent has taken a topic, or a claim does not hold any more.
    """
    now = ports.clock.now()
    expires = {"expires_at": now + KEPT * _DAY}
    data: Data = {
        "agent": memory.agent, "date": memory.date, "state": "taken", "why": "", "at": now, "model": _model(ports),
        "topic": topic.model_dump(mode="json"), "reason": choice.reason, "warnings": list(choice.warnings),
        "keys": sorted(one.keys), "names": list(one.told.names), "vector": packed(one.told.vector), **expires,
    }  # fmt: skip
    skipped = {"skipped": [one.model_dump(mode="json") for one in choice.skipped], **expires}
    day, skips = _day(memory.agent, memory.date), _skipped(memory.agent, memory.date)
    settled: Write = Create(day, data) if memory.day is None else Update(day, data, version=memory.day.version)
    past = (day_of(memory.date) - dt.timedelta(days=KEPT)).isoformat()
    old = (Delete(_day(memory.agent, past)), Delete(_skipped(memory.agent, past)))  # where the store itself deletes nothing
    await ports.documents.commit(_moved_on(memory, now), settled, Merge(skips, skipped), *old, *claims)


async def give_back(agent_id: str, date: str, ports: Ports, *, why: str, barred: bool = False) -> None:
    """Free the topic of a post that failed for good. Safe to repeat.

    `barred`: the topic itself was the reason (refused as unsafe, say), and is not offered to this agent again within the window.

    Raises:
        Transient: others kept reserving at the same moment (`topic_busy`).
    """
    for _ in range(TRIES):
        memory = await remember(agent_id, date, ports)
        day = memory.day
        if day is None or day.data["state"] != "taken":
            return
        now = ports.clock.now()
        writes: list[Write] = [
            _moved_on(memory, now),
            Update(day.path, {"state": "given_back", "why": why[:500]}, version=day.version),
        ]
        if barred:
            aside = f"{day.path}-barred-{day.data['topic']['key'][:12]}"
            writes.append(Merge(aside, {**day.data, "state": "barred", "why": why[:500]}))
        with suppress(Conflict):
            await ports.documents.commit(*writes)
            return
    raise busy(agent_id)


async def forget(agent_id: str, date: str, ports: Ports) -> None:
    """Delete what that agent's post of that date was about, and what was passed over for it. Twice is once."""
    await ports.documents.commit(Delete(_day(agent_id, date)), Delete(_skipped(agent_id, date)))


def busy(agent_id: str) -> Transient:
    """Others were quicker, again and again."""
    return Transient(f"other posts of {agent_id} take topics at the same moment", code="topic_busy")


def _moved_on(memory: Memory, now: float) -> Write:
    head = {"agent": memory.agent, "changed_at": now, "expires_at": now + KEPT * _DAY}
    return (
        Create(_head(memory.agent), head) if memory.head is None else Update(memory.head.path, head, version=memory.head.version)
    )


def _past(data: Data, today: dt.date, ports: Ports) -> Past:
    topic, days = _topic(data), abs((dt.date.fromisoformat(data["date"]) - today).days)
    vector = (
        unpacked(data["vector"]) if data["model"] == _model(ports) else ()
    )  # another model's vectors mean nothing to this one
    told = telling(f"{topic.title} {topic.summary}", tuple(data["names"]), vector)
    barred = data["why"] if data["state"] == "barred" else ""
    return Past(data["date"], topic.title, frozenset(data["keys"]), told, 0.5 ** (days / HALF_LIFE), barred)


def _model(ports: Ports) -> str:
    return ports.settings.model_embedding[0] if ports.settings.model_embedding else ""


def _topic(data: Data) -> Topic:
    return Topic.model_validate(data["topic"])


def _head(agent_id: str) -> str:
    return f"topics/{digest(agent_id)[:32]}"


def _day(agent_id: str, date: str) -> str:
    return f"{_head(agent_id)}/days/{day_of(date).isoformat()}"


def _skipped(agent_id: str, date: str) -> str:
    return f"{_day(agent_id, date)}.skipped"
