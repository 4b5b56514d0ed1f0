"""Pages, feeds and files as nobody means them, through whole pipelines over HTTP: each job ends soon, says why, and costs no memory."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import os
import resource
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from shared.bootstrap import ports
from shared.ports.documents import Create
from tests.flow.harness import Client, Outside, running
from tests.unit.shared.adapters.web.sites import Request, Site

pytestmark = pytest.mark.timeout(900)
LONGEST, MEGABYTES = 30.0, 50
"""Seconds of a processor that a job may take, here and in its children, and by how much the process may grow."""
PATIENCE = 300.0
"""Seconds by the clock, in which it ends whoever else is at work."""
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
DESCRIPTION = "<p>Bake bread every night and tell us how it went.</p>" * 15
UNREAD = {
    "posting_unreadable",
    "posting_incomplete",
    "page_empty",
    "posting_is_listing",
    "posting_not_found",
    "parser_limits",
    "posting_closed",
}
"""What a page without a posting may be called."""


def page(content: str | bytes, kind: str = "text/html", **headers: str) -> bytes:
    raw = content if isinstance(content, bytes) else content.encode()
    lines = [f"content-type: {kind}", f"content-length: {len(raw)}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("HTTP/1.1 200 OK\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + raw


def packed(layers: int, coding: str = "gzip") -> bytes:
    raw = b"a" * 30_000_000
    for _ in range(layers):
        raw = gzip.compress(raw, 6, mtime=0)
    return page(raw, **{"content-encoding": ", ".join([coding] * layers)})


def posting(**changes: Any) -> str:
    about: dict[str, Any] = {
        "@type": "JobPosting",
        "title": "Baker",
        "hiringOrganization": {"name": "Acme"},
        "description": DESCRIPTION,
    }
    data = json.dumps({**about, **changes}).replace("</", "<\\/")
    return f"<title>Baker at Acme</title><script type='application/ld+json'>{data}</script>"


async def endless(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    while not writer.is_closing():
        writer.write(b"<p>more " * 8000)
        await writer.drain()


FAILING: dict[str, tuple[Any, set[str]]] = {
    "a gzip bomb": (packed(1), {"too_large"}),
    "a bomb in a bomb": (packed(2), {"too_large"}),
    "ten layers": (packed(10), {"unsupported_encoding"}),
    "brotli": (page(b"\x0b\x02\x80hello\x03", **{"content-encoding": "br"}), {"unsupported_encoding"}),
    "zstd": (page(b"\x28\xb5\x2f\xfd", **{"content-encoding": "zstd"}), {"unsupported_encoding"}),
    "broken gzip": (page(b"\x1f\x8b\x08 broken", **{"content-encoding": "gzip"}), {"fetch_failed", "posting_unavailable", "page_empty"}),
    "a length that is too long": (HEAD + b"content-length: 99999999999\r\n\r\nabc", {"too_large"}),
    "an endless body": (endless, {"too_large"}),
    "nested tags": (page("<div>" * 200_000), UNREAD),
    "one line": (page("a" * 2_900_000), UNREAD),
    "links": (page("<a href='/jobs/1'>Job</a> " * 100_000), UNREAD),
    "a list of jobs": (page("<ul>" + "<li>Engineer, Berlin, Acme</li>" * 90_000), UNREAD),
    "items": (page("<div itemscope itemtype='http://schema.org/JobPosting'>" * 200 + "<span itemprop='title'>x</span>" * 70_000), UNREAD),
    "broken UTF-8": (page(b"<p>" + b"\xff\xc0\xaf" * 100_000), UNREAD),
    "a header without end": (HEAD + b"x: " + b"a" * 2_000_000 + b"\r\n\r\n", {"fetch_failed", "posting_unavailable"}),
    "a charset without end": (page("<p>x", "text/html; charset=" + " " * 40_000 + "x"), {"fetch_failed", "posting_unavailable", *UNREAD}),
    "JSON-LD in circles": (page("<script type='application/ld+json'>" + "[" * 5_000 + "]" * 5_000 + "</script>"), UNREAD),
    "an image": (page(b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, "image/png"), {*UNREAD, "page_is_pdf"}),
    "a PDF": (page(b"%PDF-1.7 x", "application/pdf"), {"page_is_pdf"}),
    "nothing": (page(b""), UNREAD),
}  # fmt: skip
READ: dict[str, bytes] = {
    "a description of a megabyte": page(posting(description=DESCRIPTION * 1200)),
    "wrong types": page(
        posting(
            description=DESCRIPTION * 20,
            baseSalary=[[[]]],
            jobLocation="x",
            datePosted={"a": 1},
            employmentType=7,
            validThrough=[None],
        )
    ),
    "script in the title": page(posting(title="Baker<script>alert('canary7f3')</script>")),
}


@pytest.fixture
async def hostile(world: Outside, tmp_path: Path) -> AsyncIterator[tuple[Client, Site]]:
    site = Site()
    await site.start()
    feeds = ",".join(site.url(f"/feed/{number}") for number in range(len(FEEDS)))
    allowed = f"{world.environment(tmp_path)['HEADRACE_ALLOW_HOSTS']},{site.host}"
    async with running(world, tmp_path, HEADRACE_ALLOW_HOSTS=allowed, HEADRACE_NEWS_FEEDS=feeds) as (client, _):
        yield client, site
    await site.stop()


def resident() -> int:
    """Megabytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20


