"""Receivers of what is told of jobs: down, gone, slow, elsewhere, a job's own."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import CapturingLogger

from functions.events import notification_delivery as the
from functions.events.notification_delivery import PATIENCE
from functions.upkeep.resend_notifications import notify
from shared import standard_webhooks
from shared.adapters.web.guarded_client import GuardedWeb
from shared.settings import Settings
from tests.support.engine.world import World
from tests.unit.functions.events.told_jobs import ENDED, NAME, SECRET, changes, ends, kept, tasks
from tests.unit.shared.adapters.web.conftest import NO_TLS
from tests.unit.shared.adapters.web.sites import Request, Site, http, redirect


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


async def test_a_key_that_is_none_is_the_reason_and_nothing_is_sent(told: World, site: Site) -> None:
    told.ports = told.with_ports(settings=Settings(notify_url=site.url("/hook"), notify_secret="a word"))
    await ends(told)
    assert await tasks(told) == ["unsent"]
    assert "whsec_" in (await kept(told))["reason"]
    assert site.requests == []


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
