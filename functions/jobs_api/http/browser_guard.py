"""Who may use an API that asks for no key: this machine by its own names, and pages of this address alone.

Without it a page of anybody's could approve and publish posts: a browser sends simple requests to loopback from wherever, and a
name that its owner points at 127.0.0.1 (DNS rebinding) reads the answers too. Where a key is asked for, no page has it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from shared.errors import HeadraceError, Permanent
from shared.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
ELSEWHERE = frozenset({"cross-site", "same-site"})
"""Of Sec-Fetch-Site: another site's page asks, or one of another port of this machine."""


def refusal(request: Request, settings: Settings) -> HeadraceError | None:
    """Why a request is refused; None: it is not."""
    if settings.api_key or settings.firebase_project or settings.profile == "cloud":
        return None
    host = request.headers.get("host", "").lower()
    if name_of(host) not in LOOPBACK | {name.lower() for name in settings.hosts}:
        return Permanent(
            f"{name_of(host)[:100] or 'no name'} is not a name of this server",
            code="wrong_host",
            advice="Use 127.0.0.1 or localhost, or name it in HEADRACE_HOSTS.",
        )
    origin = request.headers.get("origin")
    if origin is not None and _place_of(origin) != host:
        return _foreign()
    if origin is None and request.headers.get("sec-fetch-site") in ELSEWHERE and not _is_visit(request):
        return _foreign()
    return None


def _place_of(origin: str) -> str:
    """Host and port of an origin; empty for what is none."""
    try:
        return urlsplit(origin.lower()).netloc
    except ValueError:  # `http://[`
        return ""


def _is_visit(request: Request) -> bool:
    """Somebody follows a link: that shows them a page, and tells the linking page nothing."""
    return request.method in ("GET", "HEAD") and request.headers.get("sec-fetch-mode") == "navigate"


def _foreign() -> HeadraceError:
    return Permanent(
        "a page of another origin may not use this API", code="foreign_origin", advice="Set HEADRACE_API_KEY and send it."
    )


def name_of(host: str) -> str:
    """A `Host` without its port."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
