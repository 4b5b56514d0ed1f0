"""What is large is read in a child process, to the same answer; what no limit allows is refused in the reader's own words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from functions.interview_prep.candidate.cv_text import cv_text
from functions.interview_prep.posting.page import large_pages
from functions.interview_prep.posting.read_url import from_url
from functions.interview_prep.prep_request import PrepRequest
from functions.transcript_graph.reading import read_file
from shared.errors import BadInput, Permanent
from shared.parser_process import run_in_child
from shared.ports.web import Page
from shared.sources import logos, reddit_rss
from shared.sources.news import conditional_fetch
from tests.support.fakes import FakeWeb, fake_ports, page
from tests.unit.shared.sources.news.news_site import news_site, xml

FEED = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>" + b"".join(
    f"<entry><title>Story {at}</title><link href='https://www.reddit.com/r/jobs/comments/a{at}/x/'/><id>{at}</id>"
    f"<updated>2026-05-{at:02}T00:00:00Z</updated><summary>Words.</summary></entry>".encode() for at in range(1, 9)
) + b"</feed>"  # fmt: skip
POSTING = (
    b'<title>Baker - Acme</title><script type=\'application/ld+json\'>{"@type": "JobPosting", "title": "Baker", "hiringOrganization": '
    b'{"name": "Acme"}, "description": "' + b"Bake bread every night and tell us how it went. " * 40 + b'"}</script>'
)
TALK = b"".join(f"ADA: Line {at} of what was said.\nBEN: And more of it.\n".encode() for at in range(50))


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that went to child processes."""
    asked: list[str] = []
    ask = run_in_child._POOL.ask

    def heard(call: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        asked.append(call.__name__)
        return ask(call, arguments, options)

    monkeypatch.setattr(run_in_child._POOL, "ask", heard)
    return asked


async def test_a_large_posting(children: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    url, ports = (
        "https://a.test/jobs/1",
        fake_ports(web=FakeWeb({"https://a.test/jobs/1": page("https://a.test/jobs/1", POSTING)})),
    )
    small = await from_url(url, PrepRequest(job_posting_url=url), ports)
    assert not children
    monkeypatch.setattr(large_pages, "IN_PLACE", 100)
    large = await from_url(url, PrepRequest(job_posting_url=url), ports)
    assert children == ["_read"]
    assert large == small
    assert large.facts.title == "Baker"


async def test_a_large_page_that_is_no_posting_is_refused_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_pages, "IN_PLACE", 0)
    url = "https://a.test/jobs/1"
    with pytest.raises(Permanent) as found:
        await from_url(url, PrepRequest(job_posting_url=url), fake_ports(web=FakeWeb({url: page(url, b"<p>Not found")})))
    assert found.value.code.startswith("posting_") or found.value.code.startswith("page_")
    assert found.value.advice


async def test_a_large_feed(children: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with news_site(tmp_path) as site:
        site.answers = {path: xml(FEED.decode()) for path in ("/small", "/large")}
        small = await site.read("/small")
        monkeypatch.setattr(conditional_fetch, "IN_PLACE", 100)
        large = await site.read("/large")
    assert children == ["parse"]
    assert [one.title for one in large.stories] == [one.title for one in small.stories]
    assert len(large.stories) == 8


async def test_a_large_forum_feed(children: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Web(FakeWeb):
        async def fetch(self, url: str, **_: object) -> Page:
            return page(url, FEED)

    monkeypatch.setattr(reddit_rss, "IN_PLACE", 100)
    found = await reddit_rss.search("acme", fake_ports(web=Web({}), reddit_rss_url="https://www.reddit.com"))
    assert children == ["posts"]
    assert [one.id for one in found] == [f"a{at}" for at in range(1, 9)]


def test_a_large_transcript(children: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    small = read_file.read(TALK, ".txt")
    monkeypatch.setattr(read_file, "IN_PLACE", 100)
    assert read_file.read(TALK, ".txt") == small
    assert children == ["read_here"]
    with pytest.raises(BadInput, match="not JSON"):
        read_file.read(b"{" * 200, ".json")


async def test_a_large_logo(children: list[str]) -> None:
    made = io.BytesIO()
    Image.new("RGB", (1200, 1000), "red").save(made, "PNG")
    url = "http://127.0.0.1:9/acme.example"
    ports = fake_ports(web=FakeWeb({url: page(url, made.getvalue())}), logo_url="http://127.0.0.1:9/{domain}")
    with Image.open(io.BytesIO(await logos.logo("acme.example", ports))) as found:
        assert found.size == (512, 427)
    assert children == ["_to_png"]


def _pdf(body: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" + body


def _docx(words: str, depth: int = 0) -> bytes:
    made, inside = io.BytesIO(), "<w:p>" * depth + words + "</w:p>" * depth
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>')
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000),
        _docx("<w:t>a</w:t>", 50_000),
        _pdf(b"3 0 obj<</Type/Page/Parent 3 0 R/Contents 3 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"),
        _pdf(b"3 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
        _pdf(b"3 0 obj" + b"[" * 200_000 + b"endobj\ntrailer<</Root 3 0 R>>\n%%EOF"),
        _pdf(b"x 0 obj\n" * 100_000),
    ],
    ids=["docx of half a million paragraphs", "docx nested deep", "pdf in circles", "pdf pages in circles", "pdf nested deep", "pdf of beginnings"],
)  # fmt: skip
def test_a_hostile_cv_is_read_or_refused_within_the_limits(content: bytes) -> None:
    try:
        assert len(cv_text(content)) <= 20_000
    except BadInput as error:
        assert error.code == "cv_unreadable"  # noqa: PT017 - either is right
