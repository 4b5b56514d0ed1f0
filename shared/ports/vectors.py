"""The vectors port: embeddings with a little metadata, found by nearness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from shared.ports.documents import Where

Fact: TypeAlias = str | float | bool | Sequence[str]
"""A metadata value: flat, never None. Whole numbers may come back as floats."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One embedding. `id` at most 512 ASCII characters, `values` kept as 32-bit floats, `metadata` under 40 KB."""

    id: str
    values: Sequence[float]
    metadata: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A vector found. `score` is the cosine similarity, 1.0 for the same direction."""

    id: str
    score: float
    metadata: Mapping[str, Fact]


class Vectors(Protocol):
    """Vectors live in namespaces; all of one index have the same length. In the cloud a write is seen after some seconds."""

    async def upsert(self, namespace: str, *vectors: Vector) -> None:
        """Write or replace, by id. Safe to repeat.

        Raises:
            Transient: not all are known to be written; write them again.
            Permanent: the store does not take them (`vectors_refused`), such as another length than its own.
        """

    async def query(self, namespace: str, values: Sequence[float], *where: Where, limit: int = 10) -> list[Match]:
        """The nearest vectors whose metadata holds to every condition, nearest first. At most 10,000.

        A missing field holds to no condition (`!=` included); a list of texts holds to `==` and `in` when one of its
        texts does. `<`, `<=`, `>` and `>=` are for numbers.
        """

    async def query_by_id(self, namespace: str, vector_id: str, *where: Where, limit: int = 10) -> list[Match]:
        """The nearest to a vector that is kept, itself among them: what `fetch` and `query` find, in one request.

        None when it is not there. Conditions and limit as for `query`.
        """

    async def fetch(self, namespace: str, ids: Sequence[str]) -> dict[str, Vector]:
        """Vectors by id; those that are not there are left out."""

    async def delete(self, namespace: str, ids: Sequence[str]) -> None:
        """Remove vectors, present or not."""

    async def clear(self, namespace: str) -> None:
        """Remove a namespace with all its vectors, present or not."""
