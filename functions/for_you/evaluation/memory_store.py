"""Ports in memory, for latency cases: documents as the port promises them, files, vectors, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from functions.for_you.array_types import Floats, best, unit
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.blobs import Blob
from shared.ports.documents import Committed, Create, Data, Delete, Document, Merge, Update, Where, Write
from shared.ports.models import OFFLINE
from shared.ports.vectors import Match, Vector
from shared.settings import Settings


class MemoryDocuments:
    """Documents in a dict: creates, updates, merges with increments, equality queries in an order."""

    def __init__(self) -> None:
        self._kept: dict[str, Document] = {}
        self._collections: defaultdict[str, dict[str, Document]] = defaultdict(dict)
        self._version = 0

    async def get(self, path: str) -> Document | None:
        return self._kept.get(path)

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        return [self._kept.get(path) for path in paths]

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        found = list(self._collections[collection].values())
        for one in where:
            found = [each for each in found if each.data.get(one.field) == one.value]
        found.sort(key=lambda each: each.data[order_by] if order_by else each.path, reverse=descending)
        if after is not None and order_by:
            found = [each for each in found if (each.data[order_by] < after if descending else each.data[order_by] > after)]
        return found[:limit]

    async def count(self, collection: str, *where: Where) -> int:
        return len(await self.query(collection, *where))

    async def erase_deleted(self) -> None:
        pass

    async def commit(self, *writes: Write) -> Committed:
        for write in writes:
            there = self._kept.get(write.path)
            if isinstance(write, Create) and there is not None:
                raise Conflict(f"{write.path} is there")
            if isinstance(write, Update) and (there is None or (write.version is not None and there.version != write.version)):
                raise Conflict(f"{write.path} has changed")
        self._version += 1
        return Committed(self._version, tuple(self._write(write) for write in writes))

    def _write(self, write: Write) -> Mapping[str, float]:
        if isinstance(write, Delete):
            self._kept.pop(write.path, None)
            self._collections[write.path.rpartition("/")[0]].pop(write.path, None)
            return {}
        there = self._kept.get(write.path)
        fields: Data = {**({} if isinstance(write, Create) or there is None else there.data), **write.data}
        increments = write.increments if isinstance(write, Merge) else {}
        reached = {name: float(fields.get(name, 0)) + by for name, by in increments.items()}
        made = Document(write.path, {**fields, **reached}, self._version)
        self._kept[write.path] = self._collections[write.path.rpartition("/")[0]][write.path] = made
        return reached


class MemoryBlobs:
    """Files in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        self._kept[name] = content
        return Blob(name, name, len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        return self._kept.get(name)

    async def delete(self, *names: str) -> None:
        for name in names:
            self._kept.pop(name, None)

    async def delete_folder(self, folder: str) -> None:
        await self.delete(*[name for name in self._kept if name.startswith(f"{folder}/")])

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        del seconds, filename
        return f"memory:{name}"


class NoModels:
    """Nobody's model: text vectors are made on this machine."""

    label = OFFLINE


class SomeModels:
    """A provider's: its vectors are made elsewhere, and lie in the vector store."""

    label = "made-up"


class MemoryVectors:
    """Vectors in a dict, searched exactly."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, dict[str, Vector]] = defaultdict(dict)
        self._rows: dict[str, Floats] = {}

    async def upsert(self, namespace: str, *vectors: Vector) -> None:
        self._kept[namespace].update({vector.id: vector for vector in vectors})
        self._rows.pop(namespace, None)

    async def query_by_id(self, namespace: str, vector_id: str, *where: Where, limit: int = 10) -> list[Match]:
        del where
        kept = self._kept[namespace]
        if vector_id not in kept:
            return []
        if namespace not in self._rows:
            self._rows[namespace] = unit(np.asarray([vector.values for vector in kept.values()], np.float32))
        rows, vectors = self._rows[namespace], list(kept.values())
        scores = rows @ unit(np.asarray(kept[vector_id].values, np.float32))
        return [Match(vectors[row].id, float(scores[row]), vectors[row].metadata) for row in best(scores, limit)]


def ports_in_memory(*, provider: bool = False) -> Ports:
    """With a provider, its vectors lie in a vector store. Whatever else is asked of them fails."""
    nothing, vectors = cast("Any", None), cast("Any", MemoryVectors())
    models = cast("Any", SomeModels() if provider else NoModels())
    return Ports(MemoryDocuments(), nothing, MemoryBlobs(), models, nothing, nothing, Settings(), open_vectors=lambda: vectors)
