"""Sends our spans by OTLP, encoded here: the library's way over a message object for each value takes eight times as long.

The bytes are protobuf's (https://protobuf.dev/programming-guides/encoding), the fields those of opentelemetry/proto/trace/v1/trace.proto;
a test reads them with the library. Addresses, headers, compression and tries are the library's.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache

from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.trace import SpanKind
from opentelemetry.util.types import AttributeValue

KINDS = {SpanKind.INTERNAL: 1, SpanKind.CLIENT: 3, SpanKind.CONSUMER: 5}
REMOTE_KNOWN, REMOTE = 0x100, 0x200
"""Flags of a span: whether its parent is remote is known, and it is."""
TIMES = struct.Struct("<BQBQ")
FLAGS = struct.Struct("<BBI")
DOUBLE = struct.Struct("<Bd")


class OtlpSpanExporter(OTLPSpanExporter):
    """The library's, but for the encoding."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send a batch; what cannot be sent is lost, and said so in the log."""
        sent = self._client.export(encoded(spans)).success
        return SpanExportResult.SUCCESS if sent else SpanExportResult.FAILURE


def encoded(spans: Sequence[ReadableSpan]) -> bytes:
    """An `ExportTraceServiceRequest` of spans of one resource and one scope, without events, links and trace state: all of ours."""
    if not spans:
        return b""
    (of_resource,) = encode_spans(spans[:1]).resource_spans
    scope = of_resource.scope_spans[0].scope.SerializeToString()
    of_scope = _part(1, scope) + b"".join(_part(2, _span(span)) for span in spans)
    return _part(1, _part(1, of_resource.resource.SerializeToString()) + _part(2, of_scope))


def _span(span: ReadableSpan) -> bytes:
    context, parent = span.get_span_context(), span.parent
    if context is None:  # by its type it might be; ours have one
        return b""
    parts = [
        b"\x0a\x10", context.trace_id.to_bytes(16, "big"), b"\x12\x08", context.span_id.to_bytes(8, "big"),
        b"\x22\x08" + parent.span_id.to_bytes(8, "big") if parent else b"",
        _named(span.name, KINDS[span.kind]),
        TIMES.pack(0x39, span.start_time or 0, 0x41, span.end_time or 0),
        *[_attribute(name, value) for name, value in (span.attributes or {}).items()],
        _status(span.status.status_code.value, span.status.description or ""),
        FLAGS.pack(0x85, 0x01, REMOTE_KNOWN | (REMOTE if parent and parent.is_remote else 0)),
    ]  # fmt: skip
    return b"".join(parts)


@lru_cache(maxsize=1024)
def _named(name: str, kind: int) -> bytes:
    return _part(5, _text(name)) + b"\x30" + _varint(kind)


@lru_cache(maxsize=8192, typed=True)
def _attribute(name: str, value: AttributeValue) -> bytes:
    """Most are the same for a whole job."""
    return _part(9, _part(1, _text(name)) + _part(2, _value(value)))


def _value(value: AttributeValue) -> bytes:
    if isinstance(value, bool):
        return b"\x10" + _varint(value)
    if isinstance(value, int):
        return b"\x18" + _varint(value & 0xFFFFFFFFFFFFFFFF)
    if isinstance(value, float):
        return DOUBLE.pack(0x21, value)
    return _part(1, _text(str(value)))


@lru_cache(maxsize=256)
def _status(code: int, description: str) -> bytes:
    said = _part(2, _text(description)) if description else b""
    return _part(15, said + (b"\x18" + _varint(code) if code else b""))


def _text(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _part(field: int, content: bytes) -> bytes:
    """A field that has a length: text, bytes, or a message."""
    return bytes((field << 3 | 2,)) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    if number < 0x80:  # noqa: PLR2004 - seven bits
        return bytes((number,))
    found = bytearray()
    while number >= 0x80:  # noqa: PLR2004
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*found, number))
