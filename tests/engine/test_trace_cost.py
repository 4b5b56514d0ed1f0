"""What tracing takes of a job's processor time, its sending included: measured inside of one run, so that a busy machine says the same."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from shared import logs
from shared.adapters.opentelemetry.otlp_span_exporter import encoded
from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.ports.telemetry import Span
from tests.support.engine.world import World

LOOP, ALL = 0.03, 0.04
"""Shares of the processor time of a job whose stages do nothing at all: on its loop, and with what sends in a thread."""
TASKS = 1000


@dataclass
class Spent:
    """Seconds of processor time."""

    by_kind: dict[str, float]

    def on(self, kind: str, work: Callable[[], Any]) -> Any:
        began = time.thread_time()
        try:
            return work()
        finally:
            self.by_kind[kind] = self.by_kind.get(kind, 0.0) + time.thread_time() - began

    @property
    def seconds(self) -> float:
        return sum(self.by_kind.values())


class Encoding(SpanExporter):
    """As the OTLP exporter has it, but for the network."""

    def __init__(self, spent: Spent) -> None:
        self.spent, self.sent = spent, 0

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.spent.on("encode", lambda: encoded(spans))
        self.sent += len(spans)
        return SpanExportResult.SUCCESS


class Timed(OpenTelemetry):
    """Counts what its own calls take, and nothing of what is done inside of its spans."""

    spent: Spent

    @contextlib.contextmanager
    def task_span(self, *given: Any) -> Iterator[Span]:
        inner = super().task_span(*given)
        yield self.spent.on("begin", inner.__enter__)
        self.spent.on("end", lambda: inner.__exit__(None, None, None))

    def count(self, *given: Any) -> None:
        self.spent.on("count", lambda: super(Timed, self).count(*given))

    def measure(self, *given: Any) -> None:
        self.spent.on("measure", lambda: super(Timed, self).measure(*given))

    def traceparent(self) -> str | None:
        found: str | None = self.spent.on("traceparent", super().traceparent)
        return found


@pytest.mark.timeout(120)
async def test_tracing_a_thousand_tasks_that_do_nothing_takes_little_of_their_time(world: World) -> None:
    logs.configure("error")
    spent = Spent({})
    exporter = Encoding(spent)
    telemetry = Timed(BatchSpanProcessor(exporter, max_queue_size=20_000), InMemoryMetricReader(), service="test", wait=1.0)
    telemetry.spent = spent
    world.ports = replace(world.ports, telemetry=telemetry)
    await world.start(size=TASKS)
    began = time.process_time()
    await world.drain()
    await telemetry.flush(last=True)
    whole = time.process_time() - began
    assert exporter.sent >= TASKS + 4
    await telemetry.aclose()
    without = whole - spent.seconds
    assert (spent.seconds - spent.by_kind["encode"]) / without <= LOOP, spent.by_kind
    assert spent.seconds / without <= ALL, spent.by_kind
