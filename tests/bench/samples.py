"""For each pipeline with a sample: what one job of it is asked, in turns, and what has to be there before."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from functions import import_kinds
from functions.for_you.evaluation.synthetic_listeners import END, World, world
from functions.for_you.imported_records import Engagement
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.record_engagements import take_in
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest
from shared.ports import Ports
from shared.ports.documents import Create
from tests.bench.graphs import corpus
from tests.flow.harness import POSTING, SAME_ROLE

Input = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """`scenarios`: jobs one after the other on one store, each a name and, given the sample sites' address, its input.

    `records`: what users bring in before, by kind (see `functions.pipeline_registration.ImportKind`). `requests`: what the
    pipeline's own routes and further functions do, after the jobs.
    """

    scenarios: Mapping[str, Callable[[str], Input]]
    records: Mapping[str, list[Input]] = field(default_factory=dict)
    requests: Mapping[str, Callable[[Ports], Awaitable[object]]] = field(default_factory=dict)

    async def bring_in(self, ports: Ports) -> None:
        """Keep the records as the API would."""
        for name, given in self.records.items():
            kind = import_kinds()[name]
            for one in given:
                record = kind.model.model_validate(one).model_dump(mode="json")
                await ports.documents.commit(Create(f"{kind.place}/{record[kind.key]}", record))


def _posts(*stocks: str) -> Callable[[str], Input]:
    facts = ["revenue rose 12.5% on the year", "the order backlog is 8 months"]
    items = [
        {
            "kol_serial": "208",
            "stock_code": stock,
            "stock_name": "Acme",
            "posting_type": "analysis",
            "max_words": 150,
            "facts": facts,
        }
        for stock in stocks
    ]
    return lambda _: {"items": items}


TURNS = 42
"""Of a talk, of some seven sentences each: a quarter of an hour, a dozen chunks."""
EPISODES, LISTENERS, PER_LISTENER = 120, 16, 16
LISTENER = "listener-0003"


@functools.cache
def _talk(number: int) -> str:
    return "\n\n".join(list(corpus.talks(number + 1))[number].split("\n\n")[:TURNS])


def _talks(*numbers: int) -> Callable[[str], Input]:
    return lambda _: {"collection": "talks", "transcripts": [{"id": f"talk-{one}", "text": _talk(one)} for one in numbers]}


@functools.cache
def _listeners() -> World:
    return world(episodes=EPISODES, users=LISTENERS, per_user=PER_LISTENER)


async def _session(ports: Ports) -> object:
    return await create(ForYouRequest(user_id=LISTENER, limit=20), ports)


async def _engagement(ports: Ports) -> object:
    return await take_in(
        [Engagement(user_id=LISTENER, episode_id=_listeners().episodes[0].id, action="finish", at=END + 60.0)], ports
    )


async def _queue(ports: Ports) -> object:
    return await refresh(LISTENER, ports)


SAMPLES = {
    "interview-prep": Sample(
        {
            "fresh": lambda base: {"job_posting_url": base + POSTING},
            "again": lambda base: {"job_posting_url": base + POSTING},
            "same role elsewhere": lambda base: {"job_posting_url": base + SAME_ROLE},
        }
    ),
    "forum-posts": Sample(
        {"one post": _posts("2330"), "again": _posts("2330"), "another post": _posts("2317")},
        {"profiles": [{"serial": "208", "name": "KOL 208", "persona": "a retired analyst"}]},
    ),
    "daily-post": Sample(
        {
            "one post": lambda _: {"agents": ["ada"], "topic": "urban gardens"},
            "again": lambda _: {"agents": ["ada"], "topic": "urban gardens"},
        },
        {"agents": [{"id": "ada", "name": "Ada", "persona": "a gardener who writes plainly"}]},
    ),
    "transcript-graph": Sample({"first talk": _talks(0), "again": _talks(0), "one more talk": _talks(0, 1)}),
    "for-you": Sample(
        {"a catalogue": lambda _: {}, "again": lambda _: {}},
        {
            "episodes": [one.model_dump(mode="json") for one in _listeners().episodes],
            "users": [one.model_dump(mode="json") for one in _listeners().users],
        },
        {"a queue": _queue, "a session": _session, "an engagement": _engagement},
    ),
}
"""By the pipeline's name. One that is not registered, or has no sample, is left out of the table."""
