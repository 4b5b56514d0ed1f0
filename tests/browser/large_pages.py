"""What is large on a page, and how long it takes to be there: a waterfall of ten thousand tasks, a graph of five thousand nodes."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from playwright.async_api import Page, Route

from tests.support.waiting import PATIENCE

TASKS, NODES = 10_000, 5000
FIRST_PAINT, LONGEST_TASK, GRAPH_PAINT, FRAME = 1000.0, 100.0, 1500.0, 100.0
"""Milliseconds. A page on which a frame takes a tenth of a second still follows the hand; Debian's chromium draws without a graphics card here."""
WATCH = "window.long = []; new PerformanceObserver(list => long.push(...list.getEntries().map(one => one.duration))).observe({type: 'longtask'})"
MARKS = "name => performance.getEntriesByName(name).map(one => [one.startTime, one.detail])"
FRAMES = """() => { window.frames_ms = []; let last = performance.now(); const next = (now) => { frames_ms.push(now - last); last = now; requestAnimationFrame(next); };
requestAnimationFrame(next); }"""


@dataclass(frozen=True)
class Painted:
    """Milliseconds from the navigation to the first paint and to the whole, what was there first and at last, and the longest task.

    `thread`: milliseconds of processor time that the page's own thread took for all of it, whatever else the machine did.
    """

    first: float
    whole: float
    of: tuple[int, int]
    longest_task: float
    thread: float


async def waterfall(page: Page, address: str, tasks: int = TASKS) -> Painted:
    """The page of a planted job of so many tasks, opened in a new page."""
    thread = await _watched(page)
    await page.goto(address)
    await page.get_by_text(f"{tasks + 1:,} tasks").wait_for()
    marks: list[tuple[float, int]] = await page.evaluate(MARKS, "waterfall-painted")
    long: list[float] = await page.evaluate("window.long")
    return Painted(marks[0][0], marks[-1][0], (marks[0][1], marks[-1][1]), max(long, default=0.0), await thread())


async def graph(page: Page, address: str, nodes: int = NODES) -> Painted:
    """The page of a job whose result is a graph of so many nodes."""
    made = json.dumps(a_map(nodes))

    async def laid_out(route: Route) -> None:
        await route.fulfill(body=made if "/map" in route.request.url else '{"items": []}', content_type="application/json")

    thread = await _watched(page)
    await page.route("**/api/v1/graphs/big/**", laid_out)
    await page.goto(address)
    marks: list[tuple[float, int]] = []
    async with asyncio.timeout(PATIENCE):
        while not marks:
            await asyncio.sleep(0.05)
            marks = await page.evaluate(MARKS, "graph-painted")
        while not (whole := await page.evaluate(MARKS, "graph-whole")):
            await asyncio.sleep(0.05)
    long: list[float] = await page.evaluate("window.long")
    return Painted(marks[0][0], whole[0][0], (marks[0][1], whole[0][1]), max(long, default=0.0), await thread())


async def _watched(page: Page) -> Callable[[], Awaitable[float]]:
    """Have a page count its long tasks, and its thread's time: what comes back tells that in milliseconds."""
    await page.add_init_script(WATCH)
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def thread() -> float:
        metrics = await session.send("Performance.getMetrics")
        return 1000 * next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "TaskDuration")

    return thread


async def frame_while_moved(page: Page) -> float:
    """Milliseconds between two frames (p95) while the graph is dragged and zoomed."""
    box = await page.locator(".graph").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.evaluate(FRAMES)
    await page.mouse.down()
    for step in range(30):
        await page.mouse.move(x + 4 * step, y + 2 * step)
    await page.mouse.up()
    for _ in range(6):
        await page.mouse.wheel(0, -120)
        await page.wait_for_timeout(100)
    frames: list[float] = await page.evaluate("frames_ms")
    return quantiles(frames, n=20)[-1]


def a_map(size: int) -> dict[str, Any]:
    """A graph as the server lays it out, with two relations a node."""
    chance = random.Random(1)
    nodes = [
        {"id": f"n{n}", "name": f"Node {n}", "type": "person", "x": chance.uniform(-1, 1), "y": chance.uniform(-1, 1), "size": chance.random(), "community": n % 40}
        for n in range(size)
    ]  # fmt: skip
    ends = [(chance.randrange(size), chance.randrange(size)) for _ in range(2 * size)]
    edges = [{"source": f"n{one}", "target": f"n{other}", "type": "knows", "weight": 1} for one, other in ends]
    return {"nodes": nodes, "edges": edges}


def graph_result(size: int) -> dict[str, Any]:
    """What `plant_job` needs for a job whose result is that graph."""
    result = {"graph": "big", "version": 1, "entities": size, "relations": 0, "transcripts": 1}
    return {"pipeline": "transcript-graph", "result": result, "summary": [], "critical_path": []}
