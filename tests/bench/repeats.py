"""What is paid for twice: nothing."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.row import Row
from tests.flow.harness import POSTING, SAME_ROLE, outside, running


def _hash_of(job: dict[str, Any]) -> str:
    """The guide by its content: each job has a file of its own."""
    return str(job["result"]["pdf"].rsplit("/", 1)[1])


async def again() -> list[Row]:
    """The same request a second time."""
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world, running(world, Path(folder)) as (client, _):
            request = {"job_posting_url": world.base + POSTING}
            first = await client.run(request)
            before = sum(world.calls().values())
            began = time.monotonic()
            second = await client.run(request)
            wall = time.monotonic() - began
            calls = sum(world.calls().values()) - before
            assert _hash_of(first) == _hash_of(second)
    return [
        Row("the same request again, wall", wall, "s", 1.0, beside={"cached": sum(s["cached"] for s in second["stages"])}),
        Row("the same request again, outside calls", calls, "calls", 0),
    ]


async def same_role() -> list[Row]:
    """The same company and role under another address: forum and insights are there already."""
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world, running(world, Path(folder)) as (client, _):
            await client.run({"job_posting_url": world.base + POSTING})
            before = world.calls()
            job = await client.run({"job_posting_url": world.base + SAME_ROLE})
            after = world.calls()
    stages = {stage["name"]: stage for stage in job["stages"]}
    forum = sum(after.get(kind, 0) - before.get(kind, 0) for kind in ("search", "comments"))
    insights = stages["extract_insights"]
    return [
        Row("same role, other address: forum requests", forum, "calls", 0, beside={"pages": after["page"] - before["page"]}),
        Row("same role, other address: insights not from cache", insights["done"] - insights["cached"], "batches", 0),
    ]
