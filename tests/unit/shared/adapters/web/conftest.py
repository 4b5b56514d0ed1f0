"""A site, a client that may reach it, and a client that believes it is on the public internet."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from typing import Any

import httpcore2
import pytest

from shared.adapters.web.guarded_client import GuardedWeb
from tests.unit.shared.adapters.web.sites import Dials, Site

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody; spares each test the reading of the system's certificates."""


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.start()
    yield site
    await site.stop()


@pytest.fixture
async def web(site: Site) -> AsyncIterator[GuardedWeb]:
    """A client that may reach `site` and nothing else on loopback."""
    web = GuardedWeb([site.host], tls=NO_TLS)
    yield web
    await web.aclose()


@pytest.fixture
def dials(site: Site, monkeypatch: pytest.MonkeyPatch) -> Dials:
    dials = Dials(site.port)
    connect = httpcore2.AnyIOBackend.connect_tcp

    async def dial(self: httpcore2.AnyIOBackend, host: str, port: int, *_: Any, **__: Any) -> httpcore2.AsyncNetworkStream:
        dials.made.append((host, port))
        if host in dials.dead:
            raise httpcore2.ConnectError("unreachable")
        return await connect(self, "127.0.0.1", dials.port)

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", dial)
    return dials


@pytest.fixture
async def stranger(dials: Dials) -> AsyncIterator[GuardedWeb]:
    """A client without exemptions, on `dials`' names."""
    web = GuardedWeb(resolve=dials.resolve, tls=NO_TLS)
    yield web
    await web.aclose()
