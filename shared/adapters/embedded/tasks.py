"""A durable queue in the documents' own SQLite file, with Cloud Tasks' semantics. The local cloud dispatches from it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shared.adapters.embedded.group_commit import in_sizes
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.storable_values import check_time, storable_text, task_body
from shared.errors import Transient
from shared.ports.tasks import Task

NAMES_KEPT = 3600.0
"""Seconds a name is remembered after its task ended: Cloud Tasks' dedupe window."""
PAGE = 500
READY, LEASED, ENDED = 0, 1, 2
EARLIEST = """
SELECT asked.value, (SELECT at FROM queue WHERE lane = asked.value AND state = ? ORDER BY at LIMIT 1) FROM json_each(?) AS asked"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A task taken from the queue. `attempts` counts earlier answers, `lost` what was never answered; `body` is JSON text."""

    name: str
    lane: str
    function: str
    body: str
    at: float
    attempts: int
    lost: int = 0


class SqliteTasks:
    """The tasks port, and what a dispatcher needs: take, end, put back."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now
        self.arrived = asyncio.Event()
        """Set whenever this process enqueued something: wakes its dispatcher."""
        self._lost: Counter[str] = Counter()

    async def enqueue(self, *tasks: Task) -> None:
        for task in tasks:
            check_time(task.at or 0.0)
        rows = [(storable_text(task.name), task.lane, task.function, task_body(task), task.at or self._now()) for task in tasks]

        def work(connection: sqlite3.Connection) -> None:
            for some in in_sizes(rows):
                marks = ",".join(["(?, ?, ?, ?, ?)"] * len(some))
                sql = f"INSERT OR IGNORE INTO queue (name, lane, function, body, at) VALUES {marks}"  # noqa: S608 - only marks
                connection.execute(sql, [value for row in some for value in row])

        await self._database.write(work)
        self.arrived.set()

    async def take(self, lane: str, limit: int) -> list[Delivery]:
        """Up to `limit` due tasks of a lane, earliest first; they are this dispatcher's until ended or put back."""

        def work(connection: sqlite3.Connection) -> list[Any]:
            return connection.execute(
                "UPDATE queue SET state = ? WHERE rowid IN (SELECT rowid FROM queue WHERE lane = ? AND state = ? AND at <= ?"
                " ORDER BY at LIMIT ?) RETURNING name, lane, function, body, at, attempts",
                (LEASED, lane, READY, self._now(), limit),
            ).fetchall()

        # Who has taken what is not for the disk: without power, all that is taken is due again.
        taken = [Delivery(*row) for row in await self._database.write(work, lasting=False)]
        seen = (replace(one, lost=self._lost[one.name]) if one.name in self._lost else one for one in taken)
        return sorted(seen, key=lambda one: one.at)

    def due(self, lanes: Iterable[str]) -> dict[str, float]:
        """Earliest time a task is due, per lane that has any: one index look-up each, however long the queue."""
        rows = self._database.read(EARLIEST, (READY, json.dumps(list(lanes))))
        return {lane: at for lane, at in rows if at is not None}

    def depth(self) -> dict[str, int]:
        """Tasks waiting or under way, per lane."""
        return dict(self._database.read("SELECT lane, COUNT(*) FROM queue WHERE state != ? GROUP BY lane", (ENDED,)))

    async def end(self, names: Sequence[str]) -> None:
        """Answered 2xx, or attempts spent: gone, its name remembered for the dedupe window.

        Not for the disk: what loses its end with the power is delivered once more, and its outcome is there.
        """
        now = self._now()
        for name in names:
            self._lost.pop(name, None)

        def work(connection: sqlite3.Connection) -> None:
            for some in in_sizes(names):
                marks = ",".join("?" * len(some))
                sql = f"UPDATE queue SET state = ?, ended = ?, body = '' WHERE name IN ({marks})"  # noqa: S608 - only marks
                connection.execute(sql, (ENDED, now, *some))

        await self._database.write(work, lasting=False)

    async def put_back(self, name: str, at: float, *, failed: bool = True) -> None:
        """Deliver again at `at`; one more attempt, unless it has not `failed`: nobody was there to take it.

        Only what is taken goes back: what ended stays ended, whoever else had it.
        """
        sql = "UPDATE queue SET state = ?, at = ?, attempts = attempts + ? WHERE name = ? AND state = ?"
        await self._database.write(lambda db: db.execute(sql, (READY, at, int(failed), name, LEASED)))
        self._lost[name] += not failed
        self.arrived.set()

    async def recover(self) -> None:
        """At start: what a dead dispatcher had taken is due again; names past the window are forgotten."""
        sql = "UPDATE queue SET state = ? WHERE state = ? RETURNING name"
        taken = await self._database.write(lambda db: db.execute(sql, (READY, LEASED)).fetchall())
        self._lost.update(name for (name,) in taken)
        await self.forget()

    async def forget(self) -> None:
        """Drop names whose dedupe window is over, and give the room back; a few at a time, so that nobody waits long to write.

        What was erased lately is erased from tasks that were queued then, as well.
        """
        before = self._now() - NAMES_KEPT
        sql = "DELETE FROM queue WHERE name IN (SELECT name FROM queue WHERE ended < ? LIMIT ?)"
        while await self._database.write(lambda db: db.execute(sql, (before, PAGE)).rowcount) == PAGE:
            pass
        await self._database.shrink()
        with contextlib.suppress(Transient):  # somebody reads all the time: in a minute, then
            await self._database.cut_log_again()
