"""The first pipeline over real HTTP: local cloud, sample sites and offline model on loopback."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from starlette.types import Receive, Scope, Send

from infra.local.dispatcher import Dispatcher
from shared.adapters.embedded.tasks import SqliteTasks
from tests.bench import killed
from tests.bench.guides import inputs
from tests.flow.harness import POSTING, SAME_ROLE, Client, Outside, outside, running
from tests.support.waiting import PATIENCE, until_true


@pytest.fixture
async def client(world: Outside, tmp_path: Path) -> AsyncIterator[Client]:
    async with running(world, tmp_path) as (made, _):
        yield made


def text_of(pdf: bytes) -> tuple[int, str]:
    """Pages and words; line breaks are the layout's."""
    reader = PdfReader(io.BytesIO(pdf))
    return len(reader.pages), " ".join(" ".join(page.extract_text() for page in reader.pages).split())


async def test_a_posting_becomes_a_cited_guide_within_its_budget_of_calls(world: Outside, client: Client) -> None:
    job = await client.run({"job_posting_url": world.base + POSTING})
    assert (job["status"], job["error"]) == ("succeeded", None)
    calls = world.calls()
    assert calls["search"] <= 12
    assert calls["comments"] <= 15
    assert sum(calls.get(kind, 0) for kind in ("page", "own", "search", "comments", "logo", "token")) <= 27
    pages, text = text_of(await client.pdf(job["id"]))
    assert 7 <= pages <= 8
    assert job["result"]["pages"] == pages
    assert "Larkmoor" in text
    assert "inferred from the posting" in text
    assert "offline" in text
    for source in job["result"]["sources"]:
        assert f"[{source['ref']}]" in text or source["ref"] in text
    assert job["progress"]["percent"] == 100
    assert sum(row["share"] for row in job["critical_path"]) == pytest.approx(1, abs=0.01)


async def test_the_same_request_costs_nothing_the_second_time(world: Outside, client: Client) -> None:
    first = await client.run({"job_posting_url": world.base + POSTING})
    before = world.calls()
    second = await client.run({"job_posting_url": world.base + POSTING})
    assert world.calls() == before
    assert _without_owner(second["result"]) == _without_owner(first["result"])  # byte for byte: the name says the hash
    assert second["cost"]["calls"] == 0


def _without_owner(result: dict[str, Any]) -> dict[str, Any]:
    """A guide's fields, its files by their hashes alone: each job has files of its own, so that they can be deleted with it."""
    return {
        **result,
        "pdf": result["pdf"].rsplit("/", 1)[1],
        "files": {ending: name.rsplit("/", 1)[1] for ending, name in result["files"].items()},
    }


async def test_the_same_role_elsewhere_reuses_forum_and_insights(world: Outside, client: Client) -> None:
    await client.run({"job_posting_url": world.base + POSTING})
    before = world.calls()
    job = await client.run({"job_posting_url": world.base + SAME_ROLE})
    after = world.calls()
    assert (after["search"], after["comments"]) == (before["search"], before["comments"])
    insights = next(stage for stage in job["stages"] if stage["name"] == "extract_insights")
    assert insights["cached"] == insights["done"] > 0


@pytest.mark.fault(23)
async def test_a_company_nobody_reports_on_gets_a_shorter_honest_guide(world: Outside, client: Client) -> None:
    job = await client.run({"job_posting_url": f"{world.base}/jobs/greek/michanikos-logismikou"})
    assert job["status"] == "succeeded", job["error"]
    pages, text = text_of(await client.pdf(job["id"]))
    assert pages < 7
    assert "δεν βρέθηκαν αναφορές" in text.lower()  # the guide is in its posting's language
    assert job["result"]["posts_used"] == 0


async def test_without_reddit_the_next_sources_are_asked(world: Outside, tmp_path: Path) -> None:
    async with running(world, tmp_path, REDDIT_CLIENT_ID="") as (client, _):
        job = await client.run({"job_posting_url": world.base + POSTING})
    assert job["status"] == "succeeded"
    assert world.calls().get("token", 0) == 0
    assert job["result"]["posts_used"] > 0


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("closed", "posting_closed"),
        ("listing", "posting_is_listing"),
        ("missing", "posting_not_found"),
        ("posting.pdf", "page_is_pdf"),
    ],
)
async def test_what_is_no_open_posting_is_said(world: Outside, client: Client, page: str, code: str) -> None:
    job = await client.run({"job_posting_url": f"{world.base}/jobs/odd/{page}"})
    assert (job["status"], job["error"]["code"]) == ("failed", code)
    assert job["error"]["advice"]
    assert world.calls().get("search", 0) == 0


@pytest.mark.fault(1)
async def test_every_task_delivered_twice_changes_nothing(
    world: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Dispatcher._post

    async def twice(self: Dispatcher, *args: Any) -> int | None:
        answers = await asyncio.gather(once(self, *args), once(self, *args))
        return None if None in answers else min(answer for answer in answers if answer is not None)

    monkeypatch.setattr(Dispatcher, "_post", twice)
    async with running(world, tmp_path) as (client, _):
        job = await client.run({"job_posting_url": world.base + POSTING})
    assert job["status"] == "succeeded"
    asked = [call for call in world.site.asked + world.model.asked if "access_token" not in call]
    assert len(asked) == len(set(asked))


@pytest.mark.fault(30)
async def test_cancel_stops_the_spending(world: Outside, tmp_path: Path) -> None:
    asked, go_on, sites = asyncio.Event(), asyncio.Event(), world.site.app

    async def held_up(scope: Scope, receive: Receive, send: Send) -> None:
        asked.set()
        await go_on.wait()
        await sites(scope, receive, send)

    world.site.app = held_up
    async with running(world, tmp_path) as (client, cloud):
        job = await client.start({"job_posting_url": world.base + POSTING})
        await asyncio.wait_for(asked.wait(), PATIENCE)  # the page is being read
        await client.http.post(f"/api/v1/jobs/{job}/cancel")
        assert (await client.job(job))["status"] == "cancelled"
        go_on.set()
        queue = cast("SqliteTasks", cloud.ports.tasks)
        await until_true(lambda: not queue.depth())
        assert world.calls()["model"] == 0
        assert world.calls().get("search", 0) == 0


async def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    async with outside(killed.LATENCY, model_latency=0.4) as world:
        ended = await killed.one_round(world, tmp_path, [0.9, 0.8])
    assert ended.status == "succeeded"
    assert ended.repeats <= ended.running


async def test_bad_input_gets_clear_errors() -> None:
    assert all(row.holds for row in await inputs.bad_input())


@pytest.mark.skipif(not inputs.DATA.exists(), reason="the real samples are not here")
async def test_real_pages_give_a_guide_or_a_clear_reason() -> None:
    assert all(row.holds for row in await inputs.real_pages())
