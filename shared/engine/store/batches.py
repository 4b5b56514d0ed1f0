"""A long list in parts: stores and queues take so many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, `size` at a time; the last part may have fewer."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
