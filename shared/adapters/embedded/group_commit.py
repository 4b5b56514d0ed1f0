"""Document commits of one transaction: checked one after the other in memory, with one statement that reads and one that writes.

A statement more is more time in the turn to write that everybody waits for, and each lets the interpreter's lock go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, TypeAlias, TypeVar

from shared.adapters.storable_values import check_path, json_text, json_value
from shared.errors import Conflict, Permanent
from shared.ports.documents import Committed, Create, Data, Delete, Merge, Update, Write

MAX_BYTES = 1024 * 1024
AT_ONCE = (256, 64, 16, 4, 1)
"""Rows in a statement. A few numbers of them, so that statements are found prepared: one that writes documents, with all their
indexes, takes longer to prepare than forty rows to write."""

CHANGED = "ON CONFLICT (path) DO UPDATE SET data = excluded.data, version = excluded.version"
"""A row that is there stays where it is, and so do its entries in indexes whose columns are the same."""

T = TypeVar("T")
Row: TypeAlias = tuple[str, int]
"""A document's JSON and its version."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Writes to be done together. `texts` are those of its creations, made beforehand."""

    writes: Sequence[Write]
    texts: Mapping[int, str]


def commit_of(writes: Sequence[Write]) -> Commit:
    """What can be made ready before the turn to write comes.

    Raises:
        Permanent: a document is too large (`document_too_large`), or its path no text (`bad_path`).
        ValueError, TypeError: a value is no JSON.
    """
    for write in writes:
        check_path(write.path)
    return Commit(writes, {at: _text(write, {}) for at, write in enumerate(writes) if isinstance(write, Create)})


def apply(
    connection: sqlite3.Connection, commits: Sequence[Commit], next_version: Callable[[], int]
) -> list[Committed | Exception]:
    """Do what each commit says, or nothing of it. Answers, per commit, what it came to or why it was refused."""
    wanted = {write.path for commit in commits for write in commit.writes}
    rows = dict(_read(connection, sorted(wanted)))
    changes: list[tuple[str, Row | None]] = []
    outcomes: list[Committed | Exception] = []
    for commit in commits:
        try:
            version = next_version()
            done, values = _checked(commit, rows, version)
        except Exception as error:  # noqa: BLE001 - whatever it holds is its own fault, and no other's
            outcomes.append(error)
            continue
        changes += done.items()
        rows |= done
        outcomes.append(Committed(version, values))
    _write(connection, changes)
    return outcomes


def _read(connection: sqlite3.Connection, wanted: Sequence[str]) -> Iterator[tuple[str, Row | None]]:
    for some in in_sizes(wanted):
        marks = ",".join("?" * len(some))
        sql = f"SELECT path, data, version FROM documents WHERE path IN ({marks})"  # noqa: S608 - only marks
        for path, data, version in connection.execute(sql, some).fetchall():
            yield path, (data, version)


def _checked(
    commit: Commit, rows: Mapping[str, Row | None], version: int
) -> tuple[dict[str, Row | None], tuple[Mapping[str, float], ...]]:
    """The rows after a commit, and what its increments came to. Each write sees those before it."""
    done: dict[str, Row | None] = {}
    values: list[Mapping[str, float]] = []
    for at, write in enumerate(commit.writes):
        row = done[write.path] if write.path in done else rows.get(write.path)
        numbers: dict[str, float] = {}
        if isinstance(write, Delete):
            done[write.path] = None
        else:
            _check(write, row)
            before: Data = json_value(row[0]) if row and at not in commit.texts else {}
            if isinstance(write, Merge):
                before |= {field: _raised(before.get(field), least) for field, least in write.at_least.items()}
                numbers = {field: _added(before.get(field), amount) for field, amount in write.increments.items()}
            done[write.path] = (commit.texts.get(at) or _text(write, before, numbers), version)
        values.append(numbers)
    return done, tuple(values)


def _check(write: Create | Update | Merge, row: Row | None) -> None:
    if isinstance(write, Create) and row is not None:
        raise Conflict(f"{write.path} exists")
    if isinstance(write, Update):
        if row is None:
            raise Conflict(f"{write.path} is missing")
        if write.version is not None and row[1] != write.version:
            raise Conflict(f"{write.path} changed")


def _added(before: Any, amount: float) -> float:
    """As Firestore: what is no number is replaced."""
    is_number = isinstance(before, int | float) and not isinstance(before, bool)
    try:
        return before + amount if is_number else amount
    except OverflowError as error:
        raise ValueError(f"{amount} cannot be added to a number this large") from error


def _raised(before: Any, least: float) -> float:
    """As Firestore: what is no number is replaced."""
    return max(before, least) if isinstance(before, int | float) and not isinstance(before, bool) else least


def _text(write: Create | Update | Merge, before: Data, numbers: Mapping[str, float] | None = None) -> str:
    text = json_text({**before, **write.data, **(numbers or {})})
    if len(text) > MAX_BYTES // 4 and len(text.encode()) > MAX_BYTES:
        raise Permanent(f"{write.path} is over 1 MiB", code="document_too_large")
    return text


def _write(connection: sqlite3.Connection, changes: Sequence[tuple[str, Row | None]]) -> None:
    """In order, and a document as often as it was changed: whoever watches it hears of each time."""
    for is_kept, some in groupby(changes, lambda change: change[1] is not None):
        if is_kept:
            _keep(connection, [(path, path.rsplit("/", 1)[0], *row) for path, row in some if row is not None])
        else:
            connection.executemany("DELETE FROM documents WHERE path = ?", [(path,) for path, _ in some])


def _keep(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, str, int]]) -> None:
    for some in in_sizes(rows):
        marks = ",".join(["(?, ?, ?, ?)"] * len(some))
        sql = f"INSERT INTO documents (path, collection, data, version) VALUES {marks} {CHANGED}"  # noqa: S608 - only marks
        connection.execute(sql, [value for row in some for value in row])


def in_sizes(items: Sequence[T]) -> Iterator[list[T]]:
    """Items in parts of `AT_ONCE`, each the largest that fits."""
    waiting, left = iter(items), len(items)
    while left:
        size = next(size for size in AT_ONCE if size <= left)
        left -= size
        yield list(islice(waiting, size))
