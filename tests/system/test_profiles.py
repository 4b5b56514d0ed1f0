"""Settings to ports: what each profile is made of, and what it says when something is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared import bootstrap
from shared.adapters.embedded.vectors import SqliteVectors
from shared.adapters.google.blobs import CloudBlobs
from shared.adapters.google.documents import FirestoreDocuments
from shared.adapters.google.tasks import CloudTasks
from shared.adapters.pinecone.vectors import PineconeVectors
from shared.errors import BadInput, Permanent
from shared.settings import Settings
from tests.support.fakes import fake_ports

CLOUD = Settings(
    profile="cloud",
    project="ours",
    bucket="files",
    function_url="https://{service}-1.us-central1.run.app",
    tasks_account="tasks@ours.iam.gserviceaccount.com",
    pinecone_api_key="key",
    pinecone_host="https://index",
)
EMULATOR = replace(
    CLOUD,
    profile="emulator",
    firestore_emulator="127.0.0.1:1",
    storage_emulator="http://127.0.0.1:2",
    tasks_emulator="127.0.0.1:3",
)


@pytest.mark.parametrize("settings", [CLOUD, EMULATOR], ids=lambda settings: settings.profile)
async def test_google_profiles_are_made_of_googles_services(settings: Settings) -> None:
    made = bootstrap.build(settings)
    kinds = (type(made.documents), type(made.tasks), type(made.blobs), type(made.vectors))
    assert kinds == (FirestoreDocuments, CloudTasks, CloudBlobs, PineconeVectors)
    assert made.vectors is made.vectors
    assert made.cold_starts
    await bootstrap.close(made)


async def test_a_laptop_keeps_vectors_in_its_own_file(tmp_path: Path) -> None:
    made = bootstrap.build(Settings(data=tmp_path))
    assert isinstance(made.vectors, SqliteVectors)
    assert not made.cold_starts
    await bootstrap.close(made)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (replace(CLOUD, profile="production"), "production"),
        (replace(CLOUD, project=""), "GOOGLE_CLOUD_PROJECT"),
        (replace(CLOUD, bucket=""), "HEADRACE_BUCKET"),
        (replace(CLOUD, function_url=""), "HEADRACE_FUNCTION_URL"),
        (replace(CLOUD, function_url="https://one.run.app"), "HEADRACE_FUNCTION_URL"),
        (replace(CLOUD, tasks_account=""), "HEADRACE_TASKS_ACCOUNT"),
        (replace(EMULATOR, tasks_account=""), "HEADRACE_TASKS_ACCOUNT"),
        (replace(CLOUD, firestore_emulator="127.0.0.1:1"), "FIRESTORE_EMULATOR_HOST"),
        (replace(EMULATOR, firestore_emulator=""), "FIRESTORE_EMULATOR_HOST"),
        (replace(EMULATOR, tasks_emulator="", storage_emulator=""), "STORAGE_EMULATOR_HOST, HEADRACE_TASKS_HOST"),
    ],
)
def test_what_is_missing_is_named(settings: Settings, told: str) -> None:
    with pytest.raises(BadInput, match=told) as raised:
        bootstrap.build(settings)
    assert raised.value.code == "bad_setting"
    assert raised.value.advice


async def test_without_pinecone_only_vectors_are_missing() -> None:
    made = bootstrap.build(replace(CLOUD, pinecone_api_key=""))
    with pytest.raises(Permanent) as raised:
        _ = made.vectors
    assert raised.value.code == "no_vectors"
    await bootstrap.close(made)


async def test_closing_closes_all_that_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    for kind in (FirestoreDocuments, CloudTasks, CloudBlobs, PineconeVectors):

        async def aclose(self: Any) -> None:
            closed.append(type(self).__name__)

        monkeypatch.setattr(kind, "aclose", aclose)
    made = bootstrap.build(CLOUD)
    await bootstrap.close(made)
    assert sorted(closed) == ["CloudBlobs", "CloudTasks", "FirestoreDocuments"]
    made = bootstrap.build(CLOUD)
    _ = made.vectors
    closed.clear()
    await bootstrap.close(made)
    assert "PineconeVectors" in closed


def test_ports_without_vectors_say_so() -> None:
    with pytest.raises(Permanent):
        _ = fake_ports().vectors
