"""The engine's small world, for events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import logs
from tests.support.engine.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    logs.configure("critical")
