"""A further pipeline is one folder and one name: all that it registers runs in the local cloud, and nothing else was touched."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from rich.console import Console

from infra.cli.job_input import read_input, the_flow
from infra.cli.output import result_views
from infra.local.function_mounts import PREFIX
from infra.local.local_cloud import LocalCloud, local_cloud
from shared import bootstrap
from shared.engine.store import paths
from shared.ports.documents import Create
from shared.settings import Settings
from tests.support.waiting import PATIENCE, until

NAME = "tests.pipelines.noop"
AN_HOURS_END = 20.0
"""Seconds before the hour in which nothing is begun that has to end within it."""


@pytest.fixture
async def cloud(tmp_path: Path) -> AsyncIterator[LocalCloud]:
    async with local_cloud(Settings(data=tmp_path, pipelines=(NAME,))) as made:
        yield made


@pytest.fixture
async def http(cloud: LocalCloud) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as client:
        yield client


async def put(http: httpx2.AsyncClient, name: str, **fields: Any) -> httpx2.Response:
    return await http.put(f"/api/v1/tallies/{name}", json={"id": name, "size": 4, **fields})


async def jobs(http: httpx2.AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await http.get("/api/v1/jobs", params={"pipeline": "noop", "status": "succeeded"})).json()[
        "items"
    ]
    return items


async def test_its_records_are_brought_in_and_start_a_job_by_its_trigger(cloud: LocalCloud, http: httpx2.AsyncClient) -> None:
    context = paths.context("tally", "ann")
    assert (await put(http, "ann")).status_code == 201
    assert len(await until(lambda: jobs(http))) == 1
    await cloud.ports.documents.commit(Create(context, {"tally": "old"}))
    assert (await put(http, "ann", size=5)).json() == {"id": "ann", "changed": True}
    assert (await put(http, "ann", size=5)).json() == {"id": "ann", "changed": False}
    refused = await put(http, "Ann!")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_body")

    async def dropped() -> bool:
        return await cloud.ports.documents.get(context) is None

    await until(dropped)
    assert len(await jobs(http)) == 1  # an edited one starts none


async def test_its_schedules_are_called_and_start_its_jobs(cloud: LocalCloud, http: httpx2.AsyncClient) -> None:
    async def called() -> Any:  # by the clock: a slot that was missed is made up for at the start
        found = await cloud.ports.documents.get("slots/upkeep_noop_hourly")
        return found is not None and found.data["done"]

    await until(called)
    await put(http, "bob", hourly=True)
    await put(http, "eve")
    await until(lambda: _two(http))
    while time.time() % 3600 > 3600 - AN_HOURS_END:
        await asyncio.sleep(1)
    assert (await http.post(f"{PREFIX}/upkeep_noop_hourly/")).json() == {"noop_hourly": 1}
    assert (await http.post(f"{PREFIX}/upkeep_noop_hourly/")).json() == {"noop_hourly": 0}  # within the hour
    assert (await http.post(f"{PREFIX}/upkeep_noop_count/")).json() == {"tallies": 2}


async def _two(http: httpx2.AsyncClient) -> bool:
    return len(await jobs(http)) == 2


async def test_its_route_answers_by_its_own_statuses_and_is_described(http: httpx2.AsyncClient) -> None:
    await put(http, "ann", size=7)
    assert (await http.get("/api/v1/tallies/ann/size")).json() == {"members": 1, "sum": 7}
    missing = await http.get("/api/v1/tallies/nobody/size")
    assert (missing.status_code, missing.json()["code"]) == (404, "tally_not_found")
    described = (await http.get("/openapi.json")).json()
    assert {"/api/v1/tallies/{id}", "/api/v1/tallies/{id}/size"} <= set(described["paths"])
    assert "tally" in {parameter["name"] for parameter in described["paths"]["/api/v1/posts"]["get"]["parameters"]}
    assert "tally_not_found" in (await http.get("/docs")).text


async def test_its_posts_go_out_its_own_way(cloud: LocalCloud, http: httpx2.AsyncClient) -> None:
    times = {"created_at": 1.0, "updated_at": 1.0}
    for name, pipeline in (("p1", "noop"), ("p2", "gone")):
        record = {"id": name, "pipeline": pipeline, "state": "approved", "text": "t", "agent": "ann", "publish": None, **times}
        await cloud.ports.documents.commit(Create(f"posts/{name}", record))
    found = (await http.get("/api/v1/posts", params={"tally": "ann"})).json()["items"]
    assert {post["id"] for post in found} == {"p1", "p2"}
    assert (await http.get("/api/v1/posts", params={"tally": "bob"})).json()["items"] == []
    assert (await http.post("/api/v1/posts/p1/publish")).json()["state"] == "published"
    stray = await http.post("/api/v1/posts/p2/publish")
    assert (stray.status_code, stray.json()["code"]) == (409, "no_publishing")
    assert (await http.post(f"{PREFIX}/noop_publish/", json={"post": "p1"})).json() == {"post": "p1", "state": "published"}


def test_the_command_line_reads_its_input_and_shows_its_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "settings", lambda: Settings(pipelines=(NAME,)))
    file = tmp_path / "sizes.json"
    file.write_text(json.dumps([1, 2, 3]))
    assert read_input(the_flow("noop"), None, ["size=2", f"sizes={file}"]) == {"size": 2, "sizes": {"sum": 6}}
    screen = Console(width=80, record=True, force_terminal=False)
    result_views.show("noop", {"members": 3, "sum": 6}, screen)
    shown = [line.rstrip() for line in screen.export_text().splitlines()]
    assert shown == [
        "",
        "noop · all of it",
        "  first",
        "  second",
        "  what   members     paid  took  of all",
        "  tasks        3  $0.5000  1.25   37.5%",
        "  all          6",
        "",
        "a note",
        "  look here",
    ]
