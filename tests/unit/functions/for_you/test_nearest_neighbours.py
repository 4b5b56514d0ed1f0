"""The vector store as a source: what is written there, what a refresh asks of it, and what becomes of a refresh without it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from functions.for_you import document_paths
from functions.for_you.candidates.nearest_neighbours import nearest
from functions.for_you.catalogue import vector_index
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.synthetic_listeners import World
from functions.for_you.imported_records import Engagement, Episode
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest
from functions.for_you.text.embedding_model_setting import model_of
from infra.emulators.pinecone import PineconeIndex
from infra.local.uvicorn_server import serve
from shared.adapters.pinecone.vectors import PineconeVectors
from shared.errors import Transient
from shared.ports import Ports

pytestmark = pytest.mark.usefixtures("patient")
USER = "listener-0003"


class Counted:
    """A vector store that counts what is written, or is away."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.written = 0
        self.away = False

    def __getattr__(self, name: str) -> Any:
        async def call(namespace: str, *given: Any, **options: Any) -> Any:
            if self.away:
                raise Transient("the vector store is away")
            self.written += len(given) if name == "upsert" else 0
            return await getattr(self._inner, name)(namespace, *given, **options)

        return call


@pytest.fixture
async def store() -> AsyncIterator[Counted]:
    async with serve(PineconeIndex().app) as url:
        inner = PineconeVectors("key", url)
        yield Counted(inner)
        await inner.aclose()


@pytest.fixture
def searched(ports: Ports, store: Counted) -> Ports:
    """With a provider whose vectors are kept in the store."""
    return replace(ports, open_vectors=lambda: cast("Any", store), models=cast("Any", SimpleNamespace(label="a provider")))


async def written(made: World, fitted: Snapshot, ports: Ports, *, texts: str = "t") -> bool:
    episodes = sorted(made.episodes, key=lambda each: each.id)
    return await vector_index.update(episodes, [texts + each.id for each in episodes], fitted.vectors, model_of(ports), ports)


async def test_only_new_and_changed_texts_are_written_and_what_is_gone_is_removed(
    made: World, fitted: Snapshot, searched: Ports, store: Counted
) -> None:
    assert await written(made, fitted, searched)
    assert store.written == len(made.episodes)
    assert await written(made, fitted, searched)
    assert store.written == len(made.episodes)
    fewer = [*made.episodes[1:], Episode(id="später", title="a new one, of a name that is not ASCII")]
    rows = np.vstack([fitted.vectors[1:], fitted.vectors[:1]])
    model = model_of(searched)
    assert await vector_index.update(fewer, [*("t" + each.id for each in made.episodes[1:]), "new"], rows, model, searched)
    assert store.written == len(made.episodes) + 1
    names = [vector_index.vector_id(made.episodes[0].id), vector_index.vector_id("später")]
    left = await searched.vectors.fetch(vector_index.namespace(model), names)
    assert [vector.metadata["episode"] for vector in left.values()] == ["später"]


async def test_a_users_neighbours_are_those_of_what_they_liked(made: World, fitted: Snapshot, searched: Ports) -> None:
    await written(made, fitted, searched)
    liked = fitted.ids[7]
    event = Engagement.model_validate({"user_id": "x", "episode_id": liked, "action": "finish", "at": 1})
    found = await nearest([event], fitted, searched)
    exact = np.argsort(-(fitted.vectors @ fitted.vectors[7]), kind="stable")[:20]
    assert {fitted.ids[place] for place in exact[:10]} <= set(found[:20])
    assert await nearest([], fitted, searched) == ()
    local = replace(searched, models=cast("Any", SimpleNamespace(label="offline")))
    assert await nearest([event], fitted, local) == ()


async def test_a_refresh_without_the_vector_store_gives_a_full_queue_that_says_so_until_it_is_back(
    made: World, fitted: Snapshot, searched: Ports, store: Counted
) -> None:
    store.away = True
    assert not await written(made, fitted, searched)
    assert await refresh(USER, searched) == "refreshed"
    session = await create(ForYouRequest(user_id=USER), searched)
    assert (session.source, session.degraded, len(session.items)) == ("queue", ("vectors",), 20)
    store.away = False
    assert await written(made, fitted, searched)
    assert await refresh(USER, searched) == "refreshed"
    queue = await searched.documents.get(document_paths.queue(document_paths.user_key(USER)))
    assert queue is not None
    assert queue.data["degraded"] == []
    assert (await create(ForYouRequest(user_id=USER), searched)).degraded == ()
