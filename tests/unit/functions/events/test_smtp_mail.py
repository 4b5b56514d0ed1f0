"""A job's end told by mail, beside the webhook or alone, whatever the mail server does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from functions.events import job_notifications
from functions.events.document_triggers import triggers
from functions.events.notification_delivery import PATIENCE, deliver, send
from functions.events.smtp_mail import message_of, send_mail
from functions.upkeep.resend_notifications import notify
from shared.engine.trigger import document_events
from shared.engine.trigger.document_events import Change
from shared.errors import BadInput, Permanent, Transient
from shared.ports.documents import Data
from shared.settings import Settings
from tests.support.engine.world import World
from tests.support.mail_server import MailServer

ENDED = {"run": 1, "pipeline": "toy", "owner": "somebody", "status": "partial", "finished_at": 1_800_000_000.0, "options": {},
         "error": {"code": "chunks_failed", "message": "2 chunks have no answer", "advice": "Retry."},
         "input": {"text": "private"}, "result": {"text": "private"}}  # fmt: skip
NAME = "j1-1-mail"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    made = MailServer()
    yield made
    await made.stop()


@pytest.fixture
async def told(world: World, server: MailServer) -> World:
    address = (await server.start()).replace("//", "//me:p%40ss@")
    settings = Settings(
        notify_email=("ada@example.com", "bob@example.com"),
        smtp_url=address,
        mail_from="jobs@example.com",
        url="https://h.example",
    )
    world.ports = world.with_ports(settings=settings)
    return world


async def ends(world: World, event: str = "e1") -> None:
    change = Change(event, "jobs/j1", {**ENDED, "status": "running"}, ENDED, 1)
    await document_events.handle_change("events_job_ended", triggers()["events_job_ended"], change, world.ports)


async def tasks(world: World) -> list[str]:
    taken = await world.queue.take(job_notifications.LANE, 100)
    said = [await send(task.body.encode(), world.ports) for task in taken]
    await world.queue.end([task.name for task in taken])
    return said


async def kept(world: World, name: str = NAME) -> Data:
    found = await world.ports.documents.get(f"notifications/{name}")
    assert found is not None
    return found.data


async def test_an_end_is_mailed_once_to_all_without_anything_private(told: World, server: MailServer) -> None:
    for event in ("e1", "e1", "e2"):
        await ends(told, event)
    assert await tasks(told) == ["sent"]
    (mail,) = server.mails
    assert (mail["Subject"], mail["From"], mail["To"]) == (
        "toy: partial (j1)",
        "jobs@example.com",
        "ada@example.com, bob@example.com",
    )
    assert mail["Message-ID"] == f"<{NAME}@headrace>"
    text = mail.get_content()
    assert "2 chunks have no answer" in text
    assert "https://h.example/api/v1/jobs/j1/result" in text
    assert "https://h.example/#/job/j1" in text
    assert "at 2027-01-15 08:00 UTC" in text
    assert mail["Date"] is not None
    assert "private" not in text
    assert "somebody" not in text
    assert await told.ports.documents.get("notifications/j1-1") is None
    assert await notify(told.ports) == {}


async def test_a_server_that_is_busy_gets_it_later_with_the_same_id(told: World, server: MailServer) -> None:
    server.refuses["DATA"] = "451 later"
    await ends(told)
    assert await tasks(told) == ["unsent"]
    del server.refuses["DATA"]
    told.clock.time += 100
    assert await notify(told.ports) == {"sent": 1}
    assert [mail["Message-ID"] for mail in server.mails] == [f"<{NAME}@headrace>"]


async def test_a_server_that_never_takes_it_is_not_asked_again(told: World, server: MailServer) -> None:
    server.refuses["RCPT"] = "550 no such user"
    await ends(told)
    assert await tasks(told) == ["given_up"]
    assert (await kept(told))["reason"] == "the mail server takes no recipient not: 550"


async def test_a_server_that_is_away_for_days_is_given_up(told: World, server: MailServer) -> None:
    server.refuses["EHLO"] = server.refuses["HELO"] = "421 away"
    await ends(told)
    assert await tasks(told) == ["unsent"]
    told.clock.time += PATIENCE + 1
    assert await deliver(NAME, told.ports) == "given_up"


async def test_the_password_goes_out_over_tls_or_on_this_machine_alone(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await server.start()
    mail = message_of("a@example.com", ["b@example.com"], "s", "t", "1")
    await send_mail(address.replace("//", "//me:p%40ss@"), mail)
    assert any(line.startswith("AUTH PLAIN") for line in server.heard)
    monkeypatch.setattr("functions.events.smtp_mail.LOCAL", ())
    with pytest.raises(BadInput, match="offers no TLS"):
        await send_mail(address.replace("//", "//me:secret@"), mail)
    assert len(server.mails) == 1


@pytest.mark.parametrize("url", ["", "http://mail", "smtp://", "smtp://h:99999", "nonsense"])
async def test_what_is_no_mail_servers_address_is_said_so(url: str) -> None:
    with pytest.raises(BadInput, match="HEADRACE_SMTP_URL"):
        await send_mail(url, message_of("a@example.com", ["b@example.com"], "s", "t", "1"))


async def test_nobody_there_passes_and_a_line_break_in_an_address_does_not() -> None:
    with pytest.raises(Transient):
        await send_mail("smtp://127.0.0.1:1", message_of("a@example.com", ["b@example.com"], "s", "t", "1"))
    with pytest.raises(Permanent):
        message_of("a@example.com\r\nBcc: x@example.com", ["b@example.com"], "s", "t", "1")
