"""Stores that take their time, and count: what a session waits for is round trips."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from shared.ports.documents import Committed, Document, Documents, Where, Write
from shared.ports.vectors import Match, Vectors


class SlowDocuments:
    """Passes everything on after `seconds`."""

    def __init__(self, inner: Documents, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds
        self.reads = 0
        self.operations = 0

    async def get(self, path: str) -> Document | None:
        return (await self.get_many([path]))[0]

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        await self._wait()
        self.reads += len(paths)
        return await self._inner.get_many(paths)

    async def query(self, collection: str, *where: Where, **options: Any) -> list[Document]:
        await self._wait()
        found = await self._inner.query(collection, *where, **options)
        self.reads += max(1, len(found))
        return found

    async def erase_deleted(self) -> None:
        await self._inner.erase_deleted()

    async def count(self, collection: str, *where: Where) -> int:
        await self._wait()
        return await self._inner.count(collection, *where)

    async def commit(self, *writes: Write) -> Committed:
        await self._wait()
        return await self._inner.commit(*writes)

    async def _wait(self) -> None:
        self.operations += 1
        await asyncio.sleep(self._seconds)


class SlowVectors:
    """A vector store whose searches take `seconds`; `asked` counts them."""

    def __init__(self, inner: Vectors, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds
        self.asked = 0

    async def query_by_id(self, namespace: str, vector_id: str, *where: Where, limit: int = 10) -> list[Match]:
        self.asked += 1
        await asyncio.sleep(self._seconds)
        return await self._inner.query_by_id(namespace, vector_id, *where, limit=limit)
