"""Telemetry through OpenTelemetry's SDK: imported only when `HEADRACE_TELEMETRY` names an exporter."""
