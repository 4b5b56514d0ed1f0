"""What only Cloud Storage has: generations, checksums, addresses that are signed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from google.cloud.storage import Blob, Client
from google.oauth2 import service_account

from infra.emulators.identity_tokens import Identity
from shared.adapters.google import storage_client as adapter
from shared.adapters.google.blobs import CloudBlobs
from shared.errors import Permanent, Transient
from tests.contract.conftest import BUCKET

ACCOUNT = "files@test.iam.gserviceaccount.com"


@pytest.fixture
async def blobs(storage_url: str) -> AsyncIterator[CloudBlobs]:
    made = CloudBlobs(BUCKET, project="test", emulator=storage_url)
    yield made
    await made.aclose()


@pytest.mark.fault(14)
async def test_what_is_there_is_never_written_over(blobs: CloudBlobs) -> None:
    await blobs.put("google/one.txt", b"first", "text/plain")
    await blobs.put("google/one.txt", b"first", "text/plain")
    with pytest.raises(Permanent) as caught:
        await blobs.put("google/one.txt", b"other", "text/plain")
    assert caught.value.code == "blob_differs"
    assert await blobs.get("google/one.txt") == b"first"


@pytest.mark.fault(14)
async def test_a_write_whose_answer_was_lost_is_looked_at(blobs: CloudBlobs, storage_url: str) -> None:
    """The library sends it again and gets 412: what is there is ours."""
    theirs: Any = Client(project="test", client_options={"api_endpoint": storage_url}, credentials=adapter.NOBODY)
    theirs.bucket(BUCKET).blob("google/lost.txt").upload_from_string(b"kept", "text/plain")
    assert (await blobs.put("google/lost.txt", b"kept", "text/plain")).size == 4
    theirs.close()


async def test_the_type_is_kept_and_an_emulators_address_is_plain(blobs: CloudBlobs) -> None:
    await blobs.put("google/a b.pdf", b"%PDF", "application/pdf")
    url = await blobs.url("google/a b.pdf", filename="guide.pdf")
    answer = await asyncio.to_thread(httpx.get, url)
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"%PDF", "application/pdf")


async def test_an_address_is_signed_for_a_while_and_names_the_download(storage_url: str) -> None:
    identity = Identity()
    key = {"client_email": ACCOUNT, "token_uri": "http://127.0.0.1:9/", "private_key": identity.private_key.decode()}
    credentials = service_account.Credentials.from_service_account_info(key)  # type: ignore[no-untyped-call]  # no types
    blobs = CloudBlobs(BUCKET, project="test", emulator=storage_url, credentials=credentials)
    await blobs.put("google/signed.pdf", b"%PDF", "application/pdf")
    url = await blobs.url("google/signed.pdf", seconds=60, filename='Überblick "A".pdf')
    asked = parse_qs(urlsplit(url).query)
    assert urlsplit(url).path == f"/{BUCKET}/google/signed.pdf"
    assert asked["X-Goog-Algorithm"] == ["GOOG4-RSA-SHA256"]
    assert asked["X-Goog-Expires"] == ["60"]
    assert asked["X-Goog-Credential"][0].startswith(f"{ACCOUNT}/")
    assert asked["response-content-disposition"] == [
        "attachment; filename=\"_berblick _A_.pdf\"; filename*=UTF-8''%C3%9Cberblick%20%22A%22.pdf"
    ]
    assert len(asked["X-Goog-Signature"][0]) == 512
    assert (await asyncio.to_thread(httpx.get, url)).content == b"%PDF"
    await blobs.aclose()


async def test_where_there_is_no_key_the_iam_service_signs(storage_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cloud Run's credentials cannot sign: their token asks IAM to."""
    asked: list[dict[str, Any]] = []

    class Metadata:
        valid, service_account_email, token = False, "default", None

        def refresh(self, request: Any) -> None:
            self.valid, self.service_account_email, self.token = True, ACCOUNT, "token"

    def signed(blob: Any, **options: Any) -> str:
        asked.append(options)
        return "https://signed"

    monkeypatch.setattr(Blob, "generate_signed_url", signed)
    blobs = CloudBlobs(BUCKET, project="test", emulator=storage_url, credentials=Metadata())
    assert await blobs.url("google/a.pdf") == "https://signed"
    assert (asked[0]["service_account_email"], asked[0]["access_token"], asked[0]["version"]) == (ACCOUNT, "token", "v4")
    await blobs.aclose()


async def test_a_missing_bucket_is_a_fault_of_the_setup(storage_url: str) -> None:
    blobs = CloudBlobs("none", project="test", emulator=storage_url)
    with pytest.raises(Permanent) as caught:
        await blobs.put("google/a", b"x", "text/plain")
    assert caught.value.code == "store_missing"
    await blobs.aclose()


@pytest.mark.fault(14)
async def test_nobody_there_is_a_passing_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "RETRY", adapter.RETRY.with_timeout(0.2))
    blobs = CloudBlobs(BUCKET, project="test", emulator="http://127.0.0.1:9")
    for tried in (blobs.put("google/a", b"x", "text/plain"), blobs.get("google/a")):
        with pytest.raises(Transient):
            await tried
    await blobs.aclose()
