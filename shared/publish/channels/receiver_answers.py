"""What the answer of a receiver of posts means, whoever it is."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared import error_codes
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from shared.ports.web import Page
from shared.retry_after import retry_after
from shared.text.redaction import origin_of, redacted

TIMEOUT = 30.0
UNANSWERED = (408, 409, 425, 429)
"""409: the receiver is still at a former try with this key. Unknown is unknown: the same key again."""
CREDENTIALS = (401, 403)
EXPIRED = frozenset(
    {"ExpiredToken", "InvalidToken", "AuthenticationRequired", "AuthMissing", "AuthFactorTokenRequired", "AccountTakedown"}
)
"""What AT Protocol answers with 400 or 401 where credentials are meant."""
LONGEST_WAIT = 6 * 3600.0
"""Seconds that a receiver may ask for: an approved post does not wait a day for one answer."""
RESETS = ("x-ratelimit-reset", "ratelimit-reset")
"""Mastodon's time (ISO 8601) and Bluesky's (POSIX seconds): neither sends `Retry-After`."""
SAID = 200
"""Characters of what a receiver says of a refusal that are told."""


def check_accepted(page: Page, name: str, ports: Ports) -> None:
    """Whether a receiver took what was sent. `name` is what messages call it.

    Raises:
        Transient: nobody knows (`publish_unanswered`); `retry_after` as it asks.
        Permanent: it refused (`publish_refused`), or does not know who asks (`channel_credentials`).
    """
    if 200 <= page.status < 300:  # noqa: PLR2004 - HTTP's own numbers
        return
    code, said = refusal(page)
    told = f": {said}" if said else ""
    if page.status in UNANSWERED or page.status >= 500:  # noqa: PLR2004 - as above
        wait = _wait(page.headers, ports.clock.now())
        raise Transient(f"{name} answered {page.status}{told}", code=error_codes.PUBLISH_UNANSWERED, retry_after=wait)
    if page.status in CREDENTIALS or code in EXPIRED:
        advice = (
            "Make a new token or app password, set it (HEADRACE_PUBLISH_SECRET, HEADRACE_CHANNEL_SECRETS), then publish again."
        )
        raise Permanent(
            f"{name} does not take the channel's credentials ({page.status}{told})",
            code=error_codes.CHANNEL_CREDENTIALS,
            advice=advice,
        )
    raise Permanent(
        f"{name} refused it with {page.status}{told}",
        code=error_codes.PUBLISH_REFUSED,
        advice="See what it says of it; edit the post or the setting, then publish again.",
    )


def accepted_json(page: Page, ports: Ports) -> Data:
    """The object that a server answered with.

    Raises:
        Transient, Permanent: as `check_accepted`; what is no JSON object is no answer.
    """
    name = origin_of(page.url)
    check_accepted(page, name, ports)
    found = _object(page)
    if found is None:
        raise Transient(f"{name} answered with something else than a JSON object", code=error_codes.PUBLISH_UNANSWERED)
    return found


def refusal(page: Page) -> tuple[str, str]:
    """What stands in an answer's JSON as the error: its code and its words, without secrets; empty where nothing does."""
    found = _object(page) or {}
    words = [found.get(name) for name in ("message", "error_description", "error", "detail")]
    told = next((word for word in words if isinstance(word, str) and word.strip()), "")
    code = found.get("error")
    return (code if isinstance(code, str) else ""), redacted(" ".join(told.split())[:SAID])


def text_of(value: object, most: int = 2000) -> str:
    """A string of a stranger's JSON, bounded; empty for what is none."""
    return value[:most] if isinstance(value, str) else ""


def secret_of(channel: str, secret: str) -> str:
    """A channel's secret, where it can be one.

    Raises:
        Permanent: there is none, or it cannot stand in a header (`channel_credentials`).
    """
    if not secret or not (secret.isascii() and secret.isprintable()):
        advice = f"Set HEADRACE_CHANNEL_SECRETS={channel}=…, or HEADRACE_PUBLISH_SECRET for HEADRACE_PUBLISH_URL."
        raise Permanent(f"channel {channel} has no token or password", code=error_codes.CHANNEL_CREDENTIALS, advice=advice)
    return secret


def present(value: str, server: str) -> str:
    """What an answer has to hold.

    Raises:
        Transient: it does not: nobody knows what became of it.
    """
    if not value:
        raise Transient(f"{origin_of(server)} answered without saying what became of it", code=error_codes.PUBLISH_UNANSWERED)
    return value


def count_of(value: object) -> int:
    """A count of a stranger's JSON; 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else 0


def _object(page: Page) -> dict[str, Any] | None:
    try:
        found = json.loads(page.content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until it may be asked again, by `Retry-After` or the limit's reset; None when nothing readable is said."""
    said = retry_after(headers, now, most=LONGEST_WAIT)
    if said is not None:
        return said
    for name in RESETS:
        if (at := _moment(headers.get(name, ""))) is not None:
            return min(max(0.0, at - now), LONGEST_WAIT)
    return None


def _moment(text: str) -> float | None:
    text = text.strip()[:40]
    try:
        at = float(text) if text.isascii() and text.isdigit() else datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return None
    return at if math.isfinite(at) else None
