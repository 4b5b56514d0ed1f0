"""What is paid for twice: nothing."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from infra.sample_sites.jobs.job_pages import JOBS
from tests.bench.guides import inputs
from tests.bench.row import Row
from tests.flow.harness import POSTING, SAME_ROLE, Client, outside, running

COMPANIES = 20
REAL_PAGES = ("remoteok__job", "stackoverflow__job", "stackoverflow__job_remote", "stackoverflow__job_via", "wwr__job", "wwr__job_json_decode_error", "wwr__job_no_image")  # fmt: skip
"""Of the saved pages those that hold an open posting."""
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \([^()]*\)|/ID ?\[[^\[\]]*\]|\d{4}-\d\d-\d\d")


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


async def twenty() -> list[Row]:
    """Twenty companies' guides, each asked for twice: requests of the first, calls, time and bytes of the second.

    Half of them are real postings and forum exports where `shared/data` is there, the others are the sample sites'.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with outside() as world, serve(_saved_pages()) as pages, inputs.cloud(world, Path(folder), pages) as client:
            asked = _twenty(world.base, pages)
            requests, calls, walls, other = [], [], [], 0
            for request in asked:
                before = world.calls()
                first = await client.run(request)
                between = world.calls()
                began = time.monotonic()
                second = await client.run(request)
                walls.append(time.monotonic() - began)
                requests.append(_outside(between) - _outside(before) + str(request.get("job_posting_url", "")).startswith(pages))
                calls.append(sum(world.calls().values()) - sum(between.values()))
                assert {first["status"], second["status"]} == {"succeeded"}, (request, first["error"], second["error"])
                other += await _bytes_of(client, first) != await _bytes_of(client, second)
    beside = {"guides": len(asked), "median": statistics.median(requests)}
    return [
        Row("twenty companies: most requests of a fresh guide", max(requests), "requests", 27, beside=beside),
        Row("twenty companies asked again: outside calls", sum(calls), "calls", 0),
        Row("twenty companies asked again: PDFs that differ but for dates", other, "PDFs", 0),
        Row(
            "twenty companies asked again: slowest", max(walls), "s", 1.0, beside={"median_s": round(statistics.median(walls), 2)}
        ),
    ]


def _outside(calls: dict[str, int]) -> int:
    """Requests to the outside; the model is counted apart."""
    return sum(count for kind, count in calls.items() if kind != "model")


async def _bytes_of(client: Client, job: dict[str, Any]) -> bytes:
    return _DATES.sub(b"", await client.pdf(job["id"]))


def _twenty(base: str, pages: str) -> list[dict[str, Any]]:
    real: list[dict[str, Any]] = []
    if inputs.DATA.exists():
        real = [{"job_posting_url": f"{pages}/{name}"} for name in REAL_PAGES]
        real += [inputs.with_export(file) for file in sorted((inputs.DATA / "reddit" / "interviews").glob("*.json"))]
    samples = [{"job_posting_url": base + page.path} for page in JOBS if page.path != SAME_ROLE]
    return [*real, *samples][:COMPANIES]


def _saved_pages() -> Starlette:
    async def page(request: Request) -> Response:
        file = inputs.DATA / "jobs" / "pages" / f"scrapers_spiders_{request.path_params['name']}.html"
        return Response(file.read_bytes(), media_type="text/html")

    return Starlette(routes=[Route("/{name}", page)])
