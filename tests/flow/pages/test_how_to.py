"""docs/how-to/add-a-pipeline.md is right: its pipeline runs, and its tests pass, as they stand on the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "how-to" / "add-a-pipeline.md"
FILE = re.compile(r"^```python\n# (\S+\.py)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MOST_LINES = 100


def files() -> dict[str, str]:
    """The page's files by their paths."""
    return dict(FILE.findall(PAGE.read_text()))


def test_a_pipeline_is_short() -> None:
    own = [text for path, text in files().items() if path.startswith("link_check/")]
    assert len(own) == 7
    assert sum(text.count("\n") for text in own) < MOST_LINES


def test_the_pages_pipeline_runs_and_its_tests_pass(tmp_path: Path) -> None:
    for path, text in files().items():
        file = tmp_path / path.replace("tests/", "page_tests/")  # `tests` is ours, for imports
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.startswith("link_check/"):
            (file.parent / "__init__.py").touch()
        file.write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "--rootdir", str(tmp_path), str(tmp_path / "page_tests")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "2 passed" in done.stdout
