"""What earlier jobs of a pipeline took: percentages, time left and plans rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean, median
from typing import Any, TypeAlias

from shared.engine.flow import Expect, Flow, Guess, Stage
from shared.engine.store.schema.job import JobRecord, StageSummary
from shared.engine.store.schema.shared_fields import read_all_as
from shared.ports import Ports
from shared.ports.documents import Where

COMPARED = 5
"""Earlier jobs that are looked at."""

History: TypeAlias = list[list[StageSummary]]
"""The stages' rows (see `stage_summary`) of each earlier job, the latest first."""


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
    return [job.data["summary"] or [] for job in read_all_as(JobRecord, past)]


def usual_seconds(history: History) -> dict[str, float]:
    """Median span of each stage, by its name; cached stages are left out."""
    spans: dict[str, list[float]] = {}
    for row in (row for rows in history for row in rows):
        if row["seconds"] is not None and row["cached"] < row["total"]:
            spans.setdefault(row["name"], []).append(row["seconds"])
    return {name: median(seconds) for name, seconds in spans.items()}


def expect_by_history(stated: Expect, stage: Stage, request: Any, history: History) -> tuple[Expect, int]:
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
    per_task = replace(
        stated,
        calls=_range([row["calls"] / tasks for row, tasks in worked]),
        input_tokens=_range([row["input_tokens"] / tasks for row, tasks in worked]),
        output_tokens=_range([row["output_tokens"] / tasks for row, tasks in worked]),
        seconds=_range([row["work_s"] / tasks for row, tasks in worked]),
    )
    return per_task, len(worked)


def _times(row: StageSummary, rows: Sequence[StageSummary]) -> int:
    """How many branches a stage's tasks are those of."""
    return next((one["done"] + one["failed"] for one in rows if one["name"] == row.get("branch")), 1) or 1


def _range(values: Sequence[float]) -> Guess:
    return min(values), fmean(values), max(values)
