"""Which quick tests read a clock, as a run of all of them noted it; and, as a plugin of pytest, leaving out those that read none."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

HERE = Path.cwd()
NOTES = HERE / "out" / "clock-reads.json"
CODE = ("functions", "shared", "infra", "tests")


@dataclass
class Noted:
    """Tests by their ids, files by their paths."""

    reading: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    """Tests that read no clock."""
    whole: set[str] = field(default_factory=set)
    """Files in which several tests share what read one."""

    @classmethod
    def read(cls, text: str) -> Noted:
        return cls(**{name: set(found) for name, found in json.loads(text).items()})

    def text(self) -> str:
        return json.dumps({name: sorted(found) for name, found in asdict(self).items()}, indent=0)

    def add(self, more: Noted) -> None:
        self.reading |= more.reading
        self.free |= more.free
        self.whole |= more.whole

    @property
    def files(self) -> set[str]:
        """Files with a test that reads a clock."""
        return self.whole | {test.partition("::")[0] for test in self.reading}

    def needs(self, test: str) -> bool:
        """Whether a date may change it: all but those of which we know better."""
        return test not in self.free or test in self.reading or test.partition("::")[0] in self.whole


def noted(file: Path = NOTES, project: Path = HERE) -> Noted | None:
    """The notes; None if there are none, or some code is newer than the run that made them."""
    code = (path for folder in CODE for path in (project / folder).rglob("*.py"))
    if not file.exists() or any(path.stat().st_mtime > file.stat().st_mtime for path in code):
        return None
    return Noted.read(file.read_text())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    found = noted()
    if found is not None:
        config.hook.pytest_deselected(items=[item for item in items if not found.needs(item.nodeid)])
        items[:] = [item for item in items if found.needs(item.nodeid)]
