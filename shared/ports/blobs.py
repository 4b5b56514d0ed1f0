"""The blobs port: immutable bytes by name (PDFs, images, big results)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored blob's reference, kept in documents. `sha256` in hex, `size` in bytes."""

    name: str
    sha256: str
    size: int
    content_type: str


class Blobs(Protocol):
    """Names are content-addressed by the caller (`pdfs/<sha256>.pdf`), so writing twice is writing once."""

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        """Store whole or not at all; the same name again is a no-op.

        Raises:
            Permanent: no store takes such a name (`bad_blob_name`); this, here and below.
            Transient: the store did not answer, or is full.
        """

    async def get(self, name: str) -> bytes | None:
        """The bytes, or None if there is no such blob."""

    async def delete(self, *names: str) -> None:
        """Remove blobs, present or not.

        Raises:
            Transient: the store did not answer; some may be gone.
        """

    async def delete_folder(self, folder: str) -> None:
        """Remove every blob whose name begins with `folder/`; there may be none.

        Raises:
            Transient: the store did not answer; some may be gone.
        """

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        """A short-lived address that downloads the blob (as `filename`, when given)."""
