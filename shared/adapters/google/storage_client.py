"""The synchronous half of `blobs`: Cloud Storage's client. Imported when the first blob is wanted, as most stages want none."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote

import google.auth
from google.api_core import exceptions as api
from google.auth.credentials import AnonymousCredentials, Signing
from google.auth.transport.requests import Request
from google.cloud.storage import Blob, Client
from google.cloud.storage.exceptions import DataCorruption
from google.cloud.storage.retry import DEFAULT_RETRY
from requests.exceptions import RequestException

from shared.adapters.google.error_mapping import translated_errors
from shared.errors import Permanent, Transient

RETRY = DEFAULT_RETRY.with_timeout(30.0)
TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""
NOBODY: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]  # the library has no types here
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


class Bucket:
    """One bucket. Every method blocks."""

    def __init__(self, name: str, *, project: str, emulator: str, credentials: Any) -> None:
        self._name, self._project, self._emulator = name, project, emulator.rstrip("/")
        self._given = credentials
        self._opening = threading.Lock()

    @cached_property
    def _credentials(self) -> Any:
        if self._given is not None:
            return self._given
        return NOBODY if self._emulator else google.auth.default(scopes=[SCOPE])[0]

    @cached_property
    def _client(self) -> Client:
        options = {"api_endpoint": self._emulator} if self._emulator else None
        credentials = NOBODY if self._emulator else self._credentials
        return Client(project=self._project or None, credentials=credentials, client_options=options)

    def _blob(self, name: str) -> Blob:
        with self._opening:  # threads ask at once
            client = self._client
        return client.bucket(self._name).blob(name)

    def close(self) -> None:
        if client := self.__dict__.pop("_client", None):
            client.close()

    def write(self, name: str, content: bytes, content_type: str) -> None:
        with _calling(f"write {name}"):
            try:
                self._blob(name).upload_from_string(
                    content, content_type, if_generation_match=0, checksum="crc32c", retry=RETRY, timeout=TIMEOUT
                )
            except api.PreconditionFailed:  # it is there: written before, or by a try of ours whose answer was lost
                self._check(name, content)

    def _check(self, name: str, content: bytes) -> None:
        kept = self._blob(name)
        try:
            kept.reload(retry=RETRY, timeout=TIMEOUT)
        except api.NotFound as error:
            raise Transient(f"{name} was deleted while it was written", code="store_unavailable") from error
        digest = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        if (kept.size, kept.md5_hash) != (len(content), digest):
            raise Permanent(f"{name} holds other bytes", code="blob_differs", advice="Blobs are named after their content.")

    def read(self, name: str) -> bytes | None:
        with _calling(f"read {name}"):
            try:
                return bytes(self._blob(name).download_as_bytes(checksum="crc32c", retry=RETRY, timeout=TIMEOUT))
            except api.NotFound:
                return None

    def delete(self, name: str) -> None:
        with _calling(f"delete {name}"), suppress(api.NotFound):
            self._blob(name).delete(retry=RETRY, timeout=TIMEOUT)

    def names_below(self, prefix: str) -> list[str]:
        with _calling(f"list {prefix}"):
            with self._opening:
                client = self._client
            return [blob.name for blob in client.list_blobs(self._name, prefix=prefix, retry=RETRY, timeout=TIMEOUT)]

    def signed(self, name: str, seconds: int, filename: str | None) -> str:
        if self._emulator and self._given is None:
            return f"{self._emulator}/{self._name}/{quote(name)}"
        with _calling(f"sign an address of {name}"):
            return str(
                self._blob(name).generate_signed_url(
                    version="v4",
                    expiration=timedelta(seconds=seconds),
                    response_disposition=_disposition(filename) if filename else None,
                    credentials=self._credentials,
                    api_access_endpoint=self._emulator or None,
                    **self._by_iam(),
                )
            )

    def _by_iam(self) -> dict[str, str]:
        """Who signs where the credentials cannot: the service account, asked with its own token."""
        if isinstance(self._credentials, Signing):
            return {}
        if not self._credentials.valid:
            self._credentials.refresh(Request())
        return {"service_account_email": self._credentials.service_account_email, "access_token": self._credentials.token}


@contextmanager
def _calling(what: str) -> Iterator[None]:
    try:
        with translated_errors(what):
            yield
    except (RequestException, DataCorruption) as error:
        raise Transient(f"{what}: {error}", code="store_unavailable") from error


def _disposition(filename: str) -> str:
    """The header that names a download, for old clients in ASCII too (RFC 6266)."""
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
