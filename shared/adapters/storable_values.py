"""What every store takes: text that UTF-8 can hold, and JSON. One place for all adapters, so that all keep the same.

Python's text may hold halves of surrogate pairs, which no UTF-8 has: JSON brings them from strangers, and from models that were cut
off. Halves that meet are joined, one that is alone becomes U+FFFD. NUL stays: every store keeps it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import orjson
from pydantic_core import from_json

from shared.errors import Permanent
from shared.ports.documents import Write
from shared.ports.tasks import Task

DEEPEST = 200
"""Maps and lists in each other. A reader with little stack left could not parse many more."""
MOST_NAME, MOST_PART = 1024, 240
"""Bytes of a blob's name: a bucket's most, and a little less than a folder's."""
MOST_ID = 512
MAX_WRITES = 500
"""Writes in one commit."""
MAX_BODY = 100 * 1024
"""Bytes of a task's body."""
_encoded = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
_PLAIN = orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def storable_text(text: str) -> str:
    """`text` as UTF-8 can hold it; itself when it can."""
    if is_storable(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_storable(text: str) -> bool:
    """Whether UTF-8 can hold it."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(value: Any) -> Any:
    """A JSON value with `storable_text` throughout, names as well; itself when nothing has to change."""
    match value:
        case str():
            return storable_text(value)
        case dict():
            return {storable(name): storable(item) for name, item in value.items()}
        case list() | tuple():
            return [storable(item) for item in value]
        case _:
            return value


def json_text(value: Any) -> str:
    """Compact JSON, storable.

    Raises:
        ValueError: NaN or infinite, in itself, or deeper than `DEEPEST`.
        TypeError: no JSON type.
    """
    if (text := _encoded_fast(value)) is None:
        try:
            text = storable_text(_encoded(value))
        except RecursionError:
            raise ValueError(f"deeper than {DEEPEST} maps and lists") from None
    if text.count("{") + text.count("[") > DEEPEST and _is_too_deep(value):
        raise ValueError(f"deeper than {DEEPEST} maps and lists")
    return text


def _encoded_fast(value: Any) -> str | None:
    """The same ten times as fast; None: it may hold what orjson refuses or takes otherwise, so the slow way decides."""
    try:
        raw = orjson.dumps(value, option=_PLAIN)
    except TypeError:  # halves of characters, whole numbers over 64 bits, names that are no text, what is no JSON
        return None
    nulls = raw.count(b"null")  # NaN would be one of them
    if nulls and not (type(value) is dict and list(value.values()).count(None) == nulls):
        return None
    return raw.decode()


def json_value(text: str) -> Any:
    """What `json_text` made a text of: three times as fast as the standard library."""
    try:
        return from_json(text)
    except ValueError:  # deeper than it goes, or written by something else
        return json.loads(text)


def check_commit(writes: Sequence[Write]) -> None:
    """Whether so many writes may be one commit.

    Raises:
        ValueError: there are none.
        Permanent: there are too many (`commit_too_large`).
    """
    if not writes:
        raise ValueError("a commit without writes")
    if len(writes) > MAX_WRITES:
        raise Permanent(f"{len(writes)} writes in one commit; at most {MAX_WRITES}", code="commit_too_large")


def task_body(task: Task) -> str:
    """A task's body as JSON.

    Raises:
        ValueError, TypeError: as `json_text`.
        Permanent: no queue takes one so large (`task_too_large`).
    """
    text = json_text(task.body)
    if len(text.encode()) > MAX_BODY:
        raise Permanent(f"the body of task {task.name} is over {MAX_BODY} bytes", code="task_too_large")
    return text


def check_time(at: float) -> None:
    """Whether it is a time that a queue can wait for.

    Raises:
        ValueError: not a number, or infinite.
    """
    if not math.isfinite(at):
        raise ValueError(f"{at} is no time")


def check_path(path: str) -> None:
    """Whether a document may be kept there.

    Raises:
        Permanent: no UTF-8 holds its path (`bad_path`). To replace a part would make two documents one.
    """
    if not is_storable(path):
        raise Permanent(f"{path!r} cannot be a document's path", code="bad_path", advice="Use whole Unicode characters in ids.")


def check_blob_name(name: str) -> None:
    """Whether every store would take a blob of that name: a folder of files, and a bucket.

    Raises:
        Permanent: it would not (`bad_blob_name`).
    """
    parts = name.split("/")
    whole = is_storable(name) and name.isprintable() and len(name.encode()) <= MOST_NAME
    if not whole or any(part in ("", ".", "..") or len(part.encode()) > MOST_PART for part in parts) or parts[-1].startswith("."):
        raise Permanent(f"{name!r} is no blob name", code="bad_blob_name")


def check_vector_id(name: str) -> None:
    """Whether Pinecone would take it: ASCII, up to `MOST_ID` characters.

    Raises:
        Permanent: it would not (`vectors_refused`).
    """
    if not name.isascii() or not 0 < len(name) <= MOST_ID:
        raise Permanent(f"{name!r} is no id of a vector: 1 to {MOST_ID} ASCII characters", code="vectors_refused")


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [item for holder in level for item in (holder.values() if isinstance(holder, dict) else holder)
                 if isinstance(item, dict | list | tuple)]  # fmt: skip
        if not level:
            return False
    return True
