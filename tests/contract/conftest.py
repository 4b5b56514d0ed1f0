"""One suite per port, run over every adapter. A new adapter is one more line here.

What cannot run on a laptop is skipped with its reason; with CI=true it is an error.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from infra.emulators import Absent
from infra.emulators.asgi_thread import serve_app
from infra.emulators.firestore import firestore
from infra.emulators.pinecone import PineconeIndex
from infra.emulators.storage import storage
from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.embedded.vectors import SqliteVectors
from shared.ports.blobs import Blobs
from shared.ports.documents import Documents
from shared.ports.vectors import Vectors
from tests.contract.deliveries import Deliveries, Receiver, cloud_deliveries, local_deliveries

BUCKET = "contract"


def started(emulator: AbstractContextManager[str]) -> Iterator[str]:
    try:
        with emulator as address:
            yield address
    except Absent as absent:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(absent))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "contract.db", synchronous="OFF")
    yield made
    made.close()


@pytest.fixture
def queue(database: Database) -> SqliteTasks:
    return SqliteTasks(database)


@pytest.fixture(scope="session")
def firestore_host() -> Iterator[str]:
    yield from started(firestore())


@pytest.fixture(scope="session")
def storage_url() -> Iterator[str]:
    yield from started(storage(BUCKET))


@pytest.fixture(params=["sqlite", "firestore"])
async def documents(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Documents]:
    """An empty store: a file, or a project of its own in the emulator."""
    if request.param == "sqlite":
        yield SqliteDocuments(request.getfixturevalue("database"))
        return
    from shared.adapters.google.documents import FirestoreDocuments  # noqa: PLC0415 - only here

    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", request.getfixturevalue("firestore_host"))
    made = FirestoreDocuments(f"test-{uuid.uuid4().hex[:16]}")
    yield made
    await made.aclose()


@pytest.fixture(params=["folder", "storage"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    if request.param == "folder":
        yield FolderBlobs(tmp_path / "blobs")
        return
    from shared.adapters.google.blobs import CloudBlobs  # noqa: PLC0415 - only here

    made = CloudBlobs(BUCKET, project="test", emulator=request.getfixturevalue("storage_url"))
    yield made
    await made.aclose()


@pytest.fixture(scope="session")
def pinecone_host() -> Iterator[tuple[str, PineconeIndex]]:
    index = PineconeIndex()
    with serve_app(index.app) as url:
        yield url, index


@pytest.fixture
def pinecone_index(pinecone_host: tuple[str, PineconeIndex]) -> PineconeIndex:
    pinecone_host[1].forget()
    return pinecone_host[1]


@pytest.fixture(params=["sqlite", "pinecone"])
async def vectors(
    request: pytest.FixtureRequest, pinecone_host: tuple[str, PineconeIndex], pinecone_index: PineconeIndex
) -> AsyncIterator[Vectors]:
    """An empty index: a file, or what speaks Pinecone's protocol."""
    if request.param == "sqlite":
        yield SqliteVectors(request.getfixturevalue("database"))
        return
    from shared.adapters.pinecone.vectors import PineconeVectors  # noqa: PLC0415 - only here

    made = PineconeVectors("key", pinecone_host[0])
    yield made
    await made.aclose()


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """Where tasks are delivered: one server, told apart by the functions' names."""
    made = Receiver()
    with serve_app(made.app) as made.url:
        yield made


@pytest.fixture(params=["local", "cloud_tasks"])
async def deliveries(request: pytest.FixtureRequest, receiver: Receiver) -> AsyncIterator[Deliveries]:
    """A tasks port with its queues, delivering to a function of this test's own."""
    local = request.param == "local"
    running = local_deliveries(request.getfixturevalue("queue"), receiver) if local else cloud_deliveries(receiver)
    async with running as made:
        yield made
