"""The web port: guarded HTTP to strangers. Private addresses, endless bodies and slow drips never get through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from shared.errors import Permanent


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP answer. Header names are lower-case; `url` is where redirects ended."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """Media type without parameters, lower-case; empty if none was sent."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            Permanent: the body is not JSON (`not_json`).
        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise Permanent(f"{self.url} did not answer with JSON", code="not_json") from error


class Web(Protocol):
    """One shared client. HTTP statuses are answers, not errors: the caller decides what a 404 means."""

    def check(self, url: str) -> str:
        """The URL in canonical form, if `fetch` would take it; nothing is connected or looked up.

        Raises:
            BadInput: as `fetch`.
        """

    async def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        max_bytes: int = 2 * 1024 * 1024,
        timeout: float = 15.0,
        trusted: bool = False,
    ) -> Page:
        """Fetch `url`. A GET without a body follows at most 5 redirects, each checked like the first; no other method does.

        The body is a `form`, or `content` as it is, whose type is for `headers` to say.

        `timeout` is the total in seconds. `trusted` is for base URLs that come from settings, never from users
        or pages: it skips the address, port and local-name rules for that one origin, and nothing else.

        Raises:
            BadInput: not a usable URL (`url_invalid`, `url_scheme`, `url_forbidden`).
            Permanent: `too_large`, `too_many_redirects`, `unsupported_encoding`.
            Transient: no connection, broken answer (`fetch_failed`), or over time (`fetch_timeout`).
        """
