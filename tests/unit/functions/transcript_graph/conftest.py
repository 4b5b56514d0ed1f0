"""One store and one model per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.functions.transcript_graph.graph_world import GraphWorld


@pytest.fixture
def world(tmp_path: Path) -> Iterator[GraphWorld]:
    made = GraphWorld(tmp_path)
    yield made
    made.close()
