"""Where telemetry goes, by the setting `HEADRACE_TELEMETRY`; each exporter is imported when it is named."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from opentelemetry.sdk.metrics.export import ConsoleMetricExporter, MetricExporter, PeriodicExportingMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter

from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.errors import BadInput
from shared.settings import Settings

GOOGLE = "https://telemetry.googleapis.com"
SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
WAIT = 1.0
"""Seconds after which spans that have ended are handed over together."""
QUEUE, BATCH = 20_000, 2_048
"""Spans that wait to be sent, at most: more are dropped; and those that are sent at once."""


def make(settings: Settings, *, cold: bool) -> OpenTelemetry:
    """Telemetry as the settings say.

    Raises:
        BadInput: there is no such exporter (`bad_setting`).
    """
    spans, numbers = _exporters(settings)
    return OpenTelemetry(
        BatchSpanProcessor(spans, max_queue_size=QUEUE, max_export_batch_size=BATCH),
        PeriodicExportingMetricReader(numbers, 30_000) if numbers else None,
        service=settings.service or "headrace",
        share=settings.trace_share,
        cold=cold,
        wait=WAIT,
    )


def _exporters(settings: Settings) -> tuple[SpanExporter, MetricExporter | None]:
    match settings.telemetry:
        case "console":
            return ConsoleSpanExporter(out=sys.stderr, formatter=_line), ConsoleMetricExporter(out=sys.stderr)
        case "file":
            return ConsoleSpanExporter(out=_file(settings.data / "traces.jsonl"), formatter=_line), None
        case "otlp":
            return _otlp(settings.otlp_endpoint.rstrip("/"), None)
        case "google":
            return _otlp(GOOGLE, settings.project)
    raise BadInput(
        f"HEADRACE_TELEMETRY={settings.telemetry!r} is no exporter",
        code="bad_setting",
        advice="It is `otlp`, `google`, `console` or `file`; unset, telemetry is off.",
    )


def _otlp(endpoint: str, project: str | None) -> tuple[SpanExporter, MetricExporter]:
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter  # noqa: PLC0415 - cold-start time

    from shared.adapters.opentelemetry.otlp_span_exporter import OtlpSpanExporter  # noqa: PLC0415

    if project is None:
        return OtlpSpanExporter(f"{endpoint}/v1/traces"), OTLPMetricExporter(f"{endpoint}/v1/metrics")
    import google.auth  # noqa: PLC0415
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415

    credentials, _ = google.auth.default(scopes=SCOPES, quota_project_id=project)
    traces, metrics = (AuthorizedSession(credentials) for _ in range(2))  # type: ignore[no-untyped-call]
    return (
        OtlpSpanExporter(f"{endpoint}/v1/traces", session=traces),
        OTLPMetricExporter(f"{endpoint}/v1/metrics", session=metrics),
    )


def _file(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a", buffering=1)


def _line(span: ReadableSpan) -> str:
    return f"{span.to_json(indent=None)}\n"
