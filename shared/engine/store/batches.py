"""Splits a long list into batches, since stores and queues take only so many items per call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in order, `size` at a time; the last part may have fewer."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
