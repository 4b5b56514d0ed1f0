"""A plugin of pytest: the tests of a file run in one worker, those of a group too, and what takes longest begins first.

By paths: with pytest 9.2 the marks of pytest-xdist's own groups are not heard, and nothing says so.
"""

from __future__ import annotations

from collections import Counter

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

GROUPS: dict[str, tuple[str, ...]] = {
    "browser": ("tests/browser/",),
    "flow": ("tests/flow/", "tests/security/"),
    "processes": (
        *("tests/chaos/", "tests/faults/test_fault_processes.py", "tests/infra/packages/test_source_deploy.py"),
        "tests/unit/functions/dashboard/test_deployed_page.py",
    ),
    "emulators": ("tests/contract/", "tests/system/"),
}
"""What shares processors badly, or starts what is started once: by the beginnings of paths, the longest first."""
LONG = (
    "tests/infra/code/test_regular_expressions.py",
    *("tests/cli/own_pipeline/test_reload.py", "tests/cli/own_pipeline/test_broken_pipeline.py"),
    *("tests/sim/test_exhaustive.py", "tests/unit/functions/interview_prep/posting/test_posting_inputs.py"),
    *("tests/engine/limits/test_limits_returns.py", "tests/infra/delivery/test_release.py"),
    *("tests/fuzz/test_text_readers.py", "tests/unit/functions/daily_post/topics/test_sixty_days.py"),
)
"""Files that begin after the groups, whatever they hold. Of the others, those with the most tests begin first."""


def scope(test: str) -> str:
    """What a test shares its worker with: its group, or its file."""
    return next((name for name, paths in GROUPS.items() if test.startswith(paths)), test.partition("::")[0])


def in_order(tests: list[str]) -> list[int]:
    """Where each test of the order stands in the list: what takes longest first, and each scope's as they stood."""
    first, sizes = (*GROUPS, *LONG), Counter(map(scope, tests))
    ranks = {name: (first.index(name) if name in first else len(first), -size, name) for name, size in sizes.items()}
    return sorted(range(len(tests)), key=lambda place: (ranks[scope(tests[place])], place))


class Distribution(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist has no types
    """Hands out scopes, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [items[place] for place in in_order([item.nodeid for item in items])]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Distribution:
    config.option.loadscopereorder = False
    return Distribution(config, log)
