"""The telemetry port: spans of a job's trace, and numbers. Off by default: then nothing is measured, and nothing imported."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

Attributes: TypeAlias = Mapping[str, str | int | float | bool]
Kind: TypeAlias = Literal["internal", "client", "consumer"]


@dataclass(frozen=True)
class JobTrace:
    """Which trace a task's span is in: that of its job's run. Whoever knows the run knows the trace; nobody has to carry it."""

    job: str
    run: int


class Span(Protocol):
    """A stretch of work under way."""

    ids: tuple[str, str] | None
    """Its trace and itself, in hex; None: it is not recorded."""

    def set(self, attributes: Attributes, /) -> None:
        """Say more about it."""


class Telemetry(Protocol):
    """Whatever is told is sent in the background and may get lost; nothing here raises, or waits for a receiver."""

    def task_span(
        self, name: str, trace: JobTrace, parent: str | None, attributes: Attributes, /
    ) -> AbstractContextManager[Span]:
        """A task's span. `parent`: a `traceparent` (W3C) of the same trace; without, the span of the job's run itself."""

    def span(self, name: str, attributes: Attributes, kind: Kind = "client", /) -> AbstractContextManager[Span]:
        """A span below the present task's; outside of one, of nothing."""

    def run_span(self, name: str, trace: JobTrace, begun: float, ended: float, attributes: Attributes, /) -> None:
        """The span of a job's run, over all its tasks', told when it has ended (POSIX seconds)."""

    def traceparent(self) -> str | None:
        """What makes another task's span a child of the present one."""

    def count(self, name: str, value: float, attributes: Attributes, unit: str = "1", /) -> None:
        """Add to a counter."""

    def measure(self, name: str, value: float, attributes: Attributes, unit: str = "s", /) -> None:
        """One more value of a distribution."""

    async def flush(self, *, last: bool = False) -> None:
        """Send what waits, if it has waited long: a function has no processor after its answer. `last`: all of it, now."""


class _NoSpan:
    ids: tuple[str, str] | None = None

    def set(self, *_: object) -> None:
        """Nobody listens."""


NO_SPAN = _NoSpan()


class NoTelemetry:
    """Telemetry that is off."""

    def task_span(self, *_: object) -> AbstractContextManager[Span]:
        """No span."""
        return contextlib.nullcontext(NO_SPAN)

    def span(self, *_: object) -> AbstractContextManager[Span]:
        """No span."""
        return contextlib.nullcontext(NO_SPAN)

    def run_span(self, *_: object) -> None:
        """No span."""

    def traceparent(self) -> str | None:
        """None."""
        return None

    def count(self, *_: object) -> None:
        """Nobody counts."""

    def measure(self, *_: object) -> None:
        """Nobody measures."""

    async def flush(self, *, last: bool = False) -> None:
        """Nothing waits."""
