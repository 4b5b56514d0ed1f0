"""A small world for the engine: the real embedded adapters in a temporary folder, and a toy flow."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import logs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from tests.support.engine.limited_forum import Forum
from tests.support.engine.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    logs.configure("error")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteDocuments]:
    """Documents for limits, with chance from a seed."""
    random.seed(7)
    database = Database(tmp_path / "limits.db", synchronous="OFF")
    yield SqliteDocuments(database)
    database.close()


@pytest.fixture
def forum(tmp_path: Path) -> Iterator[Forum]:
    database = Database(tmp_path / "limits.db", synchronous="OFF")
    yield Forum(SqliteDocuments(database))
    database.close()
