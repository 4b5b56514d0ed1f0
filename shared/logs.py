"""Logs: one JSON object per line, as Cloud Logging reads them. Every line of a task carries job_id, stage, task, attempt."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from shared.redaction import HIDDEN, redacted


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Imports of `package` fail inside, as if it were not installed; one that is loaded already stays as it is."""
    absent = package not in sys.modules
    if absent:
        sys.modules[package] = None  # type: ignore[assignment] # how Python marks what cannot be imported
    try:
        yield
    finally:
        if absent:
            del sys.modules[package]


# With rich, structlog paints tracebacks, which a function never prints: 0.04 s of each cold start.
with _without("rich"):
    import structlog
    from structlog.typing import EventDict, WrappedLogger

SECRETS = frozenset(
    ("authorization", "cookie", "api_key", "token", "access_token", "secret", "client_secret", "password", "signature")
)
"""Fields by their exact names: counts of tokens are none of them."""


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Set logging up once per process; `level` as in `HEADRACE_LOG_LEVEL`."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
            structlog.processors.format_exc_info,
            _severity,
            _redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


def _severity(_: WrappedLogger, method: str, event: EventDict) -> EventDict:
    event["severity"] = {"warn": "WARNING", "exception": "ERROR"}.get(method, method.upper())
    event["message"] = event.pop("event", "")
    return event


def _redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    for name in event:
        event[name] = HIDDEN if name.lower() in SECRETS else _without_values(event[name])
    return event


def _without_values(value: object) -> object:
    """The same without any secret setting's value, however deep; what is no plain value becomes its text as the renderer makes it."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {redacted(str(key)): _without_values(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_values(part) for part in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted(repr(value))
