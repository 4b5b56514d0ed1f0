"""Plain-text mail over SMTP, by the address in HEADRACE_SMTP_URL: `smtps://user:password@host:465` or `smtp://host:587`.

`smtp` goes over to TLS where the server offers it; a password is never sent without, but to this machine.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import SplitResult, unquote, urlsplit

from shared.errors import BadInput, HeadraceError, Permanent, Transient

TIMEOUT = 20.0
PORTS = {"smtp": 587, "smtps": 465}
LOCAL = ("localhost", "127.0.0.1", "::1")
REFUSED = 500
"""SMTP's answers from here on: this message will not be taken, however often it is sent."""


def message_of(sender: str, to: Sequence[str], subject: str, text: str, message_id: str) -> EmailMessage:
    """A message. The same `message_id` at every try: a server or a reader knows by it what it has had.

    Raises:
        BadInput: an address or the subject has a line's end in it (`bad_setting`).
    """
    made = EmailMessage(policy=SMTP)
    try:
        made["From"], made["To"], made["Subject"] = sender, ", ".join(to), subject
        made["Message-ID"] = f"<{message_id}@headrace>"
        made["Auto-Submitted"] = "auto-generated"
    except ValueError as error:
        raise BadInput(f"no mail can be made of that: {error}", code="bad_setting") from error
    made.set_content(text)
    return made


async def send_mail(url: str, message: EmailMessage) -> None:
    """Hand it to the server.

    Raises:
        BadInput: `url` is no address of a mail server, or would have a password sent in the clear (`bad_setting`).
        Permanent: the server will never take it (`mail_refused`).
        Transient: it did not this time (`mail_failed`).
    """
    server = _server(url)
    try:
        await asyncio.to_thread(_send, server, message)
    except smtplib.SMTPRecipientsRefused as error:
        raise _verdict(max(code for code, _ in error.recipients.values()), "no recipient") from error
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, "the message") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Transient(f"the mail server cannot be used: {type(error).__name__}", code="mail_failed") from error


def _server(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BadInput(
            "HEADRACE_SMTP_URL is no mail server's address", code="bad_setting", advice="smtps://user:password@host:465"
        )
    return parts


def _send(server: SplitResult, message: EmailMessage) -> None:
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    trusted = ssl.create_default_context()
    secure = server.scheme == "smtps"
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=trusted)
        if secure
        else smtplib.SMTP(host, port, timeout=TIMEOUT) as smtp
    ):
        smtp.ehlo()
        if not secure and smtp.has_extn("starttls"):
            smtp.starttls(context=trusted)
            smtp.ehlo()
            secure = True
        if server.username:
            if not secure and host not in LOCAL:
                raise BadInput(
                    "the mail server offers no TLS: the password stays here", code="bad_setting", advice="Use smtps://."
                )
            smtp.login(unquote(server.username), unquote(server.password or ""))
        smtp.send_message(message)


def _verdict(status: int, what: str) -> HeadraceError:
    said = f"the mail server takes {what} not: {status}"
    return Permanent(said, code="mail_refused") if status >= REFUSED else Transient(said, code="mail_failed")
