"""One suite per port, run over every adapter. A new adapter is one more line here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.database import Database
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.tasks import SqliteTasks
from shared.ports.blobs import Blobs
from shared.ports.documents import Documents


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "contract.db")
    yield made
    made.close()


@pytest.fixture(params=["sqlite"])
def documents(database: Database) -> Documents:
    return SqliteDocuments(database)


@pytest.fixture(params=["folder"])
def blobs(tmp_path: Path) -> Blobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def queue(database: Database) -> SqliteTasks:
    return SqliteTasks(database)