def worked() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
async def test_a_hostile_page_ends_its_job_soon_with_what_to_do(hostile: tuple[Client, Site]) -> None:
    client, site = hostile
    site.answers = {f"/{number}": answer for number, (answer, _) in enumerate(FAILING.values())}
    first = await client.run({"job_posting_url": site.url("/0")}, PATIENCE)  # loads what is loaded once
    assert first["status"] == "failed"
    start = resident()
    for number, (name, (_, codes)) in enumerate(FAILING.items()):
        began, before = worked(), resident()
        job = await client.run({"job_posting_url": site.url(f"/{number}")}, PATIENCE, fresh=True)
        assert job["status"] == "failed", (name, job["status"])
        assert job["error"]["code"] in codes, (name, job["error"])
        assert job["error"]["advice"], name
        assert worked() - began < LONGEST, name
        assert resident() - before < MEGABYTES, name
    assert resident() - start < 2 * MEGABYTES  # of twenty of them together


async def test_odd_postings_are_read_and_nothing_of_their_markup_lives(hostile: tuple[Client, Site]) -> None:
    client, site = hostile
    site.answers = {f"/{number}": answer for number, answer in enumerate(READ.values())}
    jobs = await asyncio.gather(*(client.run({"job_posting_url": site.url(f"/{number}")}) for number in range(len(READ))))
    for name, job in zip(READ, jobs, strict=True):
        assert job["status"] in ("succeeded", "partial"), (name, job["error"])
        assert "<script" not in json.dumps(job["result"]), name
        assert (await client.pdf(job["id"])).startswith(b"%PDF"), name


LOL = "<!DOCTYPE r [" + "<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
ITEM = (
    "<item><title>{}</title><link>https://news.example/{}</link><pubDate>{}</pubDate><description>All of it.</description></item>"
)
FEEDS: dict[str, bytes] = {
    "billion laughs": page(f"<?xml version='1.0'?>{LOL}<rss version='2.0'><channel><item><title>&a9;</title></item></channel></rss>"),
    "a file's entity": page("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"),
    "a million items": page("<rss version='2.0'><channel>" + "<item><title>a</title></item>" * 400_000 + "</channel></rss>"),
    "years": page("<rss version='2.0'><channel>" + ITEM.format("Grid storage answers", "a", "Fri, 31 Dec 9999 23:59:59 GMT") + ITEM.format("Old news", "b", "Thu, 01 Jan 0000 00:00:00 GMT") + "</channel></rss>"),
    "markup": page("<rss version='2.0'><channel><item><title><![CDATA[" + "<b>a</b>" * 200_000 + "]]></title></item></channel></rss>"),
    "a page": page("<html><body>" + "<div>" * 50_000),
    "JSON in circles": page("[" * 100_000, "application/json"),
    "a bomb": packed(1),
}  # fmt: skip


async def test_hostile_feeds_hold_up_no_post(hostile: tuple[Client, Site]) -> None:
    client, site = hostile
    site.answers = {f"/feed/{number}": answer for number, answer in enumerate(FEEDS.values())}
    await ports().documents.commit(Create("agents/desk", {"id": "desk", "name": "Desk", "persona": "Dry.", "approval": False}))
    body = {"pipeline": "daily-post", "input": {"agents": ["desk"], "publish": "draft"}}
    answer = await client.http.post("/api/v1/jobs", json=body)
    job = await client.wait(answer.json()["id"], PATIENCE)
    assert job["status"] in ("succeeded", "partial"), job["error"]
    assert job["result"]["posts"] or job["result"]["skipped"], job["result"]
    assert "lollol" not in json.dumps(job["result"])
    assert "root:" not in json.dumps(job["result"])
    assert set(site_paths(site)) == set(site.answers)


def site_paths(site: Site) -> list[str]:
    return [request.path for request in site.requests]


@pytest.mark.parametrize("content", [b"%PDF-1.4\n" + b"x 0 obj\n" * 50_000, b"PK\x03\x04" + b"\0" * 1000, b"\xff" * 1000])
async def test_a_cv_that_cannot_be_read_says_so(hostile: tuple[Client, Site], world: Outside, content: bytes) -> None:
    client, _ = hostile
    text = f"Baker\nAcme\n{DESCRIPTION}"
    job = await client.run(
        {"posting_text": text, "company": "Acme", "role": "Baker", "cv_file": base64.b64encode(content).decode()}
    )
    assert job["status"] == "failed"
    assert job["error"]["code"] == "cv_unreadable"
    assert world.calls()
