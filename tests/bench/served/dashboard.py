"""The dashboard's largest pages in a real browser: from the navigation to the first paint, and how smoothly they go on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from playwright.async_api import Page, async_playwright

from infra.local.local_cloud import LocalCloud
from tests.bench.row import Row
from tests.browser import large_pages
from tests.browser.large_pages import FIRST_PAINT, FRAME, GRAPH_PAINT, LONGEST_TASK, NODES, TASKS
from tests.browser.planted_job import plant_job
from tests.flow.harness import outside, running

TIMES = 5
"""Visits, each with a profile of its own: nothing is cached, nothing compiled."""


async def waterfall() -> list[Row]:
    """A waterfall of 10,000 tasks: first paint (median), and the longest task of the page's thread in any visit."""
    async with _cloud() as cloud:
        await plant_job(cloud.ports, "planted", TASKS)
        seen = [await _visited(cloud, "waterfall") for _ in range(TIMES)]
    beside = {
        "first_ms": [round(one.first) for one in seen],
        "whole_ms": round(median(one.whole for one in seen)),
        "tasks_first": seen[0].of[0],
        "thread_ms": round(median(one.thread for one in seen)),
    }
    return [
        Row(f"waterfall of {TASKS:,} tasks: first paint", median(one.first for one in seen), "ms", FIRST_PAINT, beside=beside),
        Row(f"waterfall of {TASKS:,} tasks: longest task", max(one.longest_task for one in seen), "ms", LONGEST_TASK),
    ]  # fmt: skip


async def graph() -> list[Row]:
    """A graph of 5,000 nodes and 10,000 relations: first paint (median), and a frame while it is dragged and zoomed (p95, median visit)."""
    async with _cloud() as cloud:
        await plant_job(cloud.ports, "planted", 3, **large_pages.graph_result(NODES))
        seen = [await _visited(cloud, "graph") for _ in range(TIMES)]
        async with _page() as page:
            await large_pages.graph(page, f"{cloud.url}/#/job/planted")
            frame = await large_pages.frame_while_moved(page)
    beside = {
        "first_ms": [round(one.first) for one in seen],
        "with_relations_ms": round(median(one.whole for one in seen)),
        "longest_task_ms": round(max(one.longest_task for one in seen)),
        "thread_ms": round(median(one.thread for one in seen)),
    }
    return [
        Row(f"graph of {NODES:,} nodes: first paint", median(one.first for one in seen), "ms", GRAPH_PAINT, beside=beside),
        Row(f"graph of {NODES:,} nodes, dragged and zoomed: a frame, p95", frame, "ms", FRAME),
    ]  # fmt: skip


async def _visited(cloud: LocalCloud, what: str) -> large_pages.Painted:
    look = large_pages.waterfall if what == "waterfall" else large_pages.graph
    async with _page() as page:
        return await look(page, f"{cloud.url}/#/job/planted")


@asynccontextmanager
async def _cloud() -> AsyncIterator[LocalCloud]:
    with tempfile.TemporaryDirectory() as folder:
        async with outside() as world, running(world, Path(folder), HEADRACE_PIPELINES="tests.pipelines.noop") as (_, cloud):
            yield cloud


@asynccontextmanager
async def _page() -> AsyncIterator[Page]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path is not None, "chromium is not installed: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield await browser.new_page(viewport={"width": 1280, "height": 860})
        await browser.close()
