"""Which stories agents tell on a date.

A claim is part of the commit that settles a topic: of two agents that want one story at the same moment, one has its commit refused
and looks again.

    told_stories/{date}~{hash}    the agents whose story of that date has this key or this name

Two tellings of one story share a key or a name, so they meet in one of these documents; whether they are one story, their days' topics say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.daily_post.topics import topic_history
from functions.daily_post.topics.entity_names import folded
from functions.daily_post.topics.story_eligibility import Candidate
from functions.daily_post.topics.story_similarity import likeness
from functions.daily_post.topics.topic_history import Past
from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Write

KEPT = 3 * 86400.0
"""Seconds: a date everywhere on earth, and some."""
MOST = 40
"""Keys and names of a story that are claimed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What to commit for a story to be an agent's on a date; or `by`, the agent that tells it already, and its title."""

    writes: tuple[Write, ...] = ()
    by: str = ""
    title: str = ""


async def claim(agent: str, date: str, one: Candidate, ports: Ports) -> Claim:
    """The claim of a story for that agent's post of that date.

    Raises:
        Transient: the store did not answer.
    """
    places = _places(date, one)
    found = await ports.documents.get_many(places)
    others = sorted({name for kept in found if kept is not None for name in kept.data["agents"]} - {agent})
    for name, past in zip(others, await topic_history.told_on(others, date, ports), strict=True):
        if past is not None and _same(one, past):
            return Claim(by=name, title=past.title)
    return Claim(tuple(_write(place, kept, agent, ports.clock.now()) for place, kept in zip(places, found, strict=True)))


def _same(one: Candidate, past: Past) -> bool:
    return bool(one.keys & past.keys) or any(likeness(told.told, past.told).alike for told in (one, *one.others))


def _places(date: str, one: Candidate) -> list[str]:
    """Keys first: they are what makes two tellings one for certain."""
    names: Sequence[str] = [folded(name) for told in (one, *one.others) for name in told.told.names]
    marks = list(dict.fromkeys([*sorted(one.keys), *names]))[:MOST]
    return [f"told_stories/{date}~{digest(mark)[:24]}" for mark in marks]


def _write(place: str, kept: Document | None, agent: str, now: float) -> Write:
    fields = {"agents": sorted({agent, *(kept.data["agents"] if kept is not None else ())}), "expires_at": now + KEPT}
    return Create(place, fields) if kept is None else Update(place, fields, version=kept.version)
