"""The engine's small world, and a site on loopback that misbehaves as it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared import logs
from tests.support.engine.world import World
from tests.unit.shared.adapters.web.sites import Site


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    logs.configure("critical")
