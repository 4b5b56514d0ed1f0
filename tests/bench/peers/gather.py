"""asyncio.gather behind a semaphore, with the SDK's own retries: what most people write first. Keeps nothing."""

from __future__ import annotations

import asyncio
import sys

from openai import AsyncOpenAI

from tests.bench.peers.work import ask_async, client, now, part, say, work


async def run(slots: int) -> None:
    """All calls at once, `slots` at a time."""
    todo = work()
    free = asyncio.Semaphore(slots)
    async with client(todo.url, AsyncOpenAI) as sdk:

        async def one(call: int) -> tuple[int, float]:
            async with free:
                return await ask_async(sdk, call), now()

        began = now()
        answers = await asyncio.gather(*(one(call) for call in range(todo.size)))
        say(began, max(at for _, at in answers), now(), len(answers), "openai")


def submit() -> None:
    asyncio.run(run(int(sys.argv[2])))


if __name__ == "__main__":
    part(submit)
