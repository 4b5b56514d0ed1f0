"""One SQLite file for documents and queue: WAL, one writer thread per process, group commit.

Writes from every coroutine meet in one transaction. Each checks before it changes anything, so a refused precondition
undoes one write and not its neighbours. A commit is answered only after the transaction is on disk:
a process killed at any instant loses nothing that was answered. Several processes may share the file; they queue for their turn
to write at a file lock, which wakes the next at once and is free when its holder dies.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

from shared.adapters.embedded.commits import Commit, apply
from shared.errors import HeadraceError
from shared.ports.documents import Committed

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Item: TypeAlias = "tuple[Work[Any] | Commit, asyncio.Future[Any]]"

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    path TEXT PRIMARY KEY, collection TEXT NOT NULL, data TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_collection ON documents (collection, path);
CREATE TABLE IF NOT EXISTS queue (
    name TEXT PRIMARY KEY, lane TEXT NOT NULL, function TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, ended REAL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS queue_due ON queue (lane, state, at);
CREATE INDEX IF NOT EXISTS queue_ended ON queue (ended) WHERE ended IS NOT NULL;
CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
INSERT OR IGNORE INTO counter VALUES (1, 0);
CREATE TABLE IF NOT EXISTS watched (collection TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, before TEXT, after TEXT, at INTEGER NOT NULL,
    due REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS changes_due ON changes (due, number);
CREATE TABLE IF NOT EXISTS last_change (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
INSERT OR IGNORE INTO last_change VALUES (1, 0);
CREATE TRIGGER IF NOT EXISTS document_written BEFORE INSERT ON documents
WHEN NEW.collection IN (SELECT collection FROM watched) BEGIN
    UPDATE last_change SET at = max(at + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER));
    INSERT INTO changes (path, before, after, at)
        SELECT NEW.path, (SELECT data FROM documents WHERE path = NEW.path), NEW.data, at FROM last_change;
END;
CREATE TRIGGER IF NOT EXISTS document_deleted AFTER DELETE ON documents
WHEN OLD.collection IN (SELECT collection FROM watched) BEGIN
    UPDATE last_change SET at = max(at + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER));
    INSERT INTO changes (path, before, after, at) SELECT OLD.path, OLD.data, NULL, at FROM last_change;
END;
"""
GROUP = 256


class Database:
    """Open on first use; `close()` lets queued writes finish."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._inbox: queue.SimpleQueue[Item | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._gate = -1
        """The file lock's descriptor."""
        self._version: int | None = None
        """The newest version, while a transaction uses it."""

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-4000")  # KiB, per connection: the system's own cache holds the rest for all
        return connection

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows, at once: an indexed read takes microseconds, less than handing it to a thread."""
        if self._reader is None:
            self._open()
        assert self._reader is not None  # noqa: S101 - _open sets it
        return self._reader.execute(sql, parameters).fetchall()

    async def commit(self, commit: Commit) -> Committed:
        """Do a document commit in the next group's transaction.

        Raises:
            Conflict: a precondition does not hold.
            Permanent: a document became too large (`document_too_large`).
        """
        return cast("Committed", await self.write(commit))

    async def write(self, work: Work[T] | Commit) -> T:
        """Run `work` in the next group's transaction. What it refuses, it refuses before it has changed anything."""
        if self._writer is None:
            self._open()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._inbox.put((work, future))
        return await future

    def _open(self) -> None:
        with self._lock:
            if self._writer is not None:
                return
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._gate = os.open(self.file.with_suffix(".turn"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with self._turn():  # a new file's change to WAL is refused, not waited for, when two come at once
                self._reader = self._connect()
                self._reader.executescript(SCHEMA)
            self._writer = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
            self._writer.start()

    def close(self) -> None:
        """Finish queued writes and close the file."""
        if self._writer is not None:
            self._inbox.put(None)
            self._writer.join()
            self._writer = None
            os.close(self._gate)
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _run(self) -> None:
        connection = self._connect()
        going = True
        while going and (first := self._inbox.get()) is not None:
            with self._turn():
                group, going = self._group(first)  # now, so that whoever came while we waited for our turn comes along
                outcomes = self._commit(connection, group)
            _tell(outcomes)
        connection.close()

    def _group(self, first: Item) -> tuple[list[Item], bool]:
        """What is committed together, and whether to go on afterwards."""
        group = [first]
        while len(group) < GROUP and not self._inbox.empty():
            item = self._inbox.get()
            if item is None:
                return group, False
            group.append(item)
        return group, True

    def _commit(
        self, connection: sqlite3.Connection, group: list[Item]
    ) -> list[tuple[asyncio.Future[Any], Any, BaseException | None]]:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            commits = [(work, future) for work, future in group if isinstance(work, Commit)]
            if commits:
                done = apply(connection, [commit for commit, _ in commits], lambda: self.next_version(connection))
                outcomes += [_told(future, of) for (_, future), of in zip(commits, done, strict=True)]
            outcomes += [(future, *self._attempt(connection, work)) for work, future in group if not isinstance(work, Commit)]
            if self._version is not None:
                connection.execute("UPDATE counter SET version = ?", (self._version,))
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            outcomes = [(future, None, error) for _, future in group]
        self._version = None
        return outcomes

    def next_version(self, connection: sqlite3.Connection) -> int:
        """A number larger than every one before it. For a `work` alone: the counter is written back once per transaction."""
        if self._version is None:
            (self._version,) = connection.execute("SELECT version FROM counter").fetchone()
        self._version += 1
        return self._version

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the turn to write. SQLite itself polls, ever more rarely: of four writers, one waited for a second."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    @staticmethod
    def _attempt(connection: sqlite3.Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
        before = connection.total_changes
        try:
            value = work(connection)
        except (HeadraceError, ValueError, TypeError) as error:
            if connection.total_changes != before:
                raise sqlite3.ProgrammingError("a write failed half-way") from error
            return None, error
        # A cursor must not leave this thread: freed elsewhere, it resets a statement that is in use here.
        return (None if isinstance(value, sqlite3.Cursor) else value), None


def _told(future: asyncio.Future[Any], outcome: Committed | Exception) -> tuple[asyncio.Future[Any], Any, BaseException | None]:
    return (future, None, outcome) if isinstance(outcome, Exception) else (future, outcome, None)


def _tell(outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]]) -> None:
    """Hand each outcome to the loop that waits for it."""
    for loop in {future.get_loop() for future, _, _ in outcomes}:
        mine = [outcome for outcome in outcomes if outcome[0].get_loop() is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_resolve, mine)


def _resolve(outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]]) -> None:
    for future, value, error in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
