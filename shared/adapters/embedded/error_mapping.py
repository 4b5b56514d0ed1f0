"""What an error of SQLite means for us. Its exceptions end here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from shared import error_codes
from shared.errors import HeadraceError, Permanent, Transient

FULL = frozenset({sqlite3.SQLITE_FULL})
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
FORBIDDEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
PASSING = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_ABORT,
    sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOLFS,
})  # fmt: skip
OF_THE_FILE = DAMAGED | FORBIDDEN | PASSING
"""Errors that say nothing about what was asked: whoever asks now meets them too."""

ADVICE = {
    error_codes.STORE_FULL: "Free some disk space, or move the data folder (HEADRACE_DATA).",
    error_codes.STORE_DAMAGED: "Stop Headrace and put a backup of the data folder in its place: docs/data_folder.md says how.",
    error_codes.STORE_FORBIDDEN: "Let this user write to the data folder and every file in it.",
    error_codes.STORE_REFUSED: "This is a fault in Headrace: the request itself is wrong.",
    error_codes.STORE_UNAVAILABLE: "Another program may hold the file, or the disk has a fault: the message says which.",
}


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raise `verdict(error)` for errors of SQLite."""
    try:
        yield
    except sqlite3.Error as error:
        raise verdict(error) from error


def verdict(error: sqlite3.Error) -> HeadraceError:
    """Ours for SQLite's. `Transient`: its outcome may be unknown."""
    code = _code(error)
    reason = f"the database file: {error} ({getattr(error, 'sqlite_errorname', type(error).__name__)})"
    if code in FULL:
        return Transient(reason, code=error_codes.STORE_FULL, advice=ADVICE[error_codes.STORE_FULL])
    if code in PASSING:
        return Transient(reason, code=error_codes.STORE_UNAVAILABLE, advice=ADVICE[error_codes.STORE_UNAVAILABLE])
    name = (
        error_codes.STORE_DAMAGED
        if code in DAMAGED
        else error_codes.STORE_FORBIDDEN
        if code in FORBIDDEN
        else error_codes.STORE_REFUSED
    )
    return Permanent(reason, code=name, advice=ADVICE[name])


def is_of_the_file(error: BaseException) -> bool:
    """Whether it would meet every other request just as well."""
    return isinstance(error, sqlite3.Error) and _code(error) in OF_THE_FILE


def _code(error: sqlite3.Error) -> int:
    """The primary result code; that of a fault in the call when the driver itself raised it."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
