"""arq on Redis: an asyncio worker per process; it has no join of its own, so whoever submitted waits for every result."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from arq import create_pool, func
from arq.connections import RedisSettings
from arq.worker import Worker
from openai import AsyncOpenAI

from tests.bench.peers.work import ask_async, client, now, part, ready, say, work

todo = work()
WORKERS = 2
redis = RedisSettings(unix_socket_path=todo.redis)


async def member(context: dict[str, Any], number: int) -> tuple[int, float]:
    return (await ask_async(context["sdk"], number) if todo.kind == "calls" else number), now()


async def begin(context: dict[str, Any]) -> None:
    context["sdk"] = client(todo.url, AsyncOpenAI)
    ready()


class Settings:
    functions: ClassVar = [func(member, name="member")]
    redis_settings = redis
    on_startup = begin
    max_jobs = todo.slots // WORKERS + 1 if todo.kind == "calls" else 100
    poll_delay = 0.02
    job_timeout = 20
    max_tries = 20


async def run() -> None:
    pool = await create_pool(redis)
    began = now()
    jobs = [await pool.enqueue_job("member", number) for number in range(todo.size)]
    results = [await job.result(poll_delay=0.02) for job in jobs if job is not None]
    say(began, max(at for _, at in results), now(), len(results), "arq")


def worker() -> None:
    async def work_on() -> None:
        kept = {name: value for name, value in vars(Settings).items() if not name.startswith("_")}
        await Worker(**kept).async_run()

    asyncio.run(work_on())


def submit() -> None:
    asyncio.run(run())


if __name__ == "__main__":
    part(submit, worker)
