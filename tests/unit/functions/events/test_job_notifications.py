"""A job's end told to a receiver on loopback, whatever that does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from structlog.testing import CapturingLogger

from functions import entry
from functions.events import job_notifications, main
from functions.events import notification_delivery as the
from functions.events.document_triggers import triggers
from functions.events.notification_delivery import PATIENCE, deliver, send
from functions.upkeep import main as upkeep
from functions.upkeep.resend_notifications import notify
from functions.upkeep.schedules import schedules
from shared import standard_webhooks
from shared.adapters.web.guarded_client import GuardedWeb
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change
from shared.errors import Permanent
from shared.ports.documents import Create, Data
from shared.settings import Settings
from tests.support.engine.world import World
from tests.unit.shared.adapters.web.conftest import NO_TLS
from tests.unit.shared.adapters.web.sites import Request, Site, http, redirect

SECRET = "whsec_" + "QUJD" * 10
ENDED = {"run": 1, "pipeline": "toy", "owner": "somebody", "status": "succeeded", "finished_at": 1_800_000_000.0, "error": None, "options": {},
         "input": {"text": "private"}, "result": {"text": "private"}}  # fmt: skip
NAME = "j1-1"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site({"/hook": http(status=204)})
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def told(world: World, site: Site) -> AsyncIterator[World]:
    """A world whose settings name the receiver: on loopback, with no exemption but that."""
    web = GuardedWeb(tls=NO_TLS)
    settings = Settings(notify_url=site.url("/hook"), notify_secret=SECRET)
    world.ports = world.with_ports(web=web, settings=settings)
    yield world
    await web.aclose()


async def ends(world: World, *, event: str = "e1", run: int = 1) -> None:
    """The event of a job's end."""
    after = {**ENDED, "run": run}
    change = Change(event, "jobs/j1", {**after, "status": "running"}, after, 1)
    await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], change, world.ports)


async def tasks(world: World) -> list[str]:
    """What the queued tasks that send are answered."""
    taken = await world.queue.take(job_notifications.LANE, 100)
    assert {task.function for task in taken} <= {job_notifications.FUNCTION}
    said = [await send(task.body.encode(), world.ports) for task in taken]
    await world.queue.end([task.name for task in taken])
    return said


async def kept(world: World, name: str = NAME) -> Data:
    found = await world.ports.documents.get(f"notifications/{name}")
    assert found is not None
    return found.data


def messages(site: Site) -> list[Any]:
    return [json.loads(request.body) for request in site.requests]


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


