"""huey on SQLite: one consumer of threads, a chord for the join.

`submit [normal]` and `worker [normal]`: with the file as durable as Headrace's own (WAL, synchronous NORMAL); without, huey's
default (FULL). Tasks that do nothing run fastest in one thread: each further one waits for the file's lock.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from huey import Huey
from huey.api import chord
from huey.storage import SqliteStorage
from openai import OpenAI

from tests.bench.peers.work import ask, client, now, part, ready, say, work

todo = work()


class Storage(SqliteStorage):
    """huey knows FULL and OFF; this adds what is between them."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        if "normal" in sys.argv:
            connection.execute("PRAGMA synchronous=NORMAL")
        return connection


huey = Huey("bench", storage_class=Storage, filename=str(Path(todo.folder) / "huey.db"), timeout=60)
sdk: Any = client(todo.url, OpenAI) if todo.kind == "calls" else None


@huey.task()
def member(number: int) -> tuple[int, float]:
    return (ask(sdk, number) if sdk is not None else number), now()


@huey.task()
def joined(results: list[tuple[int, float]]) -> tuple[int, float, float]:
    """The chord's callback: runs once, when every member's result is there."""
    return len(results), max(at for _, at in results), now()


@huey.task()
def hello() -> bool:
    return True


def worker() -> None:
    threads = todo.slots if todo.kind == "calls" else 1
    consumer = huey.create_consumer(
        workers=threads, periodic=False, initial_delay=0.01, max_delay=0.05, check_worker_health=False
    )
    ready()
    consumer.run()


def submit() -> None:
    hello()(blocking=True)
    began = now()
    result = huey.enqueue(chord([member.s(number) for number in range(todo.size)], joined.s())).callback
    while (found := result.get()) is None:
        time.sleep(0.01)
    members, last, ended = found
    say(began, last, ended, members, "huey")


if __name__ == "__main__":
    part(submit, worker)
