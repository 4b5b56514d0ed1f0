"""The thread that writes: group commit, one turn at a time over all processes, and nothing that anybody asks for ends it.

What fails in a group undoes the group, and each of it is tried by itself: who is at fault fails alone. A fault of the file
(locked, damaged, no right to write) fails them all at once, and the next group begins with a new connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeAlias, TypeVar

from shared import error_codes
from shared.adapters.embedded.error_mapping import is_of_the_file, verdict
from shared.adapters.embedded.group_commit import Commit, apply
from shared.errors import HeadraceError, Transient

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
Item: TypeAlias = "tuple[Work[Any] | Commit, asyncio.Future[Any], bool]"
"""What to do, who waits for it, and whether they wait for the disk."""
Outcome: TypeAlias = "tuple[asyncio.Future[Any], Any, Exception | None]"

GROUP = 256
"""Writes in one transaction, at most."""


class HalfWayError(Exception):
    """A write failed after it had changed something; its cause says why."""


class Writer:
    """Runs from its making to `close()`. `turn` holds everybody else's writes off, in other processes too.

    `sync` has a connection's next transactions wait for the disk, or not.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        turn: Callable[[], AbstractContextManager[None]],
        sync: Callable[[sqlite3.Connection, bool], None],
    ) -> None:
        self._connect, self._turn, self._sync = connect, turn, sync
        self._syncs: bool | None = None
        """Whether transactions of the present connection wait for the disk; None: not known."""
        self._inbox: queue.SimpleQueue[Item | None] = queue.SimpleQueue()
        self._version: int | None = None
        """The newest version, while a transaction uses it."""
        self.full = False
        """Whether something of the last group found no room on the disk."""
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    def put(self, work: Work[T] | Commit, *, lasting: bool = True) -> asyncio.Future[T]:
        """Have it done in the next group's transaction. `work` may run more than once; only its last run counts.

        Not `lasting`: it is answered when it is done, and others' transactions bring it to the disk.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._inbox.put((work, future, lasting))
        return future

    def close(self) -> None:
        """Finish what was put in, and end."""
        self._inbox.put(None)
        self._thread.join()

    def next_version(self, connection: sqlite3.Connection) -> int:
        """A number larger than every one before it. For a `work` alone: the counter is written back once per transaction."""
        if self._version is None:
            (self._version,) = connection.execute("SELECT version FROM counter").fetchone()
        self._version += 1
        return self._version

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        going = True
        while going and (first := self._inbox.get()) is not None:
            group = [first]
            try:
                with self._turn():
                    going = self._join(group)  # now, so that whoever came while we waited for our turn comes along
                    connection = connection or self._connect()
                    outcomes = self._commit(connection, group)
            except BaseException as error:  # noqa: BLE001 - nothing may end this thread: everybody would wait for ever
                outcomes = [(future, None, _told(error)) for _, future, _ in group]
                _drop(connection)
                connection = self._syncs = None
            self.full = any(isinstance(error, Transient) and error.code == error_codes.STORE_FULL for _, _, error in outcomes)
            _tell(outcomes)
        _drop(connection)

    def _join(self, group: list[Item]) -> bool:
        """Add what waits to the group. Answers whether to go on afterwards."""
        while len(group) < GROUP and not self._inbox.empty():
            item = self._inbox.get()
            if item is None:
                return False
            group.append(item)
        return True

    def _commit(self, connection: sqlite3.Connection, group: list[Item]) -> list[Outcome]:
        try:
            return self._together(connection, group)
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if is_of_the_file(error):
                raise
            if len(group) == 1:
                return [(group[0][1], None, _told(error))]
        finally:
            self._version = None
        return [outcome for item in group for outcome in self._commit(connection, [item])]

    def _together(self, connection: sqlite3.Connection, group: list[Item]) -> list[Outcome]:
        """The whole group in one transaction. Who is refused before it has changed anything is told so, and no other."""
        if self._syncs != (syncs := any(lasting for _, _, lasting in group)):
            self._sync(connection, syncs)
            self._syncs = syncs
        connection.execute("BEGIN IMMEDIATE")
        commits = [(work, future) for work, future, _ in group if isinstance(work, Commit)]
        outcomes: list[Outcome] = []
        if commits:
            done = apply(connection, [commit for commit, _ in commits], lambda: self.next_version(connection))
            outcomes += [_outcome(future, of) for (_, future), of in zip(commits, done, strict=True)]
        outcomes += [(future, *_attempt(connection, work)) for work, future, _ in group if not isinstance(work, Commit)]
        if self._version is not None:
            connection.execute("UPDATE counter SET version = ?", (self._version,))
        connection.execute("COMMIT")
        return outcomes


def _attempt(connection: sqlite3.Connection, work: Work[Any]) -> tuple[Any, Exception | None]:
    before = connection.total_changes
    try:
        value = work(connection)
    except sqlite3.Error:
        raise
    except BaseException as error:
        if connection.total_changes != before:
            raise HalfWayError from error
        return None, _told(error)
    # A cursor must not leave this thread: freed elsewhere, it resets a statement that is in use here.
    return (None if isinstance(value, sqlite3.Cursor) else value), None


def _outcome(future: asyncio.Future[Any], outcome: Any) -> Outcome:
    return (future, None, _told(outcome)) if isinstance(outcome, Exception) else (future, outcome, None)


def _told(error: BaseException) -> Exception:
    """What whoever waits is told."""
    match error:
        case HalfWayError():
            return _told(error.__cause__ or error)
        case sqlite3.Error():
            return _caused(verdict(error), error)
        case OSError() | MemoryError():
            return _caused(Transient(f"the database file: {error or type(error).__name__}", code="store_unavailable"), error)
        case HeadraceError() | ValueError() | TypeError() | LookupError() | ArithmeticError() | AttributeError():
            return error
        case _:  # a future takes no StopIteration, and nobody who waits shall end by somebody's SystemExit
            return _caused(RuntimeError(f"a write failed: {type(error).__name__}: {error}"), error)


def _caused(made: Exception, cause: BaseException) -> Exception:
    made.__cause__ = cause
    return made


def _drop(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with contextlib.suppress(sqlite3.Error):
            connection.close()


def _tell(outcomes: list[Outcome]) -> None:
    """Hand each outcome to the loop that waits for it."""
    for loop in {future.get_loop() for future, _, _ in outcomes}:
        mine = [outcome for outcome in outcomes if outcome[0].get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # it is closed: nobody waits there
            loop.call_soon_threadsafe(_resolve, mine)


def _resolve(outcomes: list[Outcome]) -> None:
    for future, value, error in outcomes:
        if future.done():
            continue
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)
