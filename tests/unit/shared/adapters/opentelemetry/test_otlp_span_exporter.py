"""What is sent is what the library would have sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as some
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.adapters.opentelemetry.otlp_span_exporter import OtlpSpanExporter, encoded
from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.errors import Permanent
from shared.ports.telemetry import Attributes, JobTrace

TRACE = JobTrace("a" * 20, 1)
TEXTS = some.text(some.characters(codec="utf-8"), max_size=300)
VALUES = TEXTS | some.integers(-(2**63), 2**63 - 1) | some.floats(allow_nan=False) | some.booleans()
ATTRIBUTES = some.dictionaries(some.text("abc._é", min_size=1, max_size=150), VALUES, max_size=9)


def recorded(attributes: Attributes, more: Attributes, said: str = "") -> tuple[ReadableSpan, ...]:
    """A run's span, a task's, and one below that; the last fails, if something is `said`."""
    kept = InMemorySpanExporter()
    telemetry = OpenTelemetry(SimpleSpanProcessor(kept), None, service="test")
    telemetry.run_span("job toy", TRACE, 1.5, 2.5, attributes)
    with telemetry.task_span("toy square", TRACE, None, attributes) as task:
        task.set(more)
        try:
            with telemetry.span("chat good", more):
                if said:
                    raise Permanent(said, code="refused")
        except Permanent:
            pass
    return kept.get_finished_spans()


@given(ATTRIBUTES, ATTRIBUTES, TEXTS)
def test_it_reads_as_what_the_library_writes(attributes: Attributes, more: Attributes, said: str) -> None:
    spans = recorded(attributes, more, said)
    assert len(spans) == 3
    assert ExportTraceServiceRequest.FromString(encoded(spans)) == encode_spans(spans)


def test_text_that_is_no_unicode_does_not_stop_the_others() -> None:
    spans = recorded({"a": "\ud800", "b\udfff": 1}, {})
    (found,) = ExportTraceServiceRequest.FromString(encoded(spans)).resource_spans
    assert len(found.scope_spans[0].spans) == len(spans)


def test_equal_values_of_other_types_stay_apart() -> None:
    for value in (True, 1, 1.0):
        spans = recorded({"n": value}, {})
        assert ExportTraceServiceRequest.FromString(encoded(spans)) == encode_spans(spans)


def test_of_nothing_nothing_is_written() -> None:
    assert encoded(()) == b""


class _Collector(BaseHTTPRequestHandler):
    bodies: list[bytes]
    status = 200

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=[200, 400])
def collector(request: pytest.FixtureRequest) -> Iterator[tuple[str, type[_Collector]]]:
    kind = type("Collector", (_Collector,), {"bodies": [], "status": request.param})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/traces", kind
    server.shutdown()
    server.server_close()


def test_a_batch_is_sent_and_what_is_refused_is_lost(collector: tuple[str, type[_Collector]]) -> None:
    url, kind = collector
    spans = recorded({"job": "a"}, {"calls": 3})
    exporter = OtlpSpanExporter(url)
    told = exporter.export(spans)
    exporter.shutdown()  # type: ignore[no-untyped-call]
    assert told is (SpanExportResult.SUCCESS if kind.status == 200 else SpanExportResult.FAILURE)
    assert [ExportTraceServiceRequest.FromString(body) for body in kind.bodies] == [encode_spans(spans)]