async def test_a_receiver_that_is_down_is_asked_again_with_the_same_id_until_it_is_up(told: World, site: Site) -> None:
    answers = iter([http(status=500), http(status=429, retry_after=3600), http("created", status=201)])

    async def answer(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(next(answers))

    site.answers["/hook"] = answer
    await ends(told)
    begun = told.clock.now()
    assert await tasks(told) == ["unsent"]
    assert (await kept(told))["reason"] == "it answered 500"
    assert await notify(told.ports) == {}  # not yet
    waits = []
    for _ in range(2):
        due = (await kept(told))["due_at"]
        waits.append(due - told.clock.now())
        told.clock.time = due
        await notify(told.ports)
    data = await kept(told)
    assert (data["state"], data["status"], data["tries"], data["reason"]) == ("sent", 201, 3, None)
    assert 48 <= waits[0] <= 72
    assert waits[1] == pytest.approx(3600, abs=1)
    assert {request.headers[standard_webhooks.ID] for request in site.requests} == {NAME}
    stamps = [int(request.headers[standard_webhooks.TIMESTAMP]) for request in site.requests]
    assert stamps[0] == int(begun) < stamps[1] < stamps[2]
    assert standard_webhooks.verify(SECRET, site.requests[-1].headers, site.requests[-1].body, now=told.clock.now()) == NAME


async def test_nobody_there_for_three_days_is_given_up_with_the_reason(told: World, site: Site) -> None:
    await ends(told)
    await site.stop()
    begun, tries = told.clock.now(), 0
    assert await tasks(told) == ["unsent"]
    while (due := (await kept(told))["due_at"]) is not None:
        told.clock.time = due
        tries += 1
        await notify(told.ports)
    data = await kept(told)
    assert data["state"] == "given_up"
    assert "3 days" in data["reason"]
    assert "could not be read" in data["reason"]
    assert PATIENCE - 8 * 3600 < told.clock.now() - begun <= PATIENCE
    assert 10 < tries < 25
    assert data["tries"] == tries + 1


async def test_gone_closes_the_receiver_until_its_address_or_key_is_another(
    told: World, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged = CapturingLogger()
    monkeypatch.setattr(the, "log", logged)
    site.answers["/hook"] = http(status=410)
    await ends(told)
    assert await tasks(told) == ["given_up"]
    assert [call.args for call in logged.calls if call.method_name == "error"] == [("webhook_closed",)]
    assert (await kept(told))["reason"] == "it answered 410"
    site.answers["/hook"] = http()
    await ends(told, event="e2", run=2)
    assert await tasks(told) == ["given_up"]
    assert len(site.requests) == 1
    told.ports = told.with_ports(settings=Settings(notify_url=site.url("/hook"), notify_secret=SECRET + " " + SECRET))
    await ends(told, event="e3", run=3)
    assert await tasks(told) == ["sent"]


async def test_a_slow_drip_is_cut_off_and_tried_again(told: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
        for byte in http(status=200):
            writer.write(bytes([byte]))
            await asyncio.sleep(0.05)

    monkeypatch.setattr(standard_webhooks, "TIMEOUT", 0.2)
    site.answers["/hook"] = drip
    await ends(told)
    assert await tasks(told) == ["unsent"]
    assert "did not answer in full" in (await kept(told))["reason"]


async def test_a_redirect_is_no_receipt_and_leads_nowhere(told: World, site: Site) -> None:
    site.answers |= {"/hook": redirect("/elsewhere", 307), "/elsewhere": http()}
    await ends(told)
    assert await tasks(told) == ["unsent"]
    assert [request.path for request in site.requests] == ["/hook"]
    assert (await kept(told))["reason"] == "it answered 307"


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


async def test_a_key_that_is_none_is_the_reason_and_nothing_is_sent(told: World, site: Site) -> None:
    told.ports = told.with_ports(settings=Settings(notify_url=site.url("/hook"), notify_secret="a word"))
    await ends(told)
    assert await tasks(told) == ["unsent"]
    assert "whsec_" in (await kept(told))["reason"]
    assert site.requests == []


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


async def changes(world: World, event: str, before: Data, after: Data) -> str:
    change = Change(event, "jobs/j1", before, after, 1)
    return await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], change, world.ports)


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


async def test_a_jobs_own_receiver_is_told_as_well_and_alone_where_no_other_is_set(world: World) -> None:
    site = Site({"/own": http(status=204)})
    await site.start()
    web = GuardedWeb((f"127.0.0.1:{site.port}",), tls=NO_TLS)
    world.ports = world.with_ports(web=web, settings=Settings(notify_secret=SECRET))
    own = {**ENDED, "options": {"callback_url": site.url("/own")}}
    assert await changes(world, "e1", {**own, "status": "running"}, own) == "done"
    assert await tasks(world) == ["sent"]
    (request,) = site.requests
    assert standard_webhooks.verify(SECRET, request.headers, request.body, now=world.clock.now()) == "j1-1-callback"
    assert (await kept(world, "j1-1-callback"))["state"] == "sent"
    await web.aclose()
    await site.stop()


async def test_a_jobs_own_receiver_is_a_strangers_word_and_reaches_nothing_inside(world: World, site: Site) -> None:
    web = GuardedWeb(tls=NO_TLS)
    world.ports = world.with_ports(web=web, settings=Settings(notify_secret=SECRET))
    own = {**ENDED, "options": {"callback_url": site.url("/hook")}}
    await changes(world, "e1", {**own, "status": "running"}, own)
    assert await tasks(world) == ["unsent"]
    assert not site.requests
    await web.aclose()


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
