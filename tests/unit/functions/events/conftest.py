"""The engine's small world, for events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared import logs
from shared.adapters.web.guarded_client import GuardedWeb
from shared.settings import Settings
from tests.support.engine.world import World
from tests.unit.functions.events.told_jobs import SECRET
from tests.unit.shared.adapters.web.conftest import NO_TLS
from tests.unit.shared.adapters.web.sites import Site, http


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    logs.configure("critical")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site({"/hook": http(status=204)})
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def told(world: World, site: Site) -> AsyncIterator[World]:
    """A world whose settings name the receiver: on loopback, with no exemption but that."""
    web = GuardedWeb(tls=NO_TLS)
    settings = Settings(notify_url=site.url("/hook"), notify_secret=SECRET)
    world.ports = world.with_ports(web=web, settings=settings)
    yield world
    await web.aclose()
