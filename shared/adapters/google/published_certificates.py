"""Certificates that Google publishes for its tokens: fetched over the web port, kept for as long as they say.

A key that is not among them is looked for again, once a minute at most, so that strangers' tokens fetch nothing.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping

from structlog.stdlib import get_logger

from shared.adapters.clients_per_loop import PerLoop
from shared.errors import HeadraceError, Transient
from shared.ports.clock import Clock
from shared.ports.web import Web

log = get_logger()

MOST_CERTS = 64 * 1024
"""Bytes."""
KEPT, LEAST_KEPT, LONGEST_KEPT = 3600.0, 60.0, 86400.0
"""Seconds that certificates are kept when they do not say how long, at least, and at most when there are no new ones."""
OK = 200
MAX_AGE = re.compile(r"max-age=(\d{1,9})")
TIMEOUT = 10.0


class PublishedCertificates:
    """The certificates at an address, by the names of their keys."""

    def __init__(self, web: Web, clock: Clock, url: str) -> None:
        self._web, self._clock, self._url = web, clock, url
        self._certs: Mapping[str, str] = {}
        self._until = self._fetched = float("-inf")
        self._fetching = PerLoop(asyncio.Lock)

    async def with_key(self, key: object) -> Mapping[str, str]:
        """All of them, fetched anew when their time is over or a key is not among them; it may still not be.

        Raises:
            Transient: there are none (`no_certificates`).
        """
        async with self._fetching.get():
            now = self._clock.now()
            if now >= self._until or (key not in self._certs and now >= self._fetched + LEAST_KEPT):
                await self._fetch(now)
        return self._certs

    async def _fetch(self, now: float) -> None:
        """New certificates. Where they cannot be had, those we have serve on for a day.

        Raises:
            Transient: nor have we any (`no_certificates`).
        """
        try:
            page = await self._web.fetch(self._url, max_bytes=MOST_CERTS, timeout=TIMEOUT, trusted=True)
            found = json.loads(page.content) if page.status == OK else None
        except (HeadraceError, ValueError, RecursionError) as error:
            log.warning("no_certificates", error=str(error))
            found = None
        if not isinstance(found, dict) or not found or not all(isinstance(cert, str) for cert in found.values()):
            if now > self._fetched + LONGEST_KEPT:
                raise Transient("what callers are checked by cannot be had", code="no_certificates")
            self._until = now + LEAST_KEPT
            return
        age = MAX_AGE.search(page.headers.get("cache-control", ""))
        self._certs, self._fetched = found, now
        self._until = now + max(LEAST_KEPT, float(age[1]) if age else KEPT)
