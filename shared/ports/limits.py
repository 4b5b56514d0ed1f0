"""The limits port: ask before each call to a limited resource, tell what its answer's headers said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Limits(Protocol):
    """One budget per resource over all processes: `reddit`, `openai`. A resource with no limit set is free."""

    async def acquire(self, resource: str, *, tokens: int = 0) -> None:
        """Take one request (and, where the resource counts them, `tokens`). Short waits happen here.

        Raises:
            PutBack: the wait is too long to hold an invocation for.
        """

    def settle(
        self, resource: str, *, reserved: int = 0, used: int = 0, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        """After the call: give back `reserved - used` tokens, obey `x-ratelimit-*` and `retry-after`. Never waits."""
