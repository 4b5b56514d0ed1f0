"""Forum posts: against the critical path of a model's latency and its rate limit, the first streamed token, and how alike texts are.

The model is the offline one on loopback: its texts take `CALL` seconds to their end, as a stream. Some of them are faulty on
purpose; repairing one is a further call on its item's path, which the critical path counts. Walls run from the POST to the job's
recorded end, in a cloud of its own process that has written one other post before.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from functions.forum_posts.near_duplicates.similarity import distinct, jaccard, normalised, shingles
from tests.bench.row import Row
from tests.flow.harness import Client, cloud_process, outside

CALL = 3.0
RPM, BURST = 500, 50
KOLS = 20
VERSIONS = 5
ALIKE = 0.5
"""What no two texts are, as they are published: the gate, which masks names and figures, is a little below."""
STOCKS = ("Acme", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Grain", "Harbour", "Indigo", "Juniper")
CHINESE = ("甲電", "乙航", "丙銀", "丁科", "戊鋼", "己食", "庚醫", "辛通", "壬能", "癸運")


async def one() -> list[Row]:
    """One post in five versions, the median of three; the process's very first is told beside, its imports in it."""
    ratios, walls, paths = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        async with outside(model_latency=CALL) as world, cloud_process(world, Path(folder)) as client:
            await bring_in(client)
            for number in range(4):
                wall, job = await _timed(client, [item(number)])
                walls.append(round(wall, 2))
                paths.append(critical_path(job))
                ratios.append(wall / paths[-1])
    first, *ratios = ratios
    beside = {"walls_s": walls[1:], "main_and_version_s": paths[1:], "fresh_process": round(first, 3)}
    return [Row("one post, 5 versions, wall / (main + one version)", statistics.median(ratios), "x", 1.15, beside=beside)]


async def batches() -> list[Row]:
    """Ten and a hundred items under 500 requests a minute; of the hundred, how alike any two texts are."""
    limits = {"HEADRACE_OPENAI_RPM": str(RPM), "HEADRACE_OPENAI_BURST": str(BURST), "HEADRACE_OPENAI_TPM": "100000000"}
    rows: list[Row] = []
    for count in (10, 100):
        with tempfile.TemporaryDirectory() as folder:
            async with outside(model_latency=CALL) as world, cloud_process(world, Path(folder), **limits) as client:
                await bring_in(client)
                await warm(client)
                before = len(world.model.asked)
                wall, job = await _timed(client, [item(number) for number in range(count)])
                calls = len(world.model.asked) - before
        # What is queued last still has to be answered.
        floor = max(0.0, calls - BURST) * 60 / RPM + CALL
        least = max(floor, critical_path(job))
        beside = {"wall_s": round(wall, 2), "floor_s": round(floor, 2), "critical_path_s": critical_path(job), "calls": calls}
        what = f"{count} posts, 5 versions, {RPM} requests/min, wall / max(floor, critical path)"
        rows.append(Row(what, wall / least, "x", 1.15, beside=beside))
        if count == 100:
            rows += _alike(job)
    return rows


async def again() -> list[Row]:
    """The identical item within the hour."""
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world, cloud_process(world, Path(folder)) as client:
            await bring_in(client)
            _, first = await _timed(client, [item(0)])
            calls = len(world.model.asked)
            walls = []
            for _ in range(5):
                wall, job = await _timed(client, [item(0)])
                assert job["result"]["posts"][0]["id"] == first["result"]["posts"][0]["id"]
                walls.append(wall)
            more = len(world.model.asked) - calls
    beside = {"slowest_ms": round(1000 * max(walls))}
    return [
        Row("identical item within the hour, wall", 1000 * statistics.median(walls), "ms", 200, beside=beside),
        Row("identical item within the hour, model calls", more, "calls", 0),
    ]


async def stream() -> list[Row]:
    """From the provider's first token to the listener's, five times."""
    late: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with outside(model_latency=CALL) as world:
            first = First(world.model.app)
            world.model.app = first
            async with cloud_process(world, Path(folder)) as client:
                await bring_in(client)
                for number in range(6):
                    first.at = 0.0
                    heard = await _first_delta(client, number)
                    late.append(1000 * (heard - first.at))
    later = late[1:]  # the first one pays for the client's imports, before the token: it is told beside
    beside = {"slowest_ms": round(max(later), 1), "cold_ms": round(late[0], 1)}
    return [Row("first streamed token after the provider's", statistics.median(later), "ms", 100, beside=beside)]


