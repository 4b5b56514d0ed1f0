"""Documents change in a running local cloud, and the triggered functions hear of it as Eventarc would tell them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from functions import pipelines
from functions.events.start_job import Start
from infra.local.change_events import ChangeEventSender
from infra.local.function_mounts import PREFIX
from infra.local.local_cloud import LocalCloud, local_cloud
from infra.local.uvicorn_server import serve
from shared import eventarc, standard_webhooks
from shared.adapters.embedded.change_feed import SqliteChanges
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.trigger.document_events import Change, Trigger
from shared.ports import Ports
from shared.ports.documents import Create, Delete, Document, Update
from shared.settings import Settings
from tests.support.stopped_clock import StoppedClock
from tests.support.waiting import PATIENCE, until

NOOP = "tests.pipelines.noop"


def settings(data: Path, workers: int = 1) -> Settings:
    return replace(
        Settings.load({}),
        data=data,
        pipelines=(NOOP,),
        openai_api_key="none",
        openai_base_url="http://127.0.0.1:9",
        workers=workers,
    )


async def run_noop(ports: Ports) -> str:
    job = (await lifecycle.create(pipelines()["noop"], {"size": 3}, lifecycle.Options(), ports)).job
    return job.id


async def notified(ports: Ports, job: str) -> Document | None:
    return await ports.documents.get(paths.notification(job, 1))


@pytest.fixture
async def cloud(tmp_path: Path) -> AsyncIterator[LocalCloud]:
    async with local_cloud(settings(tmp_path)) as cloud:
        yield cloud


async def test_a_finished_job_is_told_to_a_receiver_that_can_check_it(tmp_path: Path) -> None:
    secret, told = "whsec_" + "QUJD" * 8, list[tuple[dict[str, str], bytes]]()

    async def hook(request: Request) -> Response:
        told.append((dict(request.headers), await request.body()))
        return PlainTextResponse("thanks", 202)

    async with serve(Starlette(routes=[Route("/hook", hook, methods=["POST"])])) as receiver:
        given = replace(settings(tmp_path), notify_url=f"{receiver}/hook", notify_secret=secret)
        async with local_cloud(given) as cloud:
            job = await run_noop(cloud.ports)

            async def sent() -> bool:
                found = await notified(cloud.ports, job)
                return found is not None and found.data["state"] == "sent"

            await until(sent)
    ((headers, body),) = told
    assert standard_webhooks.verify(secret, headers, body, now=time.time()) == f"{job}-1"
    assert json.loads(body)["data"]["links"]["result"] == f"/api/v1/jobs/{job}/result"


async def test_a_finished_job_is_notified_and_an_edited_profile_drops_its_context(cloud: LocalCloud) -> None:
    documents = cloud.ports.documents
    job = await run_noop(cloud.ports)
    found = await until(lambda: notified(cloud.ports, job))
    assert found.data["message"]["type"] == "job.succeeded"

    context = paths.context("profile", "k1")
    for write in (Create("profiles/k1", {"name": "a"}), Update("profiles/k1", {"name": "b"}), Delete("profiles/k1")):
        await documents.commit(Create(context, {"text": "old"}))
        await documents.commit(write)
        await until(lambda: _gone(cloud, context))
    await until(lambda: _quiet(cloud))


async def _gone(cloud: LocalCloud, path: str) -> bool:
    return await cloud.ports.documents.get(path) is None


async def _quiet(cloud: LocalCloud) -> bool:
    """Whether everything that happened was told: nothing goes round in circles."""
    return not cloud.ports.documents.changes.due(1e12, 10)  # type: ignore[attr-defined] # no part of the port


async def test_a_job_in_worker_processes_is_notified_too(tmp_path: Path) -> None:
    async with local_cloud(settings(tmp_path, workers=2)) as cloud:
        job = await run_noop(cloud.ports)
        assert (await until(lambda: notified(cloud.ports, job))).data["message"]["data"]["id"] == job


async def test_what_was_committed_before_a_cloud_died_is_told_by_the_next(tmp_path: Path) -> None:
    async with local_cloud(settings(tmp_path)):
        pass
    database = Database(tmp_path / "headrace.db")  # as a process would that was killed right after its commit
    context = paths.context("agent", "a")
    await SqliteDocuments(database).commit(Create(context, {"text": "old"}), Create("agents/a", {"name": "new"}))
    database.close()
    async with local_cloud(settings(tmp_path)) as cloud:
        await until(lambda: _gone(cloud, context))


async def test_a_change_starts_a_job_by_way_of_its_task(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("functions.events.start_job.SKEW", 0.0)
    then = Start("noop", lambda change: {"size": (change.after or {})["size"]}, same=lambda change: change.name, window=0.5)
    now = replace(cloud.ports, clock=StoppedClock(datetime.now(UTC)))  # the three fall into one window, however long they take
    for number in range(3):
        await then(Change(f"//store {number}", "users/u", None, {"size": 4}, number), now)

    async def ended() -> list[Document]:
        return [job for job in await cloud.ports.documents.query("jobs") if job.data["status"] == "succeeded"]

    (found,) = await until(ended)
    assert found.data["result"] == {"members": 4, "sum": 6}


@pytest.mark.fault(33)
async def test_what_is_no_event_is_kept_as_a_dead_letter(cloud: LocalCloud) -> None:
    headers, body = eventarc.write(Change("1", "jobs/j", None, {}, 10**18), project="p")
    async with httpx2.AsyncClient(base_url=f"{cloud.url}{PREFIX}", trust_env=False, timeout=PATIENCE) as http:
        for broken in (b"\xff\xff", b"", b'{"value": {}}'):
            answer = await http.post("/events_job_ended/", headers=headers, content=broken)
            assert answer.status_code == 200
        assert (await http.post("/events_job_ended/", content=body)).status_code == 200  # no CloudEvent at all
        assert (await http.post("/events_start_job/", json={"no": "job"})).status_code == 200
    letters = await cloud.ports.documents.query("dead_letters")
    assert sorted(letter.data["function"] for letter in letters) == ["events_job_ended"] * 4 + ["events_start_job"]
    assert {letter.data["code"] for letter in letters} == {"poison"}


@pytest.mark.fault(33)
async def test_a_change_is_told_again_until_somebody_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody there, refused, taken and the teller killed before it knew, taken."""
    monkeypatch.setattr("infra.local.change_events.LEAST_BACKOFF", 0.05)
    heard: list[tuple[str, bool]] = []
    answers = iter([503, 503])

    async def hear(request: Request) -> Response:
        heard.append((request.headers["ce-id"], bool(await request.body())))
        if len(heard) == 3:
            await asyncio.sleep(PATIENCE)  # the effect is there, and no answer comes
        return PlainTextResponse("", next(answers, 200))

    async def nothing(change: Change, ports: Ports) -> None:
        raise AssertionError

    documents = SqliteDocuments(Database(tmp_path / "headrace.db"))
    feed = documents.changes
    await feed.watch(["toys"])
    await documents.commit(Create("toys/t", {}))
    (change,) = feed.due(0, 10)
    triggers = {"hear": Trigger("toys/{id}", nothing)}
    async with telling(feed, triggers, "http://127.0.0.1:9"):
        await until(lambda: _tried(feed, 1))
    async with serve(Starlette(routes=[Route(f"{PREFIX}/hear/", hear, methods=["POST"])])) as url:
        async with telling(feed, triggers, url):
            await until(lambda: _tried(feed, 3))
            await until(lambda: _heard(heard, 3))
        assert feed.due(1e12, 10)
        async with telling(feed, triggers, url):
            await until(lambda: _heard(heard, 4))
            await until(lambda: _tried(feed, None))
    assert heard == [(str(change.number), True)] * 4
    await documents.aclose()


@contextlib.asynccontextmanager
async def telling(feed: SqliteChanges, triggers: dict[str, Trigger], url: str) -> AsyncIterator[None]:
    task = asyncio.create_task(ChangeEventSender(feed, triggers, url).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _tried(feed: SqliteChanges, times: int | None) -> bool:
    """Whether its one change was tried so often, or is no longer there."""
    return [change.attempts for change in feed.due(1e12, 10)] == ([] if times is None else [times])


async def _heard(heard: list[Any], times: int) -> bool:
    return len(heard) == times
