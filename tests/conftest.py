"""For every test: its chance is its own; what it asks of SQLite, Firestore would answer too with the indexes that are deployed, and delete what has expired."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from typing import Any, cast

import pytest

from infra.firestore_indexes import FILE
from shared.adapters.embedded.documents import SqliteDocuments
from shared.ports.declared_queries import Query, query_of
from shared.ports.documents import Delete, Where, Write
from tests.infra.indexes import expiring, served_by
from tests.support.seeded_chance import seeded

FREE = ("tests/contract/", "tests/unit/shared/adapters/")
"""Tests of the port itself may ask anything."""
asked: set[Query] = set()
"""Every kind of query that was made so far."""
expires: set[str] = set()
"""Collection groups that got documents with an `expires_at`."""


class Loggers(dict[str, "logging.Logger | logging.PlaceHolder"]):
    """The loggers there are. pytest walks through them before each test, while a cloud's thread may import what brings new ones."""

    def values(self) -> Any:
        return list(super().values())


def pytest_collection_finish() -> None:
    """What has been imported stays: no look for garbage goes through it again."""
    gc.freeze()


_manager = logging.Logger.manager
_manager.loggerDict = cast("Any", Loggers(_manager.loggerDict))


@pytest.fixture(scope="session", autouse=True)
def _watched() -> Iterator[None]:
    query, count, commit = SqliteDocuments.query, SqliteDocuments.count, SqliteDocuments.commit

    async def noted_query(
        self: SqliteDocuments,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        **options: Any,
    ) -> Any:
        _note(query_of(collection, where, order_by, descending=descending))
        return await query(self, collection, *where, order_by=order_by, descending=descending, **options)

    async def noted_count(self: SqliteDocuments, collection: str, *where: Where) -> int:
        _note(query_of(collection, where))
        return await count(self, collection, *where)

    async def noted_commit(self: SqliteDocuments, *writes: Write) -> Any:
        _note_expiring(writes)
        return await commit(self, *writes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEADRACE_SYNC", "OFF")  # no test waits for a disk: tests/chaos/test_power_cut.py asks for it
        patch.setattr(SqliteDocuments, "query", noted_query)
        patch.setattr(SqliteDocuments, "count", noted_count)
        patch.setattr(SqliteDocuments, "commit", noted_commit)
        yield


@pytest.fixture(autouse=True)
def _seeded(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same ids and jitter in every run: which of two things comes first by its id is decided once."""
    with seeded(request.node.nodeid):
        yield


@pytest.fixture(autouse=True)
def _indexed() -> Iterator[None]:
    queries, groups = set(asked), set(expires)
    yield
    unserved = {query for query in asked - queries if served_by(query) is None}
    assert not unserved, f"{FILE.name} has no index for {unserved}"
    kept = expires - groups - expiring()
    assert not kept, f"{FILE.name} has no ttl for the expires_at of {kept}: Firestore would keep them for ever"


def _note(query: Query) -> None:
    if not _is_free():
        asked.add(query)


def _note_expiring(writes: tuple[Write, ...]) -> None:
    if not _is_free():
        expires.update(
            write.path.split("/")[-2] for write in writes if not isinstance(write, Delete) and "expires_at" in write.data
        )


def _is_free() -> bool:
    return os.environ.get("PYTEST_CURRENT_TEST", "").startswith(FREE)
