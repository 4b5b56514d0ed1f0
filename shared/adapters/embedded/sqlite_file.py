"""One SQLite file for documents and queue: WAL, one writer thread per process, group commit.

Writes from every coroutine meet in one transaction. Each checks before it changes anything, so a refused precondition
undoes one write and not its neighbours. A commit is answered only after the transaction is on disk, past the system's own
cache (`synchronous` FULL): a process killed at any instant, or a machine without power, loses nothing that was answered.
Several processes may share the file; they queue for their turn to write at a file lock, which wakes the next at once and is
free when its holder dies. What is found by its key is read at once; a search runs on a thread of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from shared.adapters.embedded.error_mapping import translated_errors
from shared.adapters.embedded.group_commit import Commit
from shared.adapters.embedded.sqlite_tables import make_tables
from shared.adapters.embedded.writer_thread import Work, Writer
from shared.errors import Permanent, Transient
from shared.ports.documents import Committed

T = TypeVar("T")
Rows = list[tuple[Any, ...]]

MODES = ("FULL", "NORMAL", "OFF")
READERS = 2
"""Searches at once: one that takes long holds up no other."""
WAL_BYTES = 16 * 1024 * 1024
"""The write-ahead log is cut to this when it begins anew."""
SPARE_PAGES, PAGES_AT_ONCE, MOST_ROUNDS = 256, 512, 100
"""Free pages that the file keeps for what comes; those given back in one turn to write, and turns at most in one `shrink`."""
LINGERS = 2 * 3600.0
"""Seconds after something was erased in which tasks that held it, too, may still be ending: an attempt lasts an hour."""


class Database:
    """Open on first use; `close()` lets queued writes finish.

    `synchronous`: `FULL`; `NORMAL` may lose the last answered commits when the machine loses power, never when a process ends.
    """

    def __init__(self, file: Path, synchronous: str = "FULL") -> None:
        if synchronous.upper() not in MODES:
            raise Permanent(f"{synchronous!r} is not one of {', '.join(MODES)}", code="bad_setting", advice="Set HEADRACE_SYNC.")
        self.file = file
        self._synchronous = synchronous.upper()
        self._lock = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._writer: Writer | None = None
        self._searching: ThreadPoolExecutor | None = None
        self._searchers = threading.local()
        self._searching_on: list[sqlite3.Connection] = []
        self._at_open: list[Callable[[sqlite3.Connection], None]] = []
        self._erased_at = float("-inf")
        self._gate = -1
        """The file lock's descriptor."""

    def at_open(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do this when the file is opened, in the turn that makes its tables; before anybody reads or writes."""
        self._at_open.append(work)

    def read(self, sql: str, parameters: tuple[Any, ...] = ()) -> Rows:
        """Rows, at once: a read by key takes microseconds, less than handing it to a thread.

        Raises:
            Transient, Permanent: SQLite refused (see `verdicts`).
        """
        with translated_errors():
            if self._reader is None:
                self._open()
            assert self._reader is not None  # noqa: S101 - _open sets it
            return self._reader.execute(sql, parameters).fetchall()

    async def search(self, sql: str, parameters: tuple[Any, ...], read: Callable[[Rows], T]) -> T:
        """What `read` makes of the rows, both in a thread: this event loop goes on meanwhile.

        Raises:
            Transient, Permanent: SQLite refused (see `verdicts`).
        """
        with translated_errors():
            if self._searching is None:
                self._open()
            assert self._searching is not None  # noqa: S101 - _open sets it
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._searching, lambda: read(self._searcher().execute(sql, parameters).fetchall()))

    async def commit(self, commit: Commit) -> Committed:
        """Do a document commit in the next group's transaction.

        Raises:
            Conflict: a precondition does not hold.
            Permanent: a document became too large (`document_too_large`), or the file refuses for good.
            Transient: the disk is full, the file is held by another program, or the like.
            ValueError, TypeError: a value is no JSON.
        """
        return cast("Committed", await self.write(commit))

    async def write(self, work: Work[T] | Commit, *, lasting: bool = True) -> T:
        """Run `work` in the next group's transaction. What it refuses, it refuses before it has changed anything.

        Not `lasting`: it is answered before the disk has it, and may be gone when the machine loses power. What was committed
        before it is not.
        """
        if self._writer is None:
            with translated_errors():
                self._open()
        assert self._writer is not None  # noqa: S101 - _open sets it
        return await self._writer.put(work, lasting=lasting)

    def held_up(self) -> str:
        """Why nothing can be written, in words; empty: the last writes went well, or were refused for what they were."""
        return "the disk is full: free some space, and it goes on" if self._writer is not None and self._writer.full else ""

    def next_version(self, connection: sqlite3.Connection) -> int:
        """A number larger than every one before it. For a `work` alone."""
        assert self._writer is not None  # noqa: S101 - it runs the work
        return self._writer.next_version(connection)

    async def shrink(self) -> None:
        """Give pages that nothing uses back to the disk, a few at a time, so that nobody waits long for a turn to write."""
        for _ in range(MOST_ROUNDS):
            free = self.read("PRAGMA freelist_count")[0][0]
            if free <= SPARE_PAGES:
                return
            await self.write(partial(_give_back, pages=min(PAGES_AT_ONCE, free - SPARE_PAGES)))

    async def cut_log(self) -> None:
        """Write the log into the file and empty it: old pages in it hold what was deleted since.

        Raises:
            Transient: somebody reads all the time (`store_unavailable`).
        """
        self._erased_at = time.monotonic()
        await asyncio.to_thread(self._cut_log)

    async def cut_log_again(self) -> None:
        """The same once more where something was erased lately: what was queued then held it, too, and has ended since.

        Raises:
            Transient: as above.
        """
        if time.monotonic() - self._erased_at < LINGERS:
            await asyncio.to_thread(self._cut_log)

    def _cut_log(self) -> None:
        with translated_errors():
            gate = os.open(self.file.with_suffix(".turn"), os.O_RDWR | os.O_CLOEXEC)  # of our own: locks belong to descriptors
            connection = self._connect()
            try:
                fcntl.flock(gate, fcntl.LOCK_EX)
                if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    raise Transient("the database is being read all the time", code="store_unavailable")
            finally:
                connection.close()
                os.close(gate)

    def close(self) -> None:
        """Finish queued writes and close the file."""
        if self._searching is not None:
            self._searching.shutdown()
            self._searching, self._searchers = None, threading.local()
            while self._searching_on:
                self._searching_on.pop().close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
            os.close(self._gate)
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _open(self) -> None:
        with self._lock:
            if self._writer is not None:
                return
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._gate = os.open(self.file.with_suffix(".turn"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                os.close(os.open(self.file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
                with contextlib.suppress(PermissionError):  # not ours to change
                    self.file.chmod(0o600)  # SQLite gives its log the same
                with self._turn():  # a new file's change to WAL is refused, not waited for, when two come at once
                    reader = self._connect()
                    make_tables(reader)
                    for work in self._at_open:
                        work(reader)
            except BaseException:
                os.close(self._gate)
                raise
            self._reader = reader
            self._searching = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
            self._writer = Writer(self._connect, self._turn, self._sync)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # of a file that is new; others stay as they are
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=ON")  # what is deleted or replaced is overwritten
        connection.execute(f"PRAGMA synchronous={self._synchronous}")
        connection.execute(f"PRAGMA journal_size_limit={WAL_BYTES}")
        connection.execute("PRAGMA cache_size=-4000")  # KiB, per connection: the system's own cache holds the rest for all
        return connection

    def _sync(self, connection: sqlite3.Connection, lasting: bool) -> None:
        level = self._synchronous if lasting or self._synchronous == "OFF" else "NORMAL"
        connection.execute(f"PRAGMA synchronous={level}")

    def _searcher(self) -> sqlite3.Connection:
        """The connection of the thread that asks."""
        connection = getattr(self._searchers, "connection", None)
        if connection is None:
            connection = self._searchers.connection = self._connect()
            self._searching_on.append(connection)
        return cast("sqlite3.Connection", connection)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the turn to write. SQLite itself polls, ever more rarely: of four writers, one waited for a second."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)


def _give_back(connection: sqlite3.Connection, pages: int) -> None:
    for _ in range(pages):  # one each: the driver does no more than a first step of what has no columns
        connection.execute("PRAGMA incremental_vacuum(1)")
