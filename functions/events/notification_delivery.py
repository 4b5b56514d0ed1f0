"""One try of a notification, and what becomes of it.

Whoever makes it first moves on the time at which the notification is due, on condition that nobody else has: so one try is made at
a time, and one whose process dies is made again. Every try carries the same `webhook-id`: a receiver knows by it what it has had.
"""

from __future__ import annotations

import contextlib
import json
import random
from datetime import UTC, datetime

from pydantic import ValidationError
from structlog.stdlib import get_logger

from functions.events.job_notifications import COLLECTION, MAIL, Wanted, by_mail, mail_of
from functions.events.smtp_mail import message_of, send_mail
from shared import error_codes, standard_webhooks
from shared.engine.limits.rate_limit_headers import parse_rate_limit_headers
from shared.engine.store import paths
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update
from shared.text.redaction import origin_of, without_parts_of

log = get_logger()

PATIENCE = 3 * 86400.0
"""Seconds for which a receiver that does not take a notification is asked again."""
FIRST, FACTOR, LONGEST = 60.0, 4.0, 6 * 3600.0
"""Seconds until the second try, how much longer each further one waits, and the longest wait."""
SPREAD = 0.2
"""Share by which waits differ: those that failed together do not come back together."""
NOT_DUE = "not due"
GONE = 410


async def send(body: bytes, ports: Ports) -> str:
    """One delivery of the task that sends a notification. Answers as `deliver`.

    Raises:
        Permanent: no such body (`poison`).
        Transient: the store did not answer.
    """
    try:
        wanted = Wanted.model_validate_json(body)
    except ValidationError as error:
        raise Permanent("not a notification to send", code="poison") from error
    return await deliver(wanted.notification, ports)


async def deliver(name: str, ports: Ports) -> str:
    """Make a try, if one is due. Answers the notification's state, or `not due`.

    Raises:
        Transient: the store did not answer.
    """
    now, path = ports.clock.now(), f"{COLLECTION}/{name}"
    mail = name.endswith(MAIL)
    found = await ports.documents.get(path)
    if found is None or found.data["due_at"] is None or found.data["due_at"] > now:
        return NOT_DUE
    url = _receiver(found, ports)
    closed = paths.closed_webhook(url, ports.settings.notify_secret)
    refused = await ports.documents.get(closed)
    if not (url or by_mail(ports)) or (mail and not by_mail(ports)):
        return NOT_DUE
    tries = found.data["tries"] + 1
    due_at = now + min(LONGEST, FIRST * FACTOR ** (tries - 1)) * random.uniform(1 - SPREAD, 1 + SPREAD)
    try:
        taken = await ports.documents.commit(Update(path, {"tries": tries, "due_at": due_at}, version=found.version))
    except Conflict:
        return NOT_DUE  # somebody else makes this try
    if mail:
        outcome = await _try_mail(found, due_at, ports)
    elif refused or not url:  # where only mail is wanted, those before it would stand in its way
        outcome = _given_up("its receiver wants nothing any more" if refused else "no address is set")
    else:
        outcome = await _try(found, due_at, ports)
    if outcome.get("status") == GONE:
        await _close(closed, url, ports)
    with contextlib.suppress(Conflict):  # it took so long that somebody else has tried again
        await ports.documents.commit(Update(path, outcome, version=taken.version))
    say = log.info if outcome["state"] == "sent" else log.warning
    say("notification", id=name, state=outcome["state"], tries=tries, reason=outcome["reason"])
    return str(outcome["state"])


def _receiver(found: Document | None, ports: Ports) -> str:
    """The job's own receiver, else that of the settings."""
    return str((found.data.get("url") if found else None) or ports.settings.notify_url)


async def _try(found: Document, due_at: float, ports: Ports) -> Data:
    """Send it. Answers the fields that change; `due_at` is when it is tried again."""
    secret, body = ports.settings.notify_secret, json.dumps(found.data["message"], sort_keys=True).encode()
    status, wait = None, 0.0
    try:
        page = await standard_webhooks.post(
            ports.web, _receiver(found, ports), secret, found.data["message_id"], body, now=ports.clock.now(),
            trusted=not found.data.get("url"),
        )  # fmt: skip
    except HeadraceError as error:
        reason = without_parts_of(error.message, _receiver(found, ports))
    else:
        status, reason = page.status, f"it answered {page.status}"
        wait = parse_rate_limit_headers(page.headers, ports.clock.now()).retry_after or 0.0
        if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            return {"state": "sent", "status": status, "sent_at": ports.clock.now(), "due_at": None, "reason": None}
        if status == GONE:
            return {**_given_up(reason), "status": status}
    return {**_later(found, max(due_at, ports.clock.now() + wait), reason), "status": status}


async def _try_mail(found: Document, due_at: float, ports: Ports) -> Data:
    """The same by mail."""
    settings = ports.settings
    subject, text = mail_of(found.data["message"], settings.url)
    try:
        mail = message_of(settings.mail_from, settings.notify_email, subject, text, found.data["message_id"])
        mail["Date"] = datetime.fromtimestamp(found.data["created_at"], UTC)
        await send_mail(settings.smtp_url, mail)
    except HeadraceError as error:
        refused = error.code == error_codes.MAIL_REFUSED
        return _given_up(error.message) if refused else _later(found, due_at, error.message)
    return {"state": "sent", "sent_at": ports.clock.now(), "due_at": None, "reason": None}


def _later(found: Document, due_at: float, reason: str) -> Data:
    if due_at > found.data["created_at"] + PATIENCE:
        return _given_up(f"nobody took it in {PATIENCE / 86400:.0f} days: {reason}")
    return {"state": "unsent", "due_at": due_at, "reason": reason}


def _given_up(reason: str) -> Data:
    return {"state": "given_up", "due_at": None, "reason": reason}


async def _close(path: str, url: str, ports: Ports) -> None:
    """The receiver said that it is gone for good: nothing more is sent there."""
    log.error("webhook_closed", url=origin_of(url), advice="Set HEADRACE_NOTIFY_URL or its key anew to send again.")
    with contextlib.suppress(Conflict):
        await ports.documents.commit(Create(path, {"closed_at": ports.clock.now()}))
