"""Every address of the sample sites answers as its line on the index says."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.applications import Starlette

from infra.sample_sites import logos, server
from infra.sample_sites.forum.seed_file_format import companies
from infra.sample_sites.jobs.job_pages import JOBS
from infra.sample_sites.jobs.odd_pages import ODD
from infra.sample_sites.jobs.postings import posting
from infra.sample_sites.logos import LIAR, MISSING, SCRIPT, SIZE, SLOW
from infra.sample_sites.server import SAMPLE_POSTING, Latency, kind_of, sample_settings, samples_app
from shared.settings import Settings
from tests.unit.infra.sample_sites.conftest import TODAY

_ODD_STATUS = {"/jobs/odd/missing": 404, "/jobs/odd/moved": 301, "/jobs/odd/loop": 302}


def _json_ld(text: str) -> str:
    return text.split('<script type="application/ld+json">\n', 1)[1].split("\n</script>", 1)[0]


@pytest.mark.parametrize("page", [*JOBS, *ODD], ids=lambda page: page.path)
async def test_every_page_answers(client: httpx.AsyncClient, page: Any) -> None:
    answer = await client.get(page.path)
    assert answer.status_code == _ODD_STATUS.get(page.path, 200)
    home = (await client.get("/")).text
    assert f'href="{page.path}"' in home
    assert html.escape(page.about) in home


async def test_every_link_of_the_index_leads_somewhere(client: httpx.AsyncClient) -> None:
    app = samples_app(Latency(slow_logo=0), today=TODAY)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:9") as quick:
        for path in map(html.unescape, re.findall(r'href="([^"]+)"', (await quick.get("/")).text)):
            status = (await quick.get(path, headers={"user-agent": "test/1"})).status_code
            assert status in {200, 301, 302} or (path, status) in {
                ("/jobs/odd/missing", 404),
                (f"/logos/{MISSING}", 404),
                ("/news/gone.rss", 410),
                ("/news/busy.rss", 429),
                ("/reddit/r/cscareerquestions+interviews/search?q=Larkmoor&restrict_sr=1", 401),
            }


async def test_the_demo_posting_is_whole(client: httpx.AsyncClient) -> None:
    text = (await client.get(SAMPLE_POSTING)).text
    data = json.loads(_json_ld(text))
    assert data["title"] == "Senior Backend Engineer, Payouts Platform"
    assert data["hiringOrganization"]["name"] == "Larkmoor"
    assert data["datePosted"] == "2026-11-14"
    assert data["validThrough"].startswith("2027-01-07")
    assert data["baseSalary"]["value"]["maxValue"] == 118000
    assert "cookies" in text
    assert "More openings" in text


@pytest.mark.parametrize("slug", companies())
def test_postings_are_long_and_have_their_parts(slug: str) -> None:
    job = posting(slug)
    assert 600 <= len(job.body.split()) <= 900
    assert job.domain == f"{slug}.example"
    assert job.html.count("<li>") > 15
    assert len(job.parts()) > 5


async def test_the_ways_to_give_the_data(client: httpx.AsyncClient) -> None:
    pages = {page.path.split("/")[-1]: (await client.get(page.path)).text for page in JOBS}
    graph = json.loads(_json_ld(pages["data-scientist-capacity"]))["@graph"]
    assert "JobPosting" in {item["@type"] for item in graph}
    lists = json.loads(_json_ld(pages["motion-planning-engineer"]))
    assert lists[1]["title"] == ["Robotics Software Engineer, Motion Planning"]
    control = _json_ld(pages["gameplay-programmer"])
    with pytest.raises(json.JSONDecodeError, match="control character"):
        json.loads(control)
    assert json.loads(control, strict=False)["@type"] == "JobPosting"
    with pytest.raises(json.JSONDecodeError):
        json.loads(_json_ld(pages["revenue-management-analyst"]), strict=False)
    assert json.loads(_json_ld(pages["detection-engineer"]))["description"].startswith("&lt;div")
    assert "/*" in _json_ld(pages["staff-frontend-engineer"])
    assert 'itemtype="https://schema.org/JobPosting"' in pages["assistant-store-manager"]
    for name in ("credit-risk-analyst", "veldtide-data-engineer", "assistant-store-manager"):
        assert "ld+json" not in pages[name]


async def test_odd_pages_are_odd(client: httpx.AsyncClient) -> None:
    odd = {page.path.split("/")[-1]: await client.get(page.path) for page in ODD}
    assert "No longer accepting applications" in odd["closed"].text
    assert json.loads(_json_ld(odd["expired"].text))["validThrough"] < "2026-11-23"
    assert len(odd["huge"].content) > 5 * 1024 * 1024
    assert odd["posting.pdf"].content.startswith(b"%PDF")
    assert "Malm\xf6".encode("cp1252") in odd["charset"].content
    with pytest.raises(UnicodeDecodeError):
        odd["charset"].content.decode("utf-8")
    assert "Ignore all previous instructions" in odd["injection"].text
    assert "onerror" in json.loads(_json_ld(odd["injection"].text))["description"]
    assert len(json.loads(_json_ld(odd["several"].text))) == 2
    assert odd["moved"].headers["location"] == SAMPLE_POSTING


async def test_job_systems(client: httpx.AsyncClient) -> None:
    job = (await client.get("/greenhouse/v1/boards/osprelle/jobs/4417206", params={"content": "true"})).json()
    assert job["title"] == "Site Reliability Engineer"
    assert "<h2>" in html.unescape(job["content"])
    assert "content" not in (await client.get("/greenhouse/v1/boards/osprelle/jobs")).json()["jobs"][0]
    lever = (await client.get(f"/lever/v0/postings/pinmarrow/{posting('pinmarrow').id}", params={"mode": "json"})).json()
    assert [part["text"] for part in lever["lists"]][:2] == ["Day to day", "Requirements"]
    assert "employment equity" in lever["additionalPlain"]
    ashby = (await client.get("/ashby/posting-api/job-board/tessaquill")).json()["jobs"]
    assert ashby[0]["isListed"]
    for path in ("/greenhouse/v1/boards/osprelle/jobs/1", "/lever/v0/postings/none/1", "/ashby/posting-api/job-board/none"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert answer.json()


async def test_hacker_news(client: httpx.AsyncClient) -> None:
    found = (await client.get("/hn/api/v1/search", params={"query": '"Larkmoor" interview', "tags": "story"})).json()
    assert found["nbHits"] == len(found["hits"]) == 2
    story = found["hits"][0]
    item = (await client.get(f"/hn/api/v1/items/{story['objectID']}")).json()
    assert item["title"] == story["title"]
    assert item["children"][0]["parent_id"] == int(story["objectID"])
    assert (await client.get("/hn/api/v1/search", params={"query": "Larkmoor", "hitsPerPage": "1", "page": "1"})).json()[
        "nbPages"
    ] == 2
    assert (await client.get("/hn/api/v1/items/1")).status_code == 404


async def test_news(client: httpx.AsyncClient) -> None:
    feeds = sample_settings("http://127.0.0.1:9")["HEADRACE_NEWS_FEEDS"].split(",")
    assert len(feeds) == 6
    for address in feeds:
        root = ET.fromstring((await client.get(address)).content)  # noqa: S314 -- our own
        links = [
            link
            for node in root.iter()
            if node.tag.endswith("link") and (link := node.text or node.get("href")) and "/items/" in link
        ]
        assert len(links) >= 3
        assert (await client.get(links[0])).status_code == 200


async def test_logos(client: httpx.AsyncClient) -> None:
    from PIL import Image  # noqa: PLC0415 -- heavy

    one = (await client.get("/logos/larkmoor.example")).content
    image = Image.open(io.BytesIO(one))
    assert (image.format, image.size) == ("PNG", (SIZE, SIZE))
    assert (await client.get("/logos/LARKMOOR.example")).content == one
    assert (await client.get("/logos/nimbrel.example")).content != one
    assert (await client.get(f"/logos/{MISSING}")).status_code == 404
    assert "<script>" in (await client.get(f"/logos/{SCRIPT}")).text
    liar = await client.get(f"/logos/{LIAR}")
    assert (liar.headers["content-type"], liar.content[:5]) == ("image/png", b"<!doc")


async def test_latency_comes_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def noted(seconds: float) -> None:
        slept.append(seconds)

    for module in (server, logos):
        monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=noted))
    app = samples_app(Latency(page=0.05, slow_logo=0.07), today=TODAY)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:9") as client:
        for path, seconds in ((SAMPLE_POSTING, 0.05), (f"/logos/{SLOW}", 0.07), ("/", 0.0)):
            slept.clear()
            await client.get(path)
            assert sum(slept) == seconds


async def test_requests_are_logged_and_counted(client: httpx.AsyncClient, app: Starlette) -> None:
    for path in (SAMPLE_POSTING, "/jobs/odd/missing", "/logos/larkmoor.example", "/nothing"):
        await client.get(path)
    assert [(seen.kind, seen.path, seen.status) for seen in app.state.log][:2] == [
        ("page", SAMPLE_POSTING, 200),
        ("page", "/jobs/odd/missing", 404),
    ]
    assert app.state.counts == {"page": 2, "logo": 1, "index": 1}


def test_kinds() -> None:
    kinds = {
        "/reddit/r/jobs/search": "search",
        "/reddit/comments/zz": "comments",
        "/reddit/api/v1/access_token": "token",
        "/reddit-rss/search.rss": "search",
        "/hn/api/v1/items/1": "comments",
        "/ashby/posting-api/job-board/x": "page",
        "/news/a.rss": "feed",
    }
    assert {path: kind_of(path) for path in kinds} == kinds


def test_the_settings_load() -> None:
    settings = Settings.load(sample_settings("http://127.0.0.1:8123/"))
    assert settings.reddit_url == "http://127.0.0.1:8123/reddit"
    assert settings.logo_url == "http://127.0.0.1:8123/logos/{domain}"
    assert settings.allow_hosts == ("127.0.0.1:8123",)


def test_importing_is_cheap() -> None:
    code = "import sys, infra.sample_sites.server as app; print(sorted({'PIL','reportlab','httpx','lxml','openai'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- our own code
    assert done.stdout.strip() == "[]"
