"""The web port by way of a function that fetches strangers' pages, and whose account may do nothing in the project.

Whatever a page makes the process that reads it do, there is nothing there to be taken: no documents, no keys, no queue. Addresses
of settings (`trusted`) are asked directly: they need our credentials, and were not a stranger's to choose.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from shared.adapters.google.identity_token_source import IdentityTokens
from shared.errors import Transient
from shared.function_address import function_address, service_of
from shared.page_fetch.messages import HEAD, page_of, request_body
from shared.ports.clock import Clock
from shared.ports.tasks import origin
from shared.ports.web import Page, Web
from shared.settings import Settings

SLACK = 10.0
"""Seconds that the function may take beyond the page's own: it may have to start."""
OK = 200
MOST_BYTES, TIMEOUT = 2 * 1024 * 1024, 15.0
"""The web port's own defaults."""


class WebByFunction:
    """`direct` asks addresses of settings, and the function at `url`; `token` gives what it is shown."""

    def __init__(self, direct: Web, url: str, token: Callable[[], Awaitable[str]]) -> None:
        self._direct, self._url, self._token = direct, url, token

    def check(self, url: str) -> str:
        return self._direct.check(url)

    async def fetch(self, url: str, **options: Any) -> Page:
        """See `shared.ports.web.Web.fetch`.

        Raises:
            Transient: the function does not answer as it should (`fetch_failed`).
        """
        if options.get("trusted"):
            return await self._direct.fetch(url, **options)
        self._direct.check(url)
        answer = await self._direct.fetch(
            self._url, method="POST", content=request_body(url, options), trusted=True,
            headers={"authorization": f"Bearer {await self._token()}", "content-type": "application/json"},
            max_bytes=int(options.get("max_bytes", MOST_BYTES)) + HEAD, timeout=float(options.get("timeout", TIMEOUT)) + SLACK,
        )  # fmt: skip
        if answer.status != OK:
            raise _silent(f"status {answer.status}")
        try:
            return page_of(answer.content)
        except (ValueError, KeyError, TypeError) as error:
            raise _silent("it is no answer") from error

    async def aclose(self) -> None:
        """Close what is behind."""
        if (close := getattr(self._direct, "aclose", None)) is not None:
            await close()


def web_by_settings(settings: Settings, direct: Web, clock: Clock) -> Web:
    """`direct`, or by way of the function that the settings name; in that function itself, `direct`."""
    own = service_of(settings.fetch_function, settings.function_services)
    if not settings.fetch_function or settings.service.replace("_", "-") == own:
        return direct
    url = function_address(settings.function_url, settings.fetch_function, settings.function_services)
    tokens = IdentityTokens(direct, clock, settings.metadata_url)
    return WebByFunction(direct, url, lambda: tokens.token(origin(url)))


def _silent(why: str) -> Transient:
    return Transient(f"the function that fetches pages does not answer: {why}", code="fetch_failed", advice="Its logs say why.")
