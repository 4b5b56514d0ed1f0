"""A plugin of pytest: coverage traces the import and the own tests of what has a floor, and costs no other test its time."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Generator

import pytest
from coverage import Coverage

from tests.support.plugins.coverage_floor import FLOORS

API = "tests/unit/functions/jobs_api/"
PROVE = (
    *("tests/engine/", "tests/faults/", "tests/unit/shared/engine/"),
    *(f"{API}automation/", f"{API}jobs/"),
)
"""Tests that are traced, unless they are marked `untraced`: what the floors are asked of."""
TRACING = pytest.StashKey[Coverage]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import what has a floor while that is traced, then trace nothing until a test of it comes."""
    for folder in FLOORS:
        package = importlib.import_module(folder.rstrip("/").replace("/", "."))
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    if (coverage := Coverage.current()) is not None:
        session.config.stash[TRACING] = coverage
        coverage.stop()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    coverage = item.config.stash.get(TRACING, None)
    if coverage is None or not item.nodeid.startswith(PROVE) or item.get_closest_marker("untraced"):
        return (yield)
    coverage.start()
    try:
        return (yield)
    finally:
        coverage.stop()
