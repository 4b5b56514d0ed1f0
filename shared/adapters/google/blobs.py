"""Blobs in Cloud Storage: private objects, written once, handed out by signed addresses.

The client is synchronous and runs in threads: its asynchronous sibling speaks gRPC only and has not all of it.
"""

from __future__ import annotations

import asyncio
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.storable_values import check_blob_name, storable_text
from shared.adapters.thread_pools import Threads
from shared.ports.blobs import Blob

AT_ONCE = 16
"""Calls at once, one thread each: they wait for the network."""

if TYPE_CHECKING:
    from shared.adapters.google.storage_client import Bucket


class CloudBlobs:
    """The blobs port over one bucket. `emulator` is a base URL; `credentials` default to the deployment's own.

    Addresses are V4-signed: with the credentials' own key, or, as on Cloud Run where they have none, by the IAM service
    (the service account then needs `roles/iam.serviceAccountTokenCreator` on itself). An emulator's are plain.
    """

    def __init__(self, bucket: str, *, project: str = "", emulator: str = "", credentials: Any = None) -> None:
        self._name, self._project, self._emulator, self._credentials = bucket, project, emulator, credentials
        self._threads = Threads(AT_ONCE, "blobs")

    async def aclose(self) -> None:
        """Close the connections."""
        self._threads.close()
        if bucket := self.__dict__.pop("_bucket", None):
            bucket.close()

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        check_blob_name(name)
        await self._threads.run(lambda: self._bucket.write(name, content, content_type))
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        check_blob_name(name)
        return await self._threads.run(lambda: self._bucket.read(name))

    async def delete(self, *names: str) -> None:
        for name in names:
            check_blob_name(name)
        await asyncio.gather(*(self._threads.run(self._bucket.delete, name) for name in names))

    async def delete_folder(self, folder: str) -> None:
        check_blob_name(folder)
        names = await self._threads.run(lambda: self._bucket.names_below(f"{folder}/"))
        await self.delete(*names)

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        check_blob_name(name)
        shown = storable_text(filename) if filename else None
        return await self._threads.run(lambda: self._bucket.signed(name, seconds, shown))

    @cached_property
    def _bucket(self) -> Bucket:
        from shared.adapters.google.storage_client import Bucket  # noqa: PLC0415 - a tenth of a second that most stages never need

        return Bucket(self._name, project=self._project, emulator=self._emulator, credentials=self._credentials)
