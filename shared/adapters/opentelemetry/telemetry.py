"""Spans and numbers through OpenTelemetry. A job's run is one trace, whose ids follow from the run: any process finds its place.

At every task as little as can be is done: what ended and what was measured waits in a list, and is handed to the SDK together, in a
thread. Code that runs now and then, between other work, costs several times of what it costs in a row.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import lru_cache
from typing import Self

from opentelemetry import trace as api
from opentelemetry.metrics import Histogram, Observation
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import Status, StatusCode
from opentelemetry.util.types import AttributeValue

from shared.ports.telemetry import NO_SPAN, Attributes, JobTrace, Kind, Span

SCOPE = InstrumentationScope("headrace")
KINDS = {"internal": api.SpanKind.INTERNAL, "client": api.SpanKind.CLIENT, "consumer": api.SpanKind.CONSUMER}
EVERY = 5.0
"""Seconds after which a function sends what waits before it answers."""
NANO = 1_000_000_000
MOST_VALUES, MOST_SPANS = 10_000, 5_000
"""Measured values, and spans that have ended, which wait at most."""
SAMPLED = api.TraceFlags(api.TraceFlags.SAMPLED)
LOW_BITS = (1 << 64) - 1
"""Of a trace's id: what decides whether it is sampled, as everywhere in OpenTelemetry."""
FINE = Status(StatusCode.UNSET)
NOTHING = contextlib.nullcontext(NO_SPAN)


