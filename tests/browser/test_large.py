"""What is large stays quick: a waterfall of ten thousand tasks, a graph of five thousand nodes."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest
from playwright.async_api import Route

from infra.local.local_cloud import LocalCloud
from tests.browser.conftest import Visit
from tests.browser.planted_job import plant_job

TASKS, NODES = 10_000, 5000
FIRST_PAINT, LONGEST_TASK, GRAPH_PAINT = 1000.0, 100.0, 1500.0
SLACK = 2.0
"""A machine that runs other tests beside this one: `make bench` holds the bars themselves."""
WATCH = "window.long = []; new PerformanceObserver(list => long.push(...list.getEntries().map(one => one.duration))).observe({type: 'longtask'})"
MARKS = "name => performance.getEntriesByName(name).map(one => [one.startTime, one.detail])"


async def test_a_waterfall_of_ten_thousand_tasks_is_there_within_a_second(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", TASKS)
    page = visit.page
    await page.add_init_script(WATCH)
    await visit.open("job/planted")
    await page.get_by_text("10,001 tasks").wait_for()
    marks: list[tuple[float, int]] = await page.evaluate(MARKS, "waterfall-painted")
    long: list[float] = await page.evaluate("window.long")
    print(f"first paint {marks[0][0]:.0f} ms ({marks[0][1]} tasks), all {marks[-1][0]:.0f} ms, long tasks {long}")  # noqa: T201 - figures
    assert marks[0][0] <= FIRST_PAINT * SLACK
    assert max(long, default=0) <= LONGEST_TASK * SLACK
    assert marks[-1][1] == TASKS + 1


def a_map() -> dict[str, Any]:
    chance = random.Random(1)
    nodes = [
        {"id": f"n{n}", "name": f"Node {n}", "type": "person", "x": chance.uniform(-1, 1), "y": chance.uniform(-1, 1), "size": chance.random(), "community": n % 40}
        for n in range(NODES)
    ]  # fmt: skip
    ends = [(chance.randrange(NODES), chance.randrange(NODES)) for _ in range(2 * NODES)]
    edges = [{"source": f"n{one}", "target": f"n{other}", "type": "knows", "weight": 1} for one, other in ends]
    return {"nodes": nodes, "edges": edges}


@pytest.mark.parametrize("size", [NODES])
async def test_a_graph_of_five_thousand_nodes_is_there_within_a_second_and_a_half(
    visit: Visit, cloud: LocalCloud, size: int
) -> None:
    result = {"graph": "big", "version": 1, "entities": size, "relations": 0, "transcripts": 1}
    await plant_job(cloud.ports, "planted", 3, pipeline="transcript-graph", result=result, summary=[], critical_path=[])
    made = json.dumps(a_map())

    async def laid_out(route: Route) -> None:
        body = made if "/map" in route.request.url else '{"items": []}'
        await route.fulfill(body=body, content_type="application/json")

    page = visit.page
    await page.route("**/api/v1/graphs/big/**", laid_out)
    await visit.open("job/planted")
    marks: list[tuple[float, int]] = []
    async with asyncio.timeout(20):
        while not marks:
            await asyncio.sleep(0.05)
            marks = await page.evaluate(MARKS, "graph-painted")
    print(f"graph of {marks[0][1]} nodes: first paint {marks[0][0]:.0f} ms")  # noqa: T201 - figures
    assert marks[0][0] <= GRAPH_PAINT * SLACK
    assert await page.locator(".graph canvas").count() > 0
