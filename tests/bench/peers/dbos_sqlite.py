"""DBOS on SQLite: a workflow that enqueues a workflow per member on a queue with the provider's rate, and awaits them all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from dbos import DBOS, SetWorkflowID
from openai import AsyncOpenAI

from tests.bench.peers.work import ask_async, client, now, part, say, work

todo = work()
QUEUE = "members"
file = Path(todo.folder).resolve() / "dbos.db"
DBOS(config={
    "name": "bench", "system_database_url": f"sqlite:///{file}", "log_level": "ERROR", "application_version": "1",
    "executor_id": "bench", "notification_listener_polling_interval_sec": 0.02, "run_admin_server": False,
})  # fmt: skip
sdk: Any = client(todo.url, AsyncOpenAI) if todo.kind == "calls" else None


@DBOS.step()
async def step(number: int) -> int:
    return await ask_async(sdk, number) if sdk is not None else number


@DBOS.workflow()
async def member(number: int) -> tuple[int, float]:
    return await step(number), now()


@DBOS.workflow()
async def whole(size: int) -> tuple[float, float, float, int]:
    """Fan-out and join."""
    began = now()
    handles = [await DBOS.enqueue_workflow_async(QUEUE, member, number) for number in range(size)]
    results = [await handle.get_result(polling_interval_sec=0.3) for handle in handles]
    return began, max(at for _, at in results), now(), len(results)


async def run() -> None:
    DBOS.launch()
    limits: dict[str, Any] = (
        {"limiter": {"limit": max(1, int(todo.rpm / 60 * 0.5)), "period": 0.5}} if todo.kind == "calls" else {}
    )
    await DBOS.register_queue_async(QUEUE, worker_concurrency=todo.slots, polling_interval_sec=0.05, **limits)
    with SetWorkflowID("whole"):
        handle = await DBOS.start_workflow_async(whole, todo.size)
    say(*(await handle.get_result()), "dbos")


def submit() -> None:
    asyncio.run(run())


if __name__ == "__main__":
    part(submit)
