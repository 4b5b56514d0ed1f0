"""Fails when branch coverage of the engine, or of what is told of its jobs, is under its floor. Usage: python -m tests.support.plugins.coverage_floor out/coverage.json"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOORS = {"shared/engine/": 95.0, "functions/jobs_api/reports/": 95.0}


def main(report: str) -> int:
    """Print lines and branches covered per folder of FLOORS; 1 if any is under its floor."""
    files = json.loads(Path(report).read_text())["files"]
    failed = False
    for folder, floor in FLOORS.items():
        rows = [data["summary"] for name, data in files.items() if name.startswith(folder)]
        covered = sum(row["covered_lines"] + row["covered_branches"] for row in rows)
        share = 100 * covered / max(1, sum(row["num_statements"] + row["num_branches"] for row in rows))
        print(f"{folder} {share:.1f} % of lines and branches (floor {floor:.0f} %)")  # noqa: T201 - a command's output
        failed = failed or share < floor
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
