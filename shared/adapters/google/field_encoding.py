"""Documents' fields in Firestore's forms and back: JSON in, JSON out."""

from __future__ import annotations

import calendar
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from google.api_core.datetime_helpers import DatetimeWithNanoseconds
from google.protobuf.timestamp_pb2 import Timestamp

from shared.adapters.storable_values import json_text, storable, storable_text
from shared.ports.documents import Data

TTL_FIELD = "expires_at"
"""Firestore's time-to-live policies want a timestamp; for us it is POSIX seconds, like every time."""
COMMIT_FIELD = "_commit"
"""A fresh value per commit: Firestore leaves a document's update time as it was when a write changes nothing."""
JSON_FIELD = "$json"
DEEPEST = 18
"""Maps and lists in each other; Firestore takes 20, and queries count the document itself."""


def encoded(data: Mapping[str, Any]) -> Data:
    """The fields as Firestore takes them.

    A value that Firestore has no form for (a list in a list, a name that is empty or `__reserved__`, deeper than
    `DEEPEST`, a whole number over 64 bits) is kept as JSON text in `{"$json": …}`.

    Raises:
        ValueError, TypeError: not JSON (NaN, a set, an object).
    """
    return {storable_text(name): encoded_value(name, value) for name, value in data.items()}


def encoded_value(name: str, value: Any) -> Any:
    """One top-level field's value."""
    if name == TTL_FIELD and isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if _native(value, DEEPEST):
        return storable(value)
    return {JSON_FIELD: json_text(value)}


def decoded(fields: Mapping[str, Any]) -> Data:
    """Firestore's fields as JSON, by name: its maps keep no order. Our own marks are left out."""
    return {name: _decoded(fields[name]) for name in sorted(fields) if name != COMMIT_FIELD}


def nanoseconds(time: DatetimeWithNanoseconds) -> int:
    """A commit's time as a version: whole nanoseconds since 1970."""
    whole = calendar.timegm(time.utctimetuple())
    return whole * 10**9 + int(time.nanosecond)


def commit_time(version: int) -> Timestamp:
    """The time that `nanoseconds` made a version of."""
    seconds, nanos = divmod(version, 10**9)
    return Timestamp(seconds=seconds, nanos=nanos)


def _native(value: Any, depth: int) -> bool:
    match value:
        case None | bool() | str():
            return True
        case int():
            return -(2**63) <= value < 2**63
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} is not JSON")
            return True
        case list() | tuple():
            return depth > 0 and all(not isinstance(item, list | tuple) and _native(item, depth - 1) for item in value)
        case dict():
            names = depth > 0 and JSON_FIELD not in value and all(_is_name(name) for name in value)
            return names and all(_native(item, depth - 1) for item in value.values())
        case _:
            raise TypeError(f"{type(value).__name__} is not JSON")


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and name != "" and not (name.startswith("__") and name.endswith("__"))


def _decoded(value: Any) -> Any:
    match value:
        case datetime():  # also written by others: the console, a user's own code
            return value.timestamp()
        case dict():
            if value.keys() == {JSON_FIELD}:
                return json.loads(value[JSON_FIELD])
            return {name: _decoded(value[name]) for name in sorted(value)}
        case list():
            return [_decoded(item) for item in value]
        case _:
            return value
