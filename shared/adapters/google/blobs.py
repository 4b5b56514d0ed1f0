"""Blobs in Cloud Storage: private objects, written once, handed out by signed addresses.

The client is synchronous and runs in threads: its asynchronous sibling speaks gRPC only and has not all of it.
"""

from __future__ import annotations

import asyncio
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.errors import Permanent
from shared.ports.blobs import Blob

if TYPE_CHECKING:
    from shared.adapters.google.bucket import Bucket


class CloudBlobs:
    """The blobs port over one bucket. `emulator` is a base URL; `credentials` default to the deployment's own.

    Addresses are V4-signed: with the credentials' own key, or, as on Cloud Run where they have none, by the IAM service
    (the service account then needs `roles/iam.serviceAccountTokenCreator` on itself). An emulator's are plain.
    """

    def __init__(self, bucket: str, *, project: str = "", emulator: str = "", credentials: Any = None) -> None:
        self._name, self._project, self._emulator, self._credentials = bucket, project, emulator, credentials

    async def aclose(self) -> None:
        """Close the connections."""
        if bucket := self.__dict__.pop("_bucket", None):
            bucket.close()

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        await asyncio.to_thread(self._bucket.write, _checked(name), content, content_type)
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        return await asyncio.to_thread(self._bucket.read, _checked(name))

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        return await asyncio.to_thread(self._bucket.signed, _checked(name), seconds, filename)

    @cached_property
    def _bucket(self) -> Bucket:
        from shared.adapters.google.bucket import Bucket  # noqa: PLC0415 - a tenth of a second that most stages never need

        return Bucket(self._name, project=self._project, emulator=self._emulator, credentials=self._credentials)


def _checked(name: str) -> str:
    """The name, if a folder would take it too."""
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts or parts[-1].startswith("."):
        raise Permanent(f"{name!r} is no blob name", code="bad_blob_name")
    return name
