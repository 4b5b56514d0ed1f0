"""A service's own identity tokens, from Google's metadata server: what it shows to another private service."""

from __future__ import annotations

import asyncio
import base64
import json

from shared.adapters.clients_per_loop import PerLoop
from shared.errors import Transient
from shared.ports.clock import Clock
from shared.ports.web import Web

PATH = "/computeMetadata/v1/instance/service-accounts/default/identity"
OK, TIMEOUT, MOST_TOKEN = 200, 5.0, 16 * 1024
EARLY = 300.0
"""Seconds before its end from which a token is not used any more."""


class IdentityTokens:
    """Tokens by whom they are for, each kept until shortly before it ends. `url`: the metadata server's."""

    def __init__(self, web: Web, clock: Clock, url: str) -> None:
        self._web, self._clock, self._url = web, clock, url.rstrip("/")
        self._kept: dict[str, tuple[str, float]] = {}
        self._asking = PerLoop(asyncio.Lock)

    async def token(self, audience: str) -> str:
        """A token for `audience`.

        Raises:
            Transient: the metadata server gives none (`fetch_failed`).
        """
        async with self._asking.get():
            token, until = self._kept.get(audience, ("", 0.0))
            if self._clock.now() >= until - EARLY:
                token, until = await self._asked(audience)
                self._kept[audience] = token, until
            return token

    async def _asked(self, audience: str) -> tuple[str, float]:
        page = await self._web.fetch(
            f"{self._url}{PATH}", params={"audience": audience, "format": "full"}, headers={"metadata-flavor": "Google"},
            max_bytes=MOST_TOKEN, timeout=TIMEOUT, trusted=True,
        )  # fmt: skip
        try:
            token = page.content.decode("ascii").strip()
            claims = token.split(".")[1]
            ends = float(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise Transient(f"the metadata server gave no token: status {page.status}", code="fetch_failed") from error
        return token, ends
