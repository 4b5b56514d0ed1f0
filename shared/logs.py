"""Logs: one JSON object per line, as Cloud Logging and Error Reporting read them.

Every line of a task carries job_id, stage, task, attempt. What its stage says is kept with the task, too: see `keep_lines`.
"""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TextIO

from shared.text import log_lines
from shared.text.redaction import HIDDEN, redacted


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
    from structlog.stdlib import get_logger
    from structlog.typing import EventDict, WrappedLogger

LEVELS = {**logging.getLevelNamesMapping(), "EXCEPTION": logging.ERROR}
"""Numbers of levels by structlog's methods, looked up for every line."""
SECRETS = ("authorization", "cookie", "key", "token", "secret", "password", "signature", "credentials")
"""The last words of fields' names that are hidden: `openai_api_key` and `Set-Cookie` are, `tokens` and `token_count` are not."""
OPEN_KEYS = frozenset({"key", "idempotency_key", "cache_key", "page_token"})
"""Fields of these names that hold nothing secret."""
REPORTED = "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent"
LINES, LONGEST_LINE, LONGEST_TRACEBACK = 50, 500, 8000
"""Lines that are kept of one attempt, the latest; characters of a line; and of a traceback, its end."""
PLACE = ("pathname", "lineno", "func_name")
"""Where in the code a line is logged."""
BOUND = frozenset({"job_id", "stage", "task", "attempt", "trace_id", "span_id", *PLACE})
"""Fields that say where a line comes from. Whoever reads a task's lines knows."""


@dataclass
class KeptLines:
    """What one attempt has logged: `{at (POSIX seconds), level, message}` each, and the last exception's traceback."""

    now: Callable[[], float]
    lines: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=LINES))
    count: int = 0
    traceback: str | None = None


_kept: ContextVar[KeptLines | None] = ContextVar("kept_lines", default=None)


bound: ContextVar[Mapping[str, Any]] = ContextVar("bound_fields", default=MappingProxyType({}))
"""Fields of every line that is logged here."""


@contextmanager
def bound_fields(**fields: object) -> Iterator[None]:
    """Lines that are logged inside have these fields, too. One variable for all, where structlog has one each: every delivery binds some."""
    token = bound.set({**bound.get(), **fields})
    try:
        yield
    finally:
        bound.reset(token)


def _with_bound(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**bound.get(), **event}


@contextmanager
def keep_lines(into: KeptLines) -> Iterator[None]:
    """Lines of `info` and above that are logged inside are kept as well, whatever level is printed."""
    token = _kept.set(into)
    try:
        yield
    finally:
        _kept.reset(token)


@dataclass(frozen=True)
class Origin:
    """Where a process logs from: its Google Cloud project, service and revision, as far as there are any."""

    project: str = ""
    service: str = "headrace"
    revision: str = ""


def configure(
    level: str = "info",
    stream: TextIO | None = None,
    origin: Origin | None = None,
    *,
    human: bool = False,
    always: Collection[str] = (),
) -> None:
    """Set logging up once per process; `level` as in `HEADRACE_LOG_LEVEL`. The standard library's loggers are led here.

    `human`: a line as people read it, with file and line of a failure, in place of JSON. `always`: events told at any level.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    last: list[Any] = (
        [log_lines.render] if human else [_CloudFields(origin or Origin()), structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    structlog.configure(
        processors=[
            _Wanted(least, kept_too=True, always=frozenset(always)),
            structlog.contextvars.merge_contextvars,
            _with_bound,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
            structlog.processors.format_exc_info,
            _redact,
            _keep,
            _Wanted(least, always=frozenset(always)),
            _place,
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(min(least, logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _ToStructlog) for handler in root.handlers):
        root.addHandler(_ToStructlog(logging.WARNING))


class _ToStructlog(logging.Handler):
    """Lines of libraries, and of stages that use `logging`, from warnings up."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            place = dict(zip(PLACE, (record.pathname, record.lineno, record.funcName), strict=True))
            get_logger().log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info, **place)
        except Exception:  # noqa: BLE001 - as every handler: logging breaks nobody's work
            self.handleError(record)


def _level(method: str) -> int:
    return LEVELS[method.upper()]


@dataclass(frozen=True)
class _Wanted:
    """Drops what is below the level; `kept_too`: but not what is kept; `always`: nor events of these names."""

    least: int
    kept_too: bool = False
    always: frozenset[str] = frozenset()

    def __call__(self, _: WrappedLogger, method: str, event: EventDict) -> EventDict:
        if (
            _level(method) < self.least
            and event.get("event") not in self.always
            and not (self.kept_too and _kept.get() is not None)
        ):
            raise structlog.DropEvent
        return event


def _redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    for name in event:
        event[name] = HIDDEN if _is_secret(name) else _without_values(event[name])
    return event


def _is_secret(name: str) -> bool:
    name = name.lower().replace("-", "_")
    return name.endswith(SECRETS) and name not in OPEN_KEYS


def _without_values(value: object) -> object:
    """The same without any secret setting's value, however deep; what is no plain value becomes its text as the renderer makes it."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {
            redacted(name): HIDDEN if _is_secret(name) else _without_values(part)
            for name, part in ((str(key), part) for key, part in value.items())
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_values(part) for part in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted(repr(value))


def _keep(_: WrappedLogger, method: str, event: EventDict) -> EventDict:
    if (kept := _kept.get()) is not None and _level(method) >= logging.INFO:
        kept.count += 1
        more = [f"{name}={value}" for name, value in event.items() if name not in {*BOUND, "event", "timestamp", "exception"}]
        message = " ".join([str(event.get("event", "")), *more])[:LONGEST_LINE]
        kept.lines.append({"at": kept.now(), "level": logging.getLevelName(_level(method)).lower(), "message": message})
        if "exception" in event:
            kept.traceback = str(event["exception"])[-LONGEST_TRACEBACK:]
    return event


_CALL_SITE = structlog.processors.CallsiteParameterAdder(
    [structlog.processors.CallsiteParameter(name) for name in PLACE], additional_ignores=[__name__]
)


def _place(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Where a warning or an error is logged: frames are looked at for these alone, which are few."""
    known = _level(method) < logging.WARNING or PLACE[0] in event
    return event if known else _CALL_SITE(logger, method, event)


@dataclass(frozen=True)
class _CloudFields:
    """Cloud Logging's names, and what Error Reporting groups by: https://cloud.google.com/error-reporting/docs/formatting-error-messages."""

    origin: Origin

    def __call__(self, _: WrappedLogger, method: str, event: EventDict) -> EventDict:
        event["severity"] = logging.getLevelName(_level(method))
        event["message"] = event.pop("event", "")
        if (trace := event.pop("trace_id", None)) is not None:
            event["logging.googleapis.com/trace"] = (
                f"projects/{self.origin.project}/traces/{trace}" if self.origin.project else trace
            )
            event["logging.googleapis.com/spanId"] = event.pop("span_id", None)
            event["logging.googleapis.com/trace_sampled"] = True  # one that is not recorded has no id here
        if (file := event.pop("pathname", None)) is not None:
            place = {"file": str(file), "line": str(event.pop("lineno")), "function": str(event.pop("func_name"))}
            event["logging.googleapis.com/sourceLocation"] = place
        if (stack := event.pop("exception", None)) is not None:
            context = {"service": self.origin.service, "version": self.origin.revision}
            event.update({"@type": REPORTED, "stack_trace": stack, "serviceContext": context})
        return event
