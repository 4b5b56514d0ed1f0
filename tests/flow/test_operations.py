"""docs/operations.md says what is counted: the table of one interview-prep job, and the formula per member of a fan-out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bench import fanout, operations

pytestmark = pytest.mark.xdist_group("flow")
PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
SIZE = 200


def rows() -> dict[str, list[float]]:
    """The page's tables: numbers by their row's name."""
    found = (re.fullmatch(r"\| ([a-zKB, ]+?) \| ([\d.| ]+) \|", line) for line in PAGE.read_text().splitlines())
    return {row[1]: [float(number) for number in row[2].split("|")] for row in found if row}


def allowed(name: str, told: float) -> float:
    """How far a count may be from what the page tells."""
    leased = name.startswith("documents") or "limits" in name  # limits are leased by time
    return max(10 if leased else 2, told * 0.05)


async def test_the_page_tells_what_a_job_of_interview_prep_does() -> None:
    page, found = rows(), await operations.measured()
    assert set(page) >= set(operations.MEASURES)
    wrong = {
        (scenario, name): (told, found[scenario][name])
        for name in operations.MEASURES
        for scenario, told in zip(operations.SCENARIOS, page[name], strict=True)
        if abs(found[scenario][name] - told) > allowed(name, told)
    }
    assert not wrong, f"python -m tests.bench.operations\n{operations.table(found)}"


async def test_the_page_tells_what_a_further_member_of_a_fanout_costs() -> None:
    alone, many = await fanout.counted(1), await fanout.counted(SIZE)
    writes = (many.writes.total() - alone.writes.total()) / (SIZE - 1)
    both = (many.total - alone.total) / (SIZE - 1)
    page = rows()
    told = [*page["reads"], *page["writes"], *page["both"]]
    assert [both - writes, writes, both] == pytest.approx(told, rel=0.02)
    assert f"`{alone.total} + {told[2]} (n - 1)`" in PAGE.read_text()
