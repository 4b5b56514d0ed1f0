"""What whole pipelines run against."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.flow.harness import Outside, outside


@pytest.fixture
async def world() -> AsyncIterator[Outside]:
    """Sample sites and the offline model on loopback."""
    async with outside() as made:
        yield made
