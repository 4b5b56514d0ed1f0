"""A provider that is away is asked by one call now and then, over all processes together: a probe, not a storm.

A process that saw a few calls fail in a row, and none answered, takes the provider for away. From then on
`limits/{resource}/circuit/state` says when the next probe is due: whoever moves that time on, by a conditional write, is the probe.
An answered call deletes the document, so other processes hear of it when they next ask.
"""

from __future__ import annotations

import contextlib
import random

from shared.engine.store import paths
from shared.errors import Conflict, HeadraceError, Unavailable
from shared.ports.clock import Clock
from shared.ports.documents import Create, Data, Delete, Documents, Update

FAILURES = 3
"""Calls in a row that fail before a provider counts as away."""
FIRST, FACTOR, LONGEST = 1.0, 1.6, 15.0
"""Seconds until the second probe, how much longer each further one waits, and the longest wait."""
SPREAD = 1.0
"""Seconds over which those that wait for a probe come back."""


class SharedCircuit:
    """One provider's circuit, as this process sees it."""

    def __init__(self, resource: str, documents: Documents, clock: Clock) -> None:
        self._path = f"{paths.limit(resource)}/circuit/state"
        self._documents, self._clock = documents, clock
        self._failures = 0
        self._last = Unavailable("it does not answer")
        self._answered = False
        """Whether it came back, and others are to hear of it."""
        self._told = False
        """Whether the document was there, or made, since the failures began: then its absence means that the provider is back."""

    async def admit(self) -> None:
        if self._answered:
            self._answered = False
            with contextlib.suppress(HeadraceError):  # then they find out by a probe
                await self._documents.commit(Delete(self._path))
        if self._failures < FAILURES:
            return
        found, now = await self._documents.get(self._path), self._clock.now()
        if found is None and self._told:
            self._failures, self._told = 0, False  # another process had an answer
            return
        wait = found.data["wait"] if found is not None else 0.0
        self._told = True
        if found is not None and now < found.data["probe_at"]:
            raise self._refusal(found.data["probe_at"] - now)
        wait = min(LONGEST, max(FIRST, wait * FACTOR))
        data: Data = {"probe_at": now + wait, "wait": wait}
        write = Create(self._path, data) if found is None else Update(self._path, data, version=found.version)
        try:
            await self._documents.commit(write)
        except Conflict:
            raise self._refusal(wait) from None

    def away(self, error: Unavailable) -> None:
        self._failures += 1
        self._last = error
        self._answered = False

    def back(self) -> None:
        self._answered = self._answered or self._failures >= FAILURES
        self._failures, self._told = 0, False

    def _refusal(self, seconds: float) -> Unavailable:
        error = Unavailable(
            self._last.message, code=self._last.code, advice=self._last.advice, retry_after=seconds + random.uniform(0, SPREAD)
        )
        error.service = self._last.service
        return error
