"""Much at a time: a long list in batches, since stores and queues take only so many items per call; a collection that is emptied."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TypeVar

from shared.ports.documents import Document, Documents, Where

T = TypeVar("T")


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, `size` at a time; the last part may have fewer."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


async def until_empty(
    documents: Documents, collection: str, *where: Where, size: int, order_by: str | None = None
) -> AsyncIterator[list[Document]]:
    """The first `size` documents, again and again, until they are the last: who takes them deletes them."""
    full = True
    while full and (page := await documents.query(collection, *where, order_by=order_by, limit=size)):
        yield page
        full = len(page) == size
