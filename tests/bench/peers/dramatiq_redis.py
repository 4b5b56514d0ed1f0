"""Dramatiq on Redis: threads, a group whose completion callback is the join. A dead worker's messages come back after a heartbeat."""

from __future__ import annotations

import time
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import GroupCallbacks
from dramatiq.rate_limits.backends import RedisBackend as Barriers
from dramatiq.results import Results
from dramatiq.results.backends import RedisBackend
from dramatiq.worker import Worker
from openai import OpenAI
from redis import Redis

from tests.bench.peers.work import ask, client, now, part, ready, say, work

todo = work()
WORKERS = 2
HEARTBEAT = 10_000
"""Milliseconds after which a silent worker's messages are given to another."""
redis = Redis(unix_socket_path=todo.redis)
broker = RedisBroker(client=redis, heartbeat_timeout=HEARTBEAT, maintenance_chance=100_000)
broker.add_middleware(GroupCallbacks(Barriers(client=redis)))
broker.add_middleware(Results(backend=RedisBackend(client=redis)))
dramatiq.set_broker(broker)
sdk: Any = client(todo.url, OpenAI) if todo.kind == "calls" else None


@dramatiq.actor(actor_name="member", queue_name="bench", max_retries=20, time_limit=300_000)
def member(number: int) -> None:
    value = ask(sdk, number) if sdk is not None else number
    redis.hset("answers", number, f"{value} {now()}")


@dramatiq.actor(actor_name="joined", queue_name="bench")
def joined() -> None:
    """The group's completion callback."""
    redis.set("joined", now())


def worker() -> None:
    threads = todo.slots // WORKERS + 1 if todo.kind == "calls" else 4
    Worker(broker, worker_threads=threads, worker_timeout=100).start()
    ready()
    while True:
        time.sleep(60)


def submit() -> None:
    began = now()
    group = dramatiq.group([member.message(number) for number in range(todo.size)], broker=broker)
    group.add_completion_callback(joined.message())
    group.run()
    while (ended := redis.get("joined")) is None:
        time.sleep(0.01)
    answers = [float(kept.split()[1]) for kept in redis.hvals("answers")]
    say(began, max(answers), float(ended), len(answers), "dramatiq")


if __name__ == "__main__":
    part(submit, worker)
