"""What earlier jobs of a pipeline took: percentages, time left and plans rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, median
from typing import Any, TypeAlias

from shared.engine.flow import Expect, Flow, Guess, Stage
from shared.ports import Ports
from shared.ports.documents import Data, Where

COMPARED = 5
"""Earlier jobs that are looked at."""

History: TypeAlias = list[list[Data]]
"""The stages' rows (see `summary`) of each earlier job, the latest first."""


async def earlier_jobs(flow: Flow, before: float, ports: Ports) -> History:
    """The last jobs that succeeded before a time (POSIX seconds)."""
    past = await ports.documents.query(
        "jobs",
        Where("pipeline", "==", flow.pipeline),
        Where("status", "==", "succeeded"),
        Where("finished_at", "<", before),
        order_by="finished_at",
        descending=True,
        limit=COMPARED,
    )
    return [job.data["summary"] or [] for job in past]


def usual_seconds(history: History) -> dict[str, float]:
    """Median span of each stage, by its name; cached stages are left out."""
    spans: dict[str, list[float]] = {}
    for row in (row for rows in history for row in rows):
        if row["seconds"] is not None and row["cached"] < row["total"]:
            spans.setdefault(row["name"], []).append(row["seconds"])
    return {name: median(seconds) for name, seconds in spans.items()}


def expected(stated: Expect, stage: Stage, request: Any, history: History) -> tuple[Expect, int]:
    """What the stage will take: by those earlier jobs in which it did something of its own, else as `stated` by the flow.

    The second is how many jobs it was taken from. What came from the cache tells nothing of a task; what the flow
    counts from the request itself, no other job knows better.
    """
    counted = False
    if callable(stated.tasks):
        stated = replace(stated, tasks=stated.tasks(request))
        counted = not isinstance(stated.tasks, tuple)
    found = [
        (row, _times(row, rows)) for rows in history for row in rows if row["name"] == stage.name and row["state"] == "ended"
    ]
    rows = [row for row, _ in found]
    if stage.join is not None and rows and not counted:
        stated = replace(stated, tasks=_range([(row["done"] + row["failed"]) / times for row, times in found]))
    worked = [(row, tasks) for row in rows if (tasks := row["done"] + row["failed"] - row["cached"]) > 0]
    if not worked:
        return stated, 0
    taken = {"calls": "calls", "input_tokens": "input_tokens", "output_tokens": "output_tokens", "seconds": "work_s"}
    per_task: dict[str, Any] = {name: _range([row[of] / tasks for row, tasks in worked]) for name, of in taken.items()}
    return replace(stated, **per_task), len(worked)


def _times(row: Data, rows: Sequence[Data]) -> int:
    """How many branches a stage's tasks are those of."""
    return next((one["done"] + one["failed"] for one in rows if one["name"] == row.get("branch")), 1) or 1


def _range(values: Sequence[float]) -> Guess:
    return min(values), fmean(values), max(values)
