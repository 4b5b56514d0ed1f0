"""What tracing does for a job is so much per task, counted: what it takes of the processor's time, `make bench ONLY=tracing` tells."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

from shared import logs
from shared.adapters.opentelemetry.otlp_span_exporter import encoded
from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.ports.telemetry import Span
from tests.support.engine.world import World

FEW, MANY = 20, 120
BATCH, MOST_BYTES = 512, 600
"""Spans that are sent at once, at most: OpenTelemetry's own; and what one takes on the wire, at most."""


class Encoding(SpanExporter):
    """As the OTLP exporter has it, but for the network."""

    def __init__(self, done: Counter[str]) -> None:
        self.done = done

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.done["batches"] += 1
        self.done["spans"] += len(spans)
        self.done["bytes"] += len(encoded(spans))
        return SpanExportResult.SUCCESS


class Counted(OpenTelemetry):
    """Counts its own calls."""

    done: Counter[str]

    @contextlib.contextmanager
    def task_span(self, *given: Any) -> Iterator[Span]:
        self.done["task spans"] += 1
        with super().task_span(*given) as span:
            yield span

    def count(self, *given: Any) -> None:
        self.done["counts"] += 1
        super().count(*given)

    def measure(self, *given: Any) -> None:
        self.done["measures"] += 1
        super().measure(*given)

    def traceparent(self) -> str | None:
        self.done["traceparents"] += 1
        return super().traceparent()


async def traced(folder: Path, size: int) -> Counter[str]:
    """What is done for a job whose fan-out has so many members."""
    folder.mkdir()
    logs.configure("error")
    world, done = World(folder), Counter[str]()
    telemetry = Counted(
        BatchSpanProcessor(Encoding(done), max_queue_size=20_000, max_export_batch_size=BATCH),
        InMemoryMetricReader(),
        service="test",
        wait=1.0,
    )
    telemetry.done = done
    world.ports = replace(world.ports, telemetry=telemetry)
    await world.start(size=size)
    await world.drain()
    await telemetry.flush(last=True)
    await telemetry.aclose()
    world.close()
    return done


async def test_a_further_task_costs_a_trace_one_span_and_a_handful_of_calls(tmp_path: Path) -> None:
    few, many = await traced(tmp_path / "few", FEW), await traced(tmp_path / "many", MANY)
    each = {what: (many[what] - few[what]) / (MANY - FEW) for what in many}
    calls = dict.fromkeys(("task spans", "spans", "counts", "measures", "traceparents"), 1.0)
    assert {what: each[what] for what in calls} == calls
    assert each["bytes"] < MOST_BYTES
    assert many["batches"] == 1  # nothing is sent span by span
