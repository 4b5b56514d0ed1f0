"""Celery on Redis: for calls one worker of threads, whose SDK asks again what was refused; for no-ops prefork. A chord joins.

A dead worker's tasks come back: acknowledged late, and after the shortest time that no call exceeds.
"""

from __future__ import annotations

from typing import Any

from celery import Celery, chord
from celery.signals import worker_ready
from openai import OpenAI

from tests.bench.peers.work import ask, client, now, part, ready, say, work

todo = work()
VISIBLE_AGAIN = 20
"""Seconds after which an unacknowledged task is given to another worker."""
app = Celery("bench", broker=f"redis+socket://{todo.redis}", backend=f"redis+socket://{todo.redis}")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1 if todo.kind == "calls" else 50,
    broker_transport_options={"visibility_timeout": VISIBLE_AGAIN, "polling_interval": 0.02},
    result_chord_join_timeout=300,
    worker_send_task_events=False,
    worker_redirect_stdouts=False,
)
sdk: Any = client(todo.url, OpenAI) if todo.kind == "calls" else None


@app.task(name="member")
def member(number: int) -> tuple[int, float]:
    return (ask(sdk, number) if sdk is not None else number), now()


@app.task(name="joined")
def joined(results: list[tuple[int, float]]) -> tuple[int, float, float]:
    """The chord's callback."""
    return len(results), max(at for _, at in results), now()


@worker_ready.connect
def _up(**_: Any) -> None:
    ready()


def worker() -> None:
    pool = ["--pool", "threads", "-c", str(todo.slots)] if todo.kind == "calls" else ["--pool", "prefork", "-c", "2"]
    app.worker_main(["worker", "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "ERROR", *pool])


def submit() -> None:
    began = now()
    result = chord((member.s(number) for number in range(todo.size)), joined.s()).apply_async()
    members, last, ended = result.get(interval=0.02, timeout=300)
    say(began, last, ended, members, "celery")


if __name__ == "__main__":
    part(submit, worker)
