from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.functions.daily_post.daily_world import DailyWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[DailyWorld]:
    made = DailyWorld(tmp_path)
    yield made
    made.close()
