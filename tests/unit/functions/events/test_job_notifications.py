"""A job's end told to a receiver on loopback, whatever that does."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from functions import entry
from functions.events import job_notifications, main
from functions.events import notification_delivery as the
from functions.events.notification_delivery import deliver, send
from functions.upkeep import main as upkeep
from functions.upkeep.resend_notifications import notify
from functions.upkeep.schedules import schedules
from shared import standard_webhooks
from shared.errors import Permanent
from shared.ports.documents import Create, Data
from shared.settings import Settings
from tests.support.engine.world import World
from tests.unit.functions.events.told_jobs import ENDED, NAME, SECRET, changes, ends, kept, messages, tasks
from tests.unit.shared.adapters.web.sites import Site


async def test_an_end_is_told_once_signed_and_without_anything_private(told: World, site: Site) -> None:
    for event in ("e1", "e1", "e2"):  # delivered again, and told of twice
        await ends(told, event=event)
    assert await tasks(told) == ["sent"]
    (request,) = site.requests
    assert request.line == "POST /hook HTTP/1.1"
    assert standard_webhooks.verify(SECRET, request.headers, request.body, now=told.clock.now()) == NAME
    assert messages(site) == [{
        "type": "job.succeeded", "timestamp": "2027-01-15T08:00:00+00:00",
        "data": {"id": "j1", "run": 1, "pipeline": "toy", "status": "succeeded", "finished_at": "2027-01-15T08:00:00+00:00",
                 "error": None, "links": {"self": "/api/v1/jobs/j1", "result": "/api/v1/jobs/j1/result"}},
    }]  # fmt: skip
    assert b"private" not in request.body
    assert b"somebody" not in request.body
    data = await kept(told)
    assert (data["state"], data["status"], data["tries"], data["due_at"]) == ("sent", 204, 1, None)
    assert data["sent_at"] == told.clock.now()
    assert await deliver(NAME, told.ports) == "not due"
    assert await notify(told.ports) == {}
    await ends(told, event="e3", run=2)
    assert await tasks(told) == ["sent"]
    assert [request.headers[standard_webhooks.ID] for request in site.requests] == [NAME, "j1-2"]


async def test_a_dead_trigger_is_made_up_for(told: World, site: Site) -> None:
    """It died between writing the message down and the task: the schedule finds it, and the event comes again."""
    await ends(told)
    taken = await told.queue.take(job_notifications.LANE, 100)
    await told.queue.end([task.name for task in taken])
    assert await notify(told.ports) == {"sent": 1}
    assert len(site.requests) == 1


class Together:
    """Documents whose readers of many wait for each other: both have read before one writes."""

    def __init__(self, documents: Any) -> None:
        self._documents, self._both = documents, asyncio.Barrier(2)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    async def get_many(self, paths: list[str]) -> Any:
        found = await self._documents.get_many(paths)
        await self._both.wait()
        return found


async def test_two_at_a_time_make_one_try(told: World, site: Site) -> None:
    await ends(told)
    ports = told.with_ports(documents=Together(told.ports.documents))
    said = await asyncio.gather(deliver(NAME, ports), deliver(NAME, ports))
    assert sorted(said) == ["not due", "sent"]
    assert len(site.requests) == 1


async def test_a_try_that_died_is_made_again_with_the_same_id(told: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: Any, **__: Any) -> None:
        raise asyncio.CancelledError

    await ends(told)
    with monkeypatch.context() as patched:
        patched.setattr(the, "_try", dies)
        with pytest.raises(asyncio.CancelledError):
            await tasks(told)
    assert await notify(told.ports) == {}
    told.clock.time += 100
    assert await notify(told.ports) == {"sent": 1}
    assert [request.headers[standard_webhooks.ID] for request in site.requests] == [NAME]


async def test_without_an_address_nothing_is_queued_or_read(world: World) -> None:
    await ends(world)
    assert await world.queue.take(job_notifications.LANE, 100) == []
    assert await notify(world.ports) == {}
    assert await deliver(NAME, world.ports) == "not due"
    assert (await kept(world))["state"] == "unsent"


async def test_many_due_ones_are_tried_side_by_side(told: World, site: Site) -> None:
    now = told.clock.now()
    for n in range(30):
        fields = {"message_id": f"m{n}", "message": {"n": n}, "state": "unsent", "tries": 0, "due_at": now - n, "created_at": now}
        await told.ports.documents.commit(Create(f"notifications/m{n}", fields))
    later = {"message_id": "later", "message": {}, "state": "unsent", "tries": 1, "due_at": now + 1, "created_at": now}
    await told.ports.documents.commit(Create("notifications/later", later))
    assert await notify(told.ports) == {"sent": 30}
    assert {request.headers[standard_webhooks.ID] for request in site.requests} == {f"m{n}" for n in range(30)}


async def test_the_deployed_functions(told: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "ports", lambda: told.ports)
    routes = [
        Route(f"/{function.__name__}", function, methods=["POST"]) for function in (main.events_notify, upkeep.upkeep_notify)
    ]
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(Starlette(routes=routes)), base_url="http://localhost"
    ) as client:
        bad = await client.post("/events_notify", content=b"{}")
        assert (bad.status_code, bad.json()) == (200, {"said": "not a notification to send"})
        assert await told.ports.documents.count("dead_letters") == 1
        await ends(told)
        assert (await client.post("/events_notify", json={"notification": NAME})).json() == {"notification": "sent"}
        await ends(told, event="e2", run=2)
        assert (await client.post("/upkeep_notify")).json() == {"sent": 1}
    with pytest.raises(Permanent):
        await send(b"[]", told.ports)
    assert schedules()["upkeep_notify"].cron == "* * * * *"


async def test_a_pause_is_told_each_time_with_why_and_how_to_go_on(told: World, site: Site) -> None:
    running = {**ENDED, "status": "running", "finished_at": None}
    paused = {
        **running,
        "status": "paused",
        "paused": {"code": "budget_reached", "message": "All is spent.", "advice": "Raise it."},
    }
    assert await changes(told, "p1", running, paused) == "done"
    assert await changes(told, "p2", paused, {**paused, "look_at": 1}) == "nothing"
    assert await changes(told, "p3", {**running, "resumes": 1}, {**paused, "resumes": 1}) == "done"
    assert await tasks(told) == ["sent", "sent"]
    assert [request.headers[standard_webhooks.ID] for request in site.requests] == ["j1-1-paused-0", "j1-1-paused-1"]
    assert messages(site)[0]["type"] == "job.paused"
    assert messages(site)[0]["data"]["paused"]["code"] == "budget_reached"
    assert messages(site)[0]["data"]["links"]["resume"] == "/api/v1/jobs/j1/resume"


async def test_all_that_was_told_of_a_job_is_found_to_be_deleted(world: World) -> None:
    world.ports = world.with_ports(settings=Settings(notify_url="https://example.com/hook"))
    own: Data = {**ENDED, "resumes": 1, "options": {"callback_url": "https://example.org/own"}}
    paused = {**own, "status": "paused", "paused": None}
    for resumes in (0, 1):
        at = {"resumes": resumes}
        await changes(world, f"p{resumes}", {**own, "status": "running", **at}, {**paused, **at})
    await changes(world, "e1", {**own, "status": "running"}, own)
    there = {found.path for found in await world.ports.documents.query("notifications")}
    assert len(there) == 6
    assert there <= set(job_notifications.paths_of("j1", own))  # type: ignore[arg-type]
