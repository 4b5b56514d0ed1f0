"""What changed in watched collections, kept in the documents' own SQLite file until it was told: Firestore's events, from the start.

SQL triggers write it (`database.SCHEMA`), in the commit's own transaction and whichever process commits. Of what nobody watches
nothing is kept; looking whether it is watched costs a write 1.5 us.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.storable_values import json_value
from shared.errors import Transient
from shared.ports.documents import Data


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change to tell. `at` in microseconds since 1970, no two alike; `attempts` counts earlier tries."""

    number: int
    path: str
    before: Data | None
    after: Data | None
    at: int
    attempts: int


class SqliteChanges:
    """The feed of one file. One process reads it; any may write to the documents."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._deletions = False
        """Whether any were told of since the log was last cut."""

    async def watch(self, collections: Iterable[str]) -> None:
        """Keep changes in these collections from now on, and in no other. Remembered in the file."""
        rows = [(name,) for name in collections]

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM watched")
            connection.executemany("INSERT OR IGNORE INTO watched VALUES (?)", rows)

        await self._database.write(work)

    def due(self, now: float, limit: int, but: Iterable[int] = ()) -> Sequence[StoredChange]:
        """Up to `limit` changes to tell by `now` (POSIX seconds), oldest first, without those under way."""
        skipped = tuple(but)
        marks = ",".join("?" * len(skipped))
        rows = self._database.read(
            "SELECT number, path, before, after, at, attempts FROM changes"  # noqa: S608 - only marks
            f" WHERE due <= ? AND number NOT IN ({marks}) ORDER BY due, number LIMIT ?",
            (now, *skipped, limit),
        )
        return [
            StoredChange(number, path, _data(before), _data(after), at, tries) for number, path, before, after, at, tries in rows
        ]

    async def end(self, number: int) -> None:
        """Told, or given up. With the last of some that told of deletions, what was deleted is erased: they held it, too."""

        def work(connection: sqlite3.Connection) -> tuple[bool, bool]:
            told = connection.execute("DELETE FROM changes WHERE number = ? RETURNING after IS NULL", (number,)).fetchall()
            return any(deletion for (deletion,) in told), connection.execute("SELECT 1 FROM changes LIMIT 1").fetchone() is None

        deletion, was_last = await self._database.write(work)
        self._deletions = self._deletions or deletion
        if self._deletions and was_last:
            self._deletions = False
            with contextlib.suppress(Transient):  # somebody reads all the time: the next deletion comes
                await self._database.cut_log()

    async def put_back(self, number: int, due: float) -> None:
        """Tell it again at `due`."""
        sql = "UPDATE changes SET due = ?, attempts = attempts + 1 WHERE number = ?"
        await self._database.write(lambda db: db.execute(sql, (due, number)))


def _data(text: str | None) -> Any:
    return None if text is None else json_value(text)
