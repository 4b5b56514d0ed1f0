"""Spans and numbers through OpenTelemetry. A job's run is one trace, whose ids follow from the run: any process finds its place."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Iterator
from contextvars import ContextVar

from opentelemetry import trace as api
from opentelemetry.context import Context, attach, detach
from opentelemetry.metrics import Counter, Histogram
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

from shared.ports.telemetry import Attributes, JobTrace, Kind, Span

SCOPE = "headrace"
KINDS = {"internal": api.SpanKind.INTERNAL, "client": api.SpanKind.CLIENT, "consumer": api.SpanKind.CONSUMER}
EVERY = 5.0
"""Seconds after which a function sends what waits before it answers."""
NANO = 1_000_000_000

_forced: ContextVar[tuple[int, int] | None] = ContextVar("forced_ids", default=None)


class _Ids(RandomIdGenerator):
    """Random, but for a run's own span."""

    def generate_trace_id(self) -> int:
        forced = _forced.get()
        return forced[0] if forced else super().generate_trace_id()

    def generate_span_id(self) -> int:
        forced = _forced.get()
        return forced[1] if forced else super().generate_span_id()


def run_ids(trace: JobTrace) -> tuple[int, int]:
    """The ids of a run's trace and of its own span."""
    digest = hashlib.sha256(f"{trace.job}/{trace.run}".encode()).digest()
    return int.from_bytes(digest[:16]) or 1, int.from_bytes(digest[16:24]) or 1


class _Recorded:
    """A span of the SDK behind the port."""

    def __init__(self, span: api.Span) -> None:
        self._span = span
        self.ids: tuple[str, str] | None = None
        if span.is_recording():
            context = span.get_span_context()
            self.ids = f"{context.trace_id:032x}", f"{context.span_id:016x}"

    def set(self, attributes: Attributes) -> None:
        """Say more about it."""
        self._span.set_attributes(dict(attributes))


class OpenTelemetry:
    """`spans` get every span that ends, `numbers` are read by their own clock. `share` of all runs is traced, each whole or not at all."""

    def __init__(
        self, spans: SpanProcessor, numbers: MetricReader | None, *, service: str, share: float = 1.0, cold: bool = False
    ) -> None:
        resource = Resource.create({"service.name": service})
        self._spans = TracerProvider(sampler=TraceIdRatioBased(share), resource=resource, id_generator=_Ids())
        self._spans.add_span_processor(spans)
        self._numbers = MeterProvider([numbers] if numbers else [], resource=resource)
        self._tracer, self._meter = self._spans.get_tracer(SCOPE), self._numbers.get_meter(SCOPE)
        self._counters: dict[str, Counter] = {}
        self._histograms: dict[str, Histogram] = {}
        self._cold, self._flushed = cold, time.monotonic()

    @contextlib.contextmanager
    def task_span(self, name: str, trace: JobTrace, parent: str | None, attributes: Attributes) -> Iterator[Span]:
        """A task's span, which is the present one inside."""
        above = _below(_parent(trace, parent))
        span = self._tracer.start_span(name, above, api.SpanKind.CONSUMER, attributes=dict(attributes))
        token = attach(api.set_span_in_context(span, above))
        try:
            with _ending(span):
                yield _Recorded(span)
        finally:
            detach(token)

    @contextlib.contextmanager
    def span(self, name: str, attributes: Attributes, kind: Kind = "client") -> Iterator[Span]:
        """A span below the present task's. It is no context of its own: a stream's reader may end it elsewhere."""
        if not api.get_current_span().get_span_context().is_valid:
            yield _Recorded(api.INVALID_SPAN)
            return
        span = self._tracer.start_span(name, kind=KINDS[kind], attributes=dict(attributes))
        with _ending(span):
            yield _Recorded(span)

    def run_span(self, name: str, trace: JobTrace, begun: float, ended: float, attributes: Attributes) -> None:
        """The span of a job's run."""
        token = _forced.set(run_ids(trace))
        try:
            span = self._tracer.start_span(name, Context(), attributes=dict(attributes), start_time=int(begun * NANO))
        finally:
            _forced.reset(token)
        span.end(int(ended * NANO))

    def traceparent(self) -> str | None:
        """The present span, as W3C writes it."""
        context = api.get_current_span().get_span_context()
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}" if context.is_valid else None

    def count(self, name: str, value: float, attributes: Attributes, unit: str = "1") -> None:
        """Add to a counter."""
        if name not in self._counters:
            self._counters[name] = self._meter.create_counter(name, unit)
        self._counters[name].add(value, dict(attributes))

    def measure(self, name: str, value: float, attributes: Attributes, unit: str = "s") -> None:
        """One more value of a histogram."""
        if name not in self._histograms:
            self._histograms[name] = self._meter.create_histogram(name, unit)
        self._histograms[name].record(value, dict(attributes))

    async def flush(self, *, last: bool = False) -> None:
        """Send what waits."""
        if last or (self._cold and time.monotonic() - self._flushed >= EVERY):
            self._flushed = time.monotonic()
            await asyncio.to_thread(self._send)

    def _send(self) -> None:
        self._spans.force_flush(2000)
        self._numbers.force_flush(2000)

    async def aclose(self) -> None:
        """Send what waits and stop."""
        await asyncio.to_thread(self._spans.shutdown)
        await asyncio.to_thread(self._numbers.shutdown)


@contextlib.contextmanager
def _ending(span: api.Span) -> Iterator[None]:
    """Ends a span, with the error that ended its work."""
    try:
        yield
    except BaseException as error:
        span.set_attribute("error.type", getattr(error, "code", type(error).__name__))
        span.set_status(api.StatusCode.ERROR, str(error)[:200])
        raise
    finally:
        span.end()


def _parent(trace: JobTrace, given: str | None) -> api.SpanContext:
    """The span that a task's is a child of: the one that was given, if it is of the same trace, else the run's own."""
    trace_id, span_id = run_ids(trace)
    with contextlib.suppress(ValueError):
        _, of, span, _ = (given or "").split("-")
        if int(of, 16) == trace_id:
            span_id = int(span, 16) or span_id
    return api.SpanContext(trace_id, span_id, is_remote=True, trace_flags=api.TraceFlags(api.TraceFlags.SAMPLED))


def _below(parent: api.SpanContext) -> Context:
    return api.set_span_in_context(api.NonRecordingSpan(parent), Context())
