"""A job that is deleted while it works, is paused or waits for somebody leaves no byte of what it was given, nor of its labels and keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from infra.local import local_cloud
from tests.flow.harness import Client, Outside, running
from tests.flow.test_nothing_left import DELETED, LISTENER, OUTLIVES, RECORDS, SECRET, holding
from tests.security.prepared_cloud import PIPELINES
from tests.support.waiting import PATIENCE, until
from tests.unit.shared.adapters.web.sites import Site, http

pytestmark = pytest.mark.timeout(600)
JOBS: dict[str, dict[str, Any]] = {**DELETED, "asking": {"text": SECRET}}
PLAIN = SECRET.replace(" ", "-")
"""As labels, keys and addresses may have it."""


@pytest.fixture
async def receiver() -> AsyncIterator[Site]:
    """Takes no callback: each stays in the store to be tried again."""
    site = Site({f"/{PLAIN}": http("not now", status=503)})
    await site.start()
    yield site
    await site.stop()


@pytest.mark.parametrize("state", ["running", "paused"])
@pytest.mark.parametrize("pipeline", JOBS)
async def test_nothing_is_left_of_a_job_that_is_deleted_before_its_end(  # noqa: PLR0917 - fixtures
    world: Outside, tmp_path: Path, receiver: Site, pipeline: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_cloud, "FORGET", 1.0)
    allowed = f"{world.environment(tmp_path)['HEADRACE_ALLOW_HOSTS']},{receiver.host}"
    async with running(world, tmp_path, HEADRACE_PIPELINES=PIPELINES, HEADRACE_ALLOW_HOSTS=allowed) as (client, _):
        for path, record in RECORDS.items():
            assert (await client.http.put(f"/api/v1/{path}", json=record)).status_code == 201
        given = {name: value for name, value in JOBS[pipeline].items() if value is not None}
        options = {"labels": {"who": PLAIN}, "key": PLAIN, "callback_url": receiver.url(f"/{PLAIN}")}
        asked = {"pipeline": pipeline, "input": given, "options": options}
        job = str((await client.http.post("/api/v1/jobs", json=asked, headers={"idempotency-key": PLAIN})).json()["id"])
        await until(lambda: _is_under_way(client, job, pipeline))
        if state == "paused":
            await client.http.post(f"/api/v1/jobs/{job}/pause")
        assert holding(tmp_path, SECRET, PLAIN, LISTENER)
        await client.http.post(f"/api/v1/jobs/{job}/cancel")
        await until(lambda: _deleted(client, f"/api/v1/jobs/{job}"))
        if beside := OUTLIVES.get(pipeline):
            await client.http.delete(beside)
        async with asyncio.timeout(PATIENCE):
            while holding(tmp_path, SECRET, PLAIN, LISTENER):
                await asyncio.sleep(0.5)
                await client.http.delete(f"/api/v1/jobs/{job}")  # as the sweep does, for what was under way
    assert holding(tmp_path, SECRET, PLAIN, LISTENER) == []


async def _is_under_way(client: Client, job: str, pipeline: str) -> bool:
    """Some task of it has ended, or, where it asks somebody, that is asked; or it has ended before it was caught."""
    view = await client.job(job)
    if pipeline == "asking":
        return bool((await client.http.get(f"/api/v1/questions?job={job}")).json()["items"])
    return view["finished_at"] is not None or any(stage["done"] for stage in view["stages"])


async def _deleted(client: Client, path: str) -> bool:
    answer = await client.http.delete(path)
    assert answer.status_code in (202, 204, 404, 409), answer.text
    return answer.status_code != 409
