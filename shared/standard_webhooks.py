"""Messages to somebody's server, signed as Standard Webhooks says, and the same signatures checked.

A message keeps its id at every try; its timestamp is the try's. Signed is `{id}.{timestamp}.{body}` with HMAC-SHA256.
Source: https://www.standardwebhooks.com, the specification's version 1.0.0.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping

from shared.errors import BadInput, Permanent
from shared.ports.web import Page, Web

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX, SCHEME = "whsec_", "v1"
STAMP = re.compile(r"[0-9]{1,12}")
LEAST_SECRET = 24
"""Bytes."""
TOLERANCE = 300.0
"""Seconds by which a message's timestamp may be off: an older one may be somebody's recording."""
TIMEOUT = 10.0
MOST_ANSWER = 64 * 1024
"""Bytes of an answer: its status is what counts."""


def signature_headers(secret: str, message_id: str, at: float, body: bytes) -> dict[str, str]:
    """The headers of a message that is sent `at` (POSIX seconds).

    `secret` is a setting's value: `whsec_` and base64, or several of them, separated by commas or spaces, while they are
    changed: each signs. None: the message goes unsigned.

    Raises:
        BadInput: one of them is no such key, or shorter than 24 bytes (`bad_setting`).
    """
    stamp = str(int(at))
    headers = {ID: message_id, TIMESTAMP: stamp}
    if keys := _keys(secret):
        headers[SIGNATURE] = " ".join(f"{SCHEME},{_signature(key, message_id, stamp, body)}" for key in keys)
    return headers


def verify(secret: str, headers: Mapping[str, str], body: bytes, *, now: float) -> str:
    """The id of a message that one of the keys in `secret` has signed. `headers` by lower-case names.

    Raises:
        BadInput: as `signature_headers`.
        Permanent: nobody who knows a key has sent this, or not lately (`webhook_unverified`).
    """
    message_id, stamp = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not message_id or not STAMP.fullmatch(stamp) or abs(int(stamp) - now) > TOLERANCE:
        raise Permanent("the message has no id, or no timestamp of the last minutes", code="webhook_unverified")
    given = [text.partition(",") for text in headers.get(SIGNATURE, "").split()]
    sent = [value.encode() for scheme, _, value in given if scheme == SCHEME]
    wanted = [_signature(key, message_id, stamp, body).encode() for key in _keys(secret)]
    if not any(hmac.compare_digest(one, other) for one in wanted for other in sent):
        raise Permanent("the message carries no signature of a key we know", code="webhook_unverified")
    return message_id


async def post(web: Web, url: str, secret: str, message_id: str, body: bytes, *, now: float, trusted: bool = True) -> Page:
    """Send a message of JSON. Any status is an answer; redirects are not followed.

    An address from settings is the operator's own word, so it is `trusted`: it may be a service inside their network.

    Raises:
        HeadraceError: as `signature_headers` and `Web.fetch`.
    """
    headers = {"content-type": "application/json", **signature_headers(secret, message_id, now, body)}
    return await web.fetch(
        url, method="POST", headers=headers, content=body, max_bytes=MOST_ANSWER, timeout=TIMEOUT, trusted=trusted
    )


def _keys(secret: str) -> list[bytes]:
    return [_key(text) for text in secret.replace(",", " ").split()]


def _signature(key: bytes, message_id: str, stamp: str, body: bytes) -> str:
    content = f"{message_id}.{stamp}.".encode() + body
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < LEAST_SECRET:
        raise BadInput(
            "a webhook's key is `whsec_` and at least 24 bytes in base64",
            code="bad_setting",
            advice="Make one: echo whsec_$(openssl rand -base64 32)",
        )
    return key
