"""The limits port: ask before each call to a limited resource, tell what it used and what its answer's headers said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.errors import Unavailable


@dataclass(eq=False)
class Grant:
    """The right to make one call, now. Handed to `settle` once, whatever became of the call.

    `amounts` is what is reserved, by unit: `requests`, `tokens`, `usd`. `kept` is the limiter's own.
    """

    resource: str
    amounts: Mapping[str, float] = field(default_factory=dict)
    kept: Any = None


class Circuit(Protocol):
    """Whether a provider is there at all: while it is away, one call now and then asks, and nobody else."""

    async def admit(self) -> None:
        """Before a call.

        Raises:
            Unavailable: it is away, and another call asks just now; come back when the error says.
        """

    def away(self, error: Unavailable) -> None:
        """A call found it away. Never waits."""

    def back(self) -> None:
        """A call was answered. Never waits."""


class Limits(Protocol):
    """One budget per resource over all processes: `reddit`, `openai`. A resource with no limit set is free."""

    async def acquire(self, resource: str, *, requests: float = 1, tokens: float = 0, usd: float = 0.0) -> Grant:
        """Take what one call may use, of the units that the resource counts. Short waits happen here.

        `tokens` and `usd` are reserved: give a bound. Several images in one call are so many `requests`.

        Raises:
            PutBack: the wait is too long to hold an invocation for; its time is this caller's own.
        """

    def settle(
        self,
        grant: Grant,
        *,
        tokens: float | None = None,
        usd: float | None = None,
        headers: Mapping[str, str] | None = None,
        status: int = 0,
    ) -> None:
        """After the call: what it used (None: unknown, counts as reserved), what the answer said. Never waits.

        `headers` are the answer's (`x-ratelimit-*`, `retry-after` are obeyed), `status` its HTTP status, 0 for no answer.
        """

    def least_seconds(self, resource: str, *, requests: float, tokens: float = 0) -> float:
        """Seconds in which the limit lets so much through, if nobody else asks."""
