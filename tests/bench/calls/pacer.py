"""The bare pacer: the same calls, sent evenly at the limit by one loop that keeps nothing. Its wall is what others are held to."""

from __future__ import annotations

import asyncio
import time

from openai import AsyncOpenAI

from tests.bench.calls.question import CALLS, checked, request_of


async def paced(url: str, rpm: float, calls: int = CALLS) -> float:
    """Send `calls` calls, one each `60 / rpm` seconds. Answers the seconds from the first call to the last answer.

    It asks again what is refused: a machine that is busy elsewhere can make it send what was due all at once.
    """
    client = AsyncOpenAI(api_key="none", base_url=url, max_retries=10)

    async def one(call: int, at: float) -> int:
        await asyncio.sleep(at - time.monotonic())
        answer = await client.chat.completions.create(**request_of(call))
        return checked(call, answer.choices[0].message.content or "")

    async with client:
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for call in range(calls):
                group.create_task(one(call, began + call * 60 / rpm))
        return time.monotonic() - began
