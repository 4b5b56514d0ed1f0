"""docs/operations.md says what is counted: a table per pipeline that it has a section for, and the formula per member of a fan-out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bench import fanout, operations

PAGE = Path(__file__).parents[3] / "docs" / "operations.md"
SIZE = 200


def sections() -> dict[str, str]:
    """The page's text by its headings."""
    return dict(re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL))


def rows(section: str) -> dict[str, list[float]]:
    """A section's tables: numbers by their row's name."""
    found = (re.fullmatch(r"\| ([a-zKB, ]+?) \| ([\d.| ]+) \|", line) for line in sections()[section].splitlines())
    return {row[1]: [float(number) for number in row[2].split("|")] for row in found if row}


def allowed(name: str, told: float) -> float:
    """How far a count may be from what the page tells."""
    leased = name.startswith("documents") or "limits" in name  # limits are leased by time
    return max(10 if leased else 2, told * 0.05)


@pytest.mark.parametrize("pipeline", [heading.strip("`") for heading in sections() if heading.startswith("`")])
async def test_the_page_tells_what_a_job_does(pipeline: str) -> None:
    page, found = rows(f"`{pipeline}`"), await operations.measured(pipeline)
    assert set(page) >= set(operations.MEASURES)
    wrong = {
        (scenario, name): (told, counts[name])
        for name in operations.MEASURES
        for (scenario, counts), told in zip(found.items(), page[name], strict=True)
        if abs(counts[name] - told) > allowed(name, told)
    }
    assert not wrong, f"python -m tests.bench.operations {pipeline}\n{operations.table(found)}"


async def test_the_page_tells_what_a_further_member_of_a_fanout_costs() -> None:
    alone, many = await fanout.counted(1), await fanout.counted(SIZE)
    writes = (many.writes.total() - alone.writes.total()) / (SIZE - 1)
    both = (many.total - alone.total) / (SIZE - 1)
    page = rows("Any pipeline: the formula")
    told = [*page["reads"], *page["writes"], *page["both"]]
    assert [both - writes, writes, both] == pytest.approx(told, rel=0.02)
    assert f"`{alone.total} + {told[2]} (n - 1)`" in PAGE.read_text()
