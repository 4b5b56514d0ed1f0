"""Jobs that ended, per time slice: counts by status and pipeline, cost, median durations, and how often cached results were reused."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from pydantic import Field

from functions.jobs_api.reports.base_report import Shown
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.ports import Ports
from shared.ports.documents import Document, Where

MOST_JOBS = 5000
"""Jobs that are looked at, the first ones of the time."""


class Slice(Shown):
    """The jobs that ended in one stretch of time."""

    at: float = Field(description="Its beginning, POSIX seconds.")
    jobs: dict[str, int] = Field(description="How many ended, by status.")
    cost_usd: float
    by_pipeline: dict[str, int]


class StageReuse(Shown):
    """How often a kept result spared a stage's task."""

    pipeline: str
    stage: str
    done: int
    cached: int
    cost_usd: float
    seconds: float = Field(description="Seconds at work of a task that was not spared, on average.")


class Throughput(Shown):
    """Jobs over time. `seconds`: each pipeline's median of those that succeeded."""

    since: float
    step_s: float
    slices: list[Slice]
    jobs: int
    cost_usd: float
    seconds: dict[str, float]
    reuse: list[StageReuse]
    more: bool = Field(description="Whether there were more jobs than were looked at.")


async def measure(ports: Ports, *, seconds: float, slices: int) -> Throughput:
    """The jobs that ended in the last `seconds`, cut into so many slices."""
    now, step = ports.clock.now(), seconds / slices
    since = now - seconds
    found = await ports.documents.query("jobs", Where("finished_at", ">", since), order_by="finished_at", limit=MOST_JOBS + 1)
    jobs = [job for job in read_all_as(JobRecord, found[:MOST_JOBS]) if job.data["status"] in TERMINAL]
    made = [Slice(at=since + number * step, jobs={}, cost_usd=0.0, by_pipeline={}) for number in range(slices)]
    for job in jobs:
        _add(made[min(slices - 1, int(((job.data["finished_at"] or now) - since) / step))], job)
    return Throughput(
        since=since, step_s=step, slices=made, jobs=len(jobs), cost_usd=round(sum(each.cost_usd for each in made), 6),
        seconds=_seconds(jobs), reuse=_reuse(jobs), more=len(found) > MOST_JOBS,
    )  # fmt: skip


def _add(into: Slice, job: Document[JobRecord]) -> None:
    status, pipeline = job.data["status"], job.data["pipeline"]
    into.jobs[status] = into.jobs.get(status, 0) + 1
    into.by_pipeline[pipeline] = into.by_pipeline.get(pipeline, 0) + 1
    into.cost_usd = round(into.cost_usd + (cost["usd"] if (cost := job.data["cost"]) else 0.0), 6)


def _seconds(jobs: Iterable[Document[JobRecord]]) -> dict[str, float]:
    took: dict[str, list[float]] = {}
    for job in jobs:
        data = job.data
        if data["status"] == "succeeded" and data["started_at"] and data["finished_at"]:
            took.setdefault(data["pipeline"], []).append(data["finished_at"] - data["started_at"])
    return {pipeline: round(median(each), 3) for pipeline, each in sorted(took.items())}


def _reuse(jobs: Iterable[Document[JobRecord]]) -> list[StageReuse]:
    rows: dict[tuple[str, str], StageReuse] = {}
    for job in jobs:
        for stage in job.data["summary"] or ():
            key = (job.data["pipeline"], stage["name"])
            row = rows.setdefault(key, StageReuse(pipeline=key[0], stage=key[1], done=0, cached=0, cost_usd=0.0, seconds=0.0))
            row.done += stage["done"]
            row.cached += stage["cached"]
            row.cost_usd += stage["cost_usd"]
            row.seconds += stage["work_s"]
    for row in rows.values():
        row.cost_usd, row.seconds = round(row.cost_usd, 6), round(row.seconds / max(1, row.done - row.cached), 3)
    return list(rows.values())
