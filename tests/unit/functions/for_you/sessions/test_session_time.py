"""What a session waits for, on a clock that only round trips move: documents take 50 ms, searches of the vector store 100."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from functions.for_you import document_paths
from functions.for_you.catalogue import loaded_catalogue, vector_index
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.memory_store import MemoryVectors
from functions.for_you.evaluation.slow_store import SlowDocuments, SlowVectors
from functions.for_you.evaluation.synthetic_listeners import World
from functions.for_you.imported_records import Engagement
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.sessions.source_timeouts import STORE, VECTORS_AWAITED
from functions.for_you.stage_messages import ForYouRequest, Session
from functions.for_you.text.embedding_model_setting import model_of
from shared.errors import Transient
from shared.ports import Ports
from tests.sim.world.loop import EPOCH, Loop

USER, READ, SEARCH = "listener-0003", 0.05, 0.1


@pytest.fixture
async def searched(made: World, fitted: Snapshot, ports: Ports) -> Ports:
    """With a provider, whose vectors lie in a vector store."""
    vectors = MemoryVectors()
    found = replace(ports, models=cast("Any", SimpleNamespace(label="a provider")), open_vectors=lambda: cast("Any", vectors))
    episodes = sorted(made.episodes, key=lambda each: each.id)
    assert await vector_index.update(episodes, [each.id for each in episodes], fitted.vectors, model_of(found), found)
    return found


def given(made: World) -> tuple[Engagement, ...]:
    return tuple(sorted((event for event in made.events if event.user_id == USER), key=lambda event: -event.at)[:5])


class Timed:
    """Sessions against slow stores; `seconds` is how long the last one took."""

    def __init__(
        self, ports: Ports, fitted: Snapshot, *, read: float = READ, search: float = SEARCH, vectors: Any = None
    ) -> None:
        self.documents = SlowDocuments(ports.documents, read)
        self.vectors = vectors or SlowVectors(ports.vectors, search)
        self.ports = replace(ports, documents=self.documents, open_vectors=lambda: cast("Any", self.vectors))
        held = loaded_catalogue.held(self.ports)
        held.snapshot = fitted
        held.version = str(ports.documents._kept[document_paths.CURRENT].data["version"])  # type: ignore[attr-defined]
        self.seconds = 0.0

    def create(self, **asked: Any) -> Session:
        loop = Loop(lambda _: 0, 0)  # type: ignore[abstract] # as much of one as is asked for
        session = loop.run_until_complete(create(ForYouRequest(user_id=USER, **asked), self.ports))
        self.seconds = loop.time() - EPOCH
        return session


def test_a_prepared_session_is_one_round_trip_and_asks_no_vector_store(made: World, searched: Ports, fitted: Snapshot) -> None:
    asyncio.run(refresh(USER, searched))
    timed = Timed(searched, fitted, search=60)
    session = timed.create(engagements=given(made))
    assert (session.source, session.degraded, len(session.items)) == ("queue", (), 20)
    assert timed.seconds == pytest.approx(READ)


def test_a_computed_session_asks_the_vector_store_beside_its_reads_and_waits_no_longer_for_it(
    made: World, searched: Ports, fitted: Snapshot
) -> None:
    timed = Timed(searched, fitted)
    session = timed.create(engagements=given(made))
    assert (session.source, session.degraded, len(session.items)) == ("fresh", (), 20)
    assert timed.vectors.asked > 0
    assert timed.seconds == pytest.approx(READ + SEARCH)
    without = Timed(searched, fitted, search=60)
    assert without.create(limit=100).source == "fresh"  # what the store alone knows is searched for in memory
    assert without.seconds <= READ + SEARCH + 1e-6


@pytest.mark.parametrize("filters", [{}, {"max_minutes": 90}])
def test_a_slow_vector_store_is_left_out_and_named(
    made: World, searched: Ports, fitted: Snapshot, filters: dict[str, Any]
) -> None:
    timed = Timed(searched, fitted, search=60)
    session = timed.create(engagements=given(made), **filters)
    assert (session.source, session.degraded, len(session.items)) == ("fresh", ("vectors",), 20)
    assert timed.seconds == pytest.approx(VECTORS_AWAITED + READ)


class Away:
    """A vector store that is down."""

    async def query_by_id(self, *_: Any, **__: Any) -> Any:
        raise Transient("the vector store is away")


def test_a_vector_store_that_is_down_costs_no_time(made: World, searched: Ports, fitted: Snapshot) -> None:
    timed = Timed(searched, fitted, vectors=Away())
    session = timed.create(engagements=given(made))
    assert (session.source, session.degraded, len(session.items)) == ("fresh", ("vectors",), 20)
    assert timed.seconds <= 3 * READ + 1e-6


def test_a_slow_document_store_gives_the_fallback_within_its_budget(made: World, searched: Ports, fitted: Snapshot) -> None:
    timed = Timed(searched, fitted, read=5)
    session = timed.create(engagements=given(made))
    assert (session.source, session.degraded, len(session.items)) == ("fallback", ("store",), 20)
    assert timed.seconds == pytest.approx(STORE)


@pytest.mark.parametrize("vectors", [None, Away()])
def test_when_both_stores_are_away_both_are_named(made: World, searched: Ports, fitted: Snapshot, vectors: Away | None) -> None:
    timed = Timed(searched, fitted, read=5, search=60, vectors=vectors)
    session = timed.create(engagements=given(made))
    assert (session.source, session.degraded, len(session.items)) == ("fallback", ("store", "vectors"), 20)
    assert timed.seconds == pytest.approx(STORE)
