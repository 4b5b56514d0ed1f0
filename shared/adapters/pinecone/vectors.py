"""Vectors in Pinecone: one index with cosine similarity, made with a dimension and a metric (not with a schema)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pinecone import (
    ApiError,
    AsyncIndex,
    AsyncPinecone,
    PineconeError,
    PineconeValueError,
    RateLimitError,
    ResponseParsingError,
    RetryConfig,
    ServiceError,
)

from shared.adapters.clients_per_loop import PerLoop
from shared.adapters.storable_values import check_vector_id, storable
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports.documents import Where
from shared.ports.vectors import Match, Vector

FETCH_IDS = 100
"""Ids per fetch: they travel in the address."""
DELETE_IDS = 1000
UPSERT_COUNT, UPSERT_BYTES = 1000, 1_500_000
"""Per request: Pinecone takes 1,000 vectors or 2 MB."""
FLOAT_BYTES = 24
"""A float as JSON, at the most."""
OPERATORS = {"==": "$eq", "!=": "$ne", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "in": "$in"}
TIMEOUT = 20.0
NOT_FOUND, TIMED_OUT = 404, 408


class PineconeVectors:
    """The vectors port over one index. `host` is the index's own, with `http://` for a local one."""

    def __init__(self, api_key: str, host: str) -> None:
        if not api_key or not host:
            raise Permanent(
                "Pinecone is not set up", code="no_vectors", advice="Set PINECONE_API_KEY, and PINECONE_HOST to the index's host."
            )
        self._host = host
        self._clients = PerLoop(lambda: _Client(api_key))

    async def aclose(self) -> None:
        """Close the connections."""
        if client := self._clients.pop():
            await client.aclose()

    async def upsert(self, namespace: str, *vectors: Vector) -> None:
        for vector in vectors:
            check_vector_id(vector.id)
        for batch in _batches(vectors):
            await self._call("upsert", vectors=batch, namespace=namespace)

    async def query(self, namespace: str, values: Sequence[float], *where: Where, limit: int = 10) -> list[Match]:
        return await self._query(namespace, where, limit, vector=list(values))

    async def query_by_id(self, namespace: str, vector_id: str, *where: Where, limit: int = 10) -> list[Match]:
        if not vector_id.isascii():  # Pinecone takes no others
            return []
        return await self._query(namespace, where, limit, id=vector_id)

    async def _query(self, namespace: str, where: Sequence[Where], limit: int, **near: Any) -> list[Match]:
        found = await self._call("query", **near, top_k=limit, namespace=namespace, filter=_filter(where), include_metadata=True)
        return [Match(match.id, float(match.score), dict(match.metadata or {})) for match in found.matches]

    async def fetch(self, namespace: str, ids: Sequence[str]) -> dict[str, Vector]:
        vectors: dict[str, Vector] = {}
        for some in _some(ids, FETCH_IDS):
            found = await self._call("fetch", ids=some, namespace=namespace)
            for name, vector in found.vectors.items():
                vectors[name] = Vector(name, list(vector.values), dict(vector.metadata or {}))
        return vectors

    async def delete(self, namespace: str, ids: Sequence[str]) -> None:
        for some in _some(ids, DELETE_IDS):
            await self._delete(ids=some, namespace=namespace)

    async def clear(self, namespace: str) -> None:
        await self._delete(delete_all=True, namespace=namespace)

    async def _delete(self, **which: Any) -> None:
        try:
            await self._call("delete", **which)
        except _Missing:  # a namespace is there while it has vectors
            return

    async def _call(self, method: str, **arguments: Any) -> Any:
        try:
            index = await self._clients.get().index(self._host)
            return await getattr(index, method)(**arguments)
        except PineconeError as error:
            raise _verdict(error) from error


class _Client:
    """The client and its one index, opened on first use."""

    def __init__(self, api_key: str) -> None:
        retries = RetryConfig(max_retries=3, max_wait=4.0)
        self._pinecone = AsyncPinecone(api_key=api_key, timeout=TIMEOUT, retry_config=retries)
        self._index: AsyncIndex | None = None

    async def index(self, host: str) -> AsyncIndex:
        if self._index is None:
            self._index = await self._pinecone.index(host=host)
        return self._index

    async def aclose(self) -> None:
        if self._index is not None:
            await self._index.close()
        await self._pinecone.close()


class _Missing(Permanent):
    """The index or the namespace is not there."""

    code = "vectors_missing"
    advice = "Set PINECONE_HOST to the host of an index that exists."


def _verdict(error: PineconeError) -> HeadraceError:
    reason = f"Pinecone: {error}"
    if isinstance(error, ApiError) and error.status_code == NOT_FOUND:
        return _Missing(reason)
    refused = (
        isinstance(error, ApiError) and not isinstance(error, RateLimitError | ServiceError) and error.status_code != TIMED_OUT
    )
    if refused or isinstance(error, PineconeValueError | ResponseParsingError):
        return Permanent(reason, code="vectors_refused", advice="Check the key, the index's dimension and the request.")
    return Transient(reason, code="vectors_unavailable")


def _batches(vectors: Sequence[Vector]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for vector in vectors:
        metadata = storable(dict(vector.metadata))
        its = len(vector.values) * FLOAT_BYTES + len(json.dumps(metadata)) + len(vector.id)
        if batch and (size + its > UPSERT_BYTES or len(batch) == UPSERT_COUNT):
            yield batch
            batch, size = [], 0
        batch.append({"id": vector.id, "values": list(vector.values), "metadata": metadata})
        size += its
    if batch:
        yield batch


def _filter(where: Sequence[Where]) -> dict[str, Any] | None:
    """Pinecone's filter. A field that is missing differs from everything there, and holds to no condition here."""
    conditions: list[dict[str, Any]] = []
    for condition in where:
        value = storable(list(condition.value) if condition.op == "in" else condition.value)
        conditions.append({condition.field: {OPERATORS[condition.op]: value}})
        if condition.op == "!=":
            conditions.append({condition.field: {"$exists": True}})
    return {"$and": conditions} if conditions else None


def _some(ids: Sequence[str], most: int) -> Iterator[list[str]]:
    known = [name for name in ids if name.isascii()]  # Pinecone takes no others
    return (known[start : start + most] for start in range(0, len(known), most))