@dataclass
class First:
    """Passes requests on and notes when the first piece of a text leaves."""

    app: ASGIApp
    at: float = field(default=0.0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: MutableMapping[str, Any]) -> None:
            body = message.get("body", b"")
            if not self.at and b'"delta"' in body and b'"role"' not in body:
                self.at = time.time()
            await send(message)

        await self.app(scope, receive, noted)


async def _first_delta(client: Client, number: int) -> float:
    async with client.http.stream("POST", "/api/v1/posts/stream", json={"item": item(number), "versions": 1}) as answer:
        found = 0.0
        async for line in answer.aiter_lines():
            if not found and line == "event: delta":
                found = time.time()
        return found


async def bring_in(client: Client) -> None:
    """Twenty KOLs, every other one of whom writes Traditional Chinese."""
    for number in range(KOLS):
        profile = {
            "serial": str(200 + number), "name": f"KOL {number}", "persona": f"persona {number} of the forum",
            "language": "zh-Hant" if number % 2 else "en", "traits": ["patient", "dry"],
        }  # fmt: skip
        answer = await client.http.put(f"/api/v1/profiles/{200 + number}", json=profile)
        assert answer.status_code in (200, 201), answer.text


async def warm(client: Client) -> None:
    """One post of another kind: the process has imported what it needs, and the limit's buckets are full again."""
    await _timed(client, [item(0) | {"topic": "the dividend"}])
    await asyncio.sleep(CALL)


def item(number: int) -> dict[str, Any]:
    """The number-th item: every KOL about five stocks, the same facts for one stock."""
    stock, chinese = number // KOLS * 2 + number % 2, number % 2
    facts = (
        [f"營收年增{10 + stock}.5%", "在手訂單可做8個月", f"毛利率{40 + stock}%"]
        if chinese
        else [f"revenue rose {10 + stock}.5% on the year", "the order backlog is 8 months", f"gross margin was {40 + stock}%"]
    )
    return {
        "kol_serial": 200 + number % KOLS, "stock_code": str(2300 + stock), "stock_name": (CHINESE if chinese else STOCKS)[stock],
        "posting_type": "interaction" if number % 4 < 2 else "analysis", "max_words": 150,
        "topic": "季報" if chinese else "the quarterly report", "facts": facts,
    }  # fmt: skip


def critical_path(job: dict[str, Any]) -> float:
    """Seconds of the model calls that the slowest item had to make one after another: main text, then its slowest version."""
    calls: list[list[int]] = [[version["spent"]["calls"] for version in post["versions"]] for post in job["result"]["posts"]]
    return CALL * max(main + max(others) for main, *others in calls)


async def _timed(client: Client, items: list[dict[str, Any]]) -> tuple[float, dict[str, Any]]:
    began = time.time()
    body = {"pipeline": "forum-posts", "input": {"items": items, "versions": VERSIONS}}
    answer = await client.http.post("/api/v1/jobs", json=body)
    assert answer.status_code == 202, answer.text
    job = await client.wait(answer.json()["id"], 300)
    assert job["status"] == "succeeded", job["error"]
    return datetime.fromisoformat(job["finished_at"]).timestamp() - began, job


def _alike(job: dict[str, Any]) -> list[Row]:
    """The most similar pair of all texts, exactly: as the gate compares, and by 4-grams whatever the script."""
    versions = [version for post in job["result"]["posts"] for version in post["versions"]]
    texts = [version["text"] for version in versions if version["text"]]
    most = max(jaccard(*two) for two in combinations(map(shingles, texts), 2))
    beside = {
        "texts": len(texts), "dropped": len(versions) - len(texts), "written_anew": sum(len(v["collisions"]) for v in versions),
        "mended": sum(bool(version["repaired"]) for version in versions), "distinct_1": round(distinct(texts, 1), 3),
        "distinct_2": round(distinct(texts, 2), 3), "distinct_3": round(distinct(texts, 3), 3),
    }  # fmt: skip
    just_below = math.nextafter(ALIKE, 0)
    grams = [frozenset(plain[at : at + 4] for at in range(len(plain) - 3)) for plain in map(normalised, texts)]
    four = max(jaccard(one, other) for one, other in combinations(grams, 2))
    return [
        Row("100 posts, 20 personas: most similar two texts", most, "similarity", just_below, beside=beside),
        Row("100 posts, 20 personas: most similar two texts by character 4-grams", four, "similarity", just_below),
    ]