class _UnderWay:
    """A span, from its `with` to its end, which `ended` is told. Not recorded, it is there for its trace and id alone.

    A class, and no generator: that takes a tenth of the time, twice at every task.
    """

    __slots__ = ("_ended", "_token", "attributes", "began", "context", "end", "ids", "kind", "name", "parent", "status")

    def __init__(
        self, name: str, below: tuple[int, int], kind: Kind, attributes: Attributes, ended: Callable[[_UnderWay], None] | None
    ) -> None:
        self.name, self.kind = name, kind
        trace, self.parent = below
        span = random.getrandbits(64) or 1
        self.context = trace, span
        self.ids: tuple[str, str] | None = (f"{trace:032x}", f"{span:016x}") if ended is not None else None
        self.attributes: dict[str, AttributeValue] = dict(attributes)
        self.status, self.began, self.end, self._ended = FINE, time.time_ns(), 0, ended

    def set(self, attributes: Attributes) -> None:
        """Say more about it."""
        self.attributes.update(attributes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if self._ended is None:
            return
        if error is not None:
            self.attributes["error.type"] = str(getattr(error, "code", type(error).__name__))
            self.status = Status(StatusCode.ERROR, str(error)[:200])
        self._ended(self)


class _Present(_UnderWay):
    """One that is the present span inside of its `with`."""

    __slots__ = ()

    def __enter__(self) -> Self:
        self._token = _present.set(self)
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        _present.reset(self._token)
        super().__exit__(kind, error, traceback)


_present: ContextVar[_UnderWay | None] = ContextVar("present_span", default=None)


@lru_cache(maxsize=1024)
def run_ids(trace: JobTrace) -> tuple[int, int]:
    """The ids of a run's trace and of its own span."""
    digest = hashlib.sha256(f"{trace.job}/{trace.run}".encode()).digest()
    return int.from_bytes(digest[:16]) or 1, int.from_bytes(digest[16:24]) or 1


class OpenTelemetry:
    """`spans` get every span that ends, after `wait` seconds; `numbers` are read by their own clock.

    `share` of all runs is traced, each whole or not at all. `cold`: the process has no processor between requests.
    """

    def __init__(
        self,
        spans: SpanProcessor,
        numbers: MetricReader | None,
        *,
        service: str,
        share: float = 1.0,
        cold: bool = False,
        wait: float = 0.0,
    ) -> None:
        self._resource = Resource.create({"service.name": service})
        self._spans, self._bound = spans, TraceIdRatioBased.get_bound_for_rate(share)
        readers = [numbers] if numbers else []
        self._numbers = MeterProvider(readers, resource=self._resource, exemplar_filter=AlwaysOffExemplarFilter())
        self._meter = self._numbers.get_meter(SCOPE.name)
        self._sums: dict[str, dict[tuple[tuple[str, str | float | bool], ...], float]] = {}
        self._histograms: dict[str, Histogram] = {}
        self._values: list[tuple[str, float, Attributes]] = []
        # The SDK asks its callbacks before it reads its histograms: what was measured since goes there then, at once.
        self._meter.create_observable_gauge("headrace.telemetry.values", [self._put_values])
        self._cold, self._flushed = cold, time.monotonic()
        self._ended: deque[_UnderWay] = deque()
        self._wait, self._called = wait, False

    def task_span(self, name: str, trace: JobTrace, parent: str | None, attributes: Attributes) -> AbstractContextManager[Span]:
        """A task's span, which is the present one inside."""
        trace_id, span_id = run_ids(trace)
        return _Present(name, (trace_id, _parent(trace_id, parent) or span_id), "consumer", attributes, self._taker(trace_id))

    def span(self, name: str, attributes: Attributes, kind: Kind = "client") -> AbstractContextManager[Span]:
        """A span below the present task's. It is not the present one itself: a stream's reader may end it elsewhere."""
        above = _present.get()
        if above is None or above.ids is None:
            return NOTHING
        return _UnderWay(name, above.context, kind, attributes, self._end)

    def run_span(self, name: str, trace: JobTrace, begun: float, ended: float, attributes: Attributes) -> None:
        """The span of a job's run."""
        trace_id, span_id = run_ids(trace)
        if self._taker(trace_id) is None:
            return
        span = _UnderWay(name, (trace_id, 0), "internal", attributes, self._end)
        span.context, span.began = (trace_id, span_id), int(begun * NANO)
        span.end = int(ended * NANO)
        self._end(span)

    def traceparent(self) -> str | None:
        """The present span, as W3C writes it."""
        if (span := _present.get()) is None:
            return None
        trace, own = span.context
        return f"00-{trace:032x}-{own:016x}-{'01' if span.ids else '00'}"

    def count(self, name: str, value: float, attributes: Attributes, unit: str = "1") -> None:
        """Add to a counter."""
        if name not in self._sums:
            self._sums[name] = {}
            self._meter.create_observable_counter(name, [lambda _: self._observed(name)], unit)
        self._note(name, value, attributes)

    def measure(self, name: str, value: float, attributes: Attributes, unit: str = "s") -> None:
        """One more value of a histogram."""
        if name not in self._histograms:
            self._histograms[name] = self._meter.create_histogram(name, unit)
        self._note(name, value, attributes)

    def _note(self, name: str, value: float, attributes: Attributes) -> None:
        self._values.append((name, value, attributes))
        if len(self._values) >= MOST_VALUES:
            self._put_values()

    async def flush(self, *, last: bool = False) -> None:
        """Send what waits."""
        if last or (self._cold and time.monotonic() - self._flushed >= EVERY):
            self._flushed = time.monotonic()
            await asyncio.to_thread(self._send)

    def _taker(self, trace: int) -> Callable[[_UnderWay], None] | None:
        """Who is told of the ends of a trace's spans: nobody, if it is not sampled."""
        return self._end if trace & LOW_BITS < self._bound else None

    def _end(self, span: _UnderWay) -> None:
        span.end = span.end or time.time_ns()
        self._ended.append(span)
        if not self._called or len(self._ended) > MOST_SPANS:
            self._call()

    def _call(self) -> None:
        """Have what has ended handed over: soon and in a thread; or now, where nothing runs later or too much waits."""
        self._called = True
        with contextlib.suppress(RuntimeError):  # there is no loop
            if self._wait and len(self._ended) <= MOST_SPANS:
                loop = asyncio.get_running_loop()
                loop.call_later(self._wait, loop.run_in_executor, None, self._hand_over)
                return
        self._hand_over()

    def _hand_over(self) -> None:
        self._called = False  # first: what ends from now on calls anew
        with contextlib.suppress(IndexError):
            while True:
                self._spans.on_end(self._readable(self._ended.popleft()))

    def _readable(self, span: _UnderWay) -> ReadableSpan:
        trace, own = span.context
        above = api.SpanContext(trace, span.parent, is_remote=True, trace_flags=SAMPLED) if span.parent else None
        return ReadableSpan(
            span.name, api.SpanContext(trace, own, is_remote=False, trace_flags=SAMPLED), above, self._resource, span.attributes,
            kind=KINDS[span.kind], status=span.status, start_time=span.began, end_time=span.end, instrumentation_scope=SCOPE,
        )  # fmt: skip

    def _observed(self, name: str) -> Iterable[Observation]:
        return [Observation(value, dict(key)) for key, value in list(self._sums[name].items())]

    def _put_values(self, _: object = None) -> Iterable[Observation]:
        """Add up what was counted, and put what was measured into the SDK's histograms."""
        values, self._values = self._values, []
        for name, value, attributes in values:
            if (sums := self._sums.get(name)) is not None:
                key = tuple(attributes.items())
                sums[key] = sums.get(key, 0) + value
            else:
                self._histograms[name].record(value, dict(attributes))
        return [Observation(len(values))]

    def _send(self) -> None:
        self._hand_over()
        self._spans.force_flush(2000)
        self._numbers.force_flush(2000)

    async def aclose(self) -> None:
        """Send what waits and stop."""
        self._hand_over()
        await asyncio.to_thread(self._spans.shutdown)
        await asyncio.to_thread(self._numbers.shutdown)


def _parent(trace: int, given: str | None) -> int:
    """The span that a `traceparent` names, if it is of this trace; else 0."""
    if given is None:
        return 0
    with contextlib.suppress(ValueError):
        _, of, span, _ = given.split("-")
        if int(of, 16) == trace:
            return int(span, 16)
    return 0
