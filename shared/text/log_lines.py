"""A log event as one line for people: when, what, where in the code, of which job. For a terminal; functions log JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from pathlib import Path
from typing import Any

JOB_ENDED = "job_ended"
"""The event that a job's end is told by."""
FRAME = re.compile(r'^  File "([^"\n]{1,500})", line (\d{1,7}),', re.MULTILINE)
THEIRS = ("site-packages", "/lib/python3", "shared/engine/", "shared/adapters/", "<frozen", "functions/entry.py")
"""Parts of paths that nobody looks at first: libraries, and what calls a stage."""
HEARD = frozenset({"event", "timestamp", "exception", "pathname", "lineno", "func_name", "job_id", "stage", "task", "attempt"})
LONGEST = 300


def render(_: Any, method: str, event: MutableMapping[str, Any]) -> str:
    """The line: a job's end by itself, anything else with its level, its fields and its place."""
    at = _time(str(event.get("timestamp", "")))
    if event.get("event") == JOB_ENDED:
        return f"{at} {_ended(event)}"
    level = {"exception": "error", "warning": "warning"}.get(method, method)
    what = str(event.get("event", "")).replace("_", " ")
    fields = [f"{name}={str(value)[:LONGEST]}" for name, value in event.items() if name not in HEARD and value not in (None, "")]
    return f"{at} {level}: {what}{_failure(event)}{_of(event)}" + (f" [{', '.join(fields)}]" if fields else "")


def _ended(event: Mapping[str, Any]) -> str:
    """`some-work 3f0c… succeeded in 2.9 s, $0.0031`; of one that failed, why."""
    why = f": {event['error']}" if event.get("error") else ""
    stage = f" (in {event['stage']})" if event.get("stage") and why else ""
    return f"{event.get('pipeline')} {event.get('job_id')} {event.get('status')} in {event.get('seconds', 0):.1f} s, ${event.get('usd', 0):.4f}{why}{stage}"


def _failure(event: Mapping[str, Any]) -> str:
    """What was raised, and the line that a developer would open; else where it was logged."""
    trace = str(event.get("exception") or "")
    if not trace:
        return f" at {_short(str(event['pathname']))}:{event.get('lineno')}" if event.get("pathname") else ""
    frames = FRAME.findall(trace)
    own = [frame for frame in frames if not any(part in frame[0] for part in THEIRS)] or frames
    raised = trace.strip().rsplit("\n", 1)[-1][:LONGEST]
    return f": {raised}" + (f" at {_short(own[-1][0])}:{own[-1][1]}" if own else "")


def _of(event: Mapping[str, Any]) -> str:
    parts = [str(event[name]) for name in ("job_id", "stage", "task") if event.get(name) not in (None, "")]
    attempt = [f"attempt {event['attempt']}"] if event.get("attempt") else []
    return f" ({', '.join([*parts, *attempt])})" if parts or attempt else ""


def _time(stamp: str) -> str:
    try:
        return f"{datetime.fromisoformat(stamp).astimezone():%H:%M:%S}"
    except ValueError:
        return stamp


def _short(path: str) -> str:
    """A path from where one stands, if it is below."""
    found, here = Path(path), Path.cwd()
    return str(found.relative_to(here)) if found.is_relative_to(here) else path
