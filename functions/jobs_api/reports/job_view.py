"""A job as the outside sees it: one shape for the HTTP API, the command line and the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Literal

from pydantic import ConfigDict, Field

from functions.jobs_api.reports import progress
from functions.jobs_api.reports.base_report import Shown
from functions.jobs_api.reports.progress import WITH_RESULT, WaitingFor
from shared.engine.flow import Flow
from shared.engine.job import stand_still
from shared.engine.job.finish import critical_path
from shared.engine.job.lifecycle import request_of
from shared.engine.job.run_cost import add_costs
from shared.engine.job.stage_summary import totals
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord, JobStatus, StageSummary, StillBecause
from shared.ports import Ports
from shared.ports.documents import Document


class Progress(Shown):
    """How far a job is."""

    percent: float = Field(description="0 to 100; never falls within a run, and is 100 only when there is a result.")
    message: str = Field(description='What is going on, for people: "18 posts found".')
    eta_s: float | None = Field(description="Seconds left, by how long earlier jobs took; null when nothing is known.")
    floor_s: float | None = Field(description="Seconds that the job takes at least; null when nothing is known.")


class StageRow(Shown):
    """One stage in numbers. `total` is 0 until it begins; `cached` are those of its tasks that a kept result spared."""

    name: str
    branch: str | None = Field(default=None, description="The row of the branches that the stage is inside of.")
    state: Literal["waiting", "running", "ended", "stopped"]
    total: int
    done: int
    failed: int
    cached: int
    skipped: int
    seconds: float | None = Field(description="From its first task's queueing to its end, or until now.")
    wait_s: float = Field(description="Seconds its tasks waited for limits, added up.")
    cost_usd: float


class Cost(Shown):
    """What a job has used."""

    usd: float
    budget_usd: float | None
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int


class PathShare(Shown):
    """A stage that the job waited for, and its share of the time."""

    stage: str
    seconds: float
    share: float


class StoodStill(Shown):
    """A time in which nothing of the job went on. The job's time has it in it, and no stage's."""

    since: datetime
    until: datetime
    seconds: float
    why: str = Field(description="For people.")


STILL_BECAUSE: Mapping[StillBecause, str] = {
    "paused": "it was paused",
    "stopped": "Headrace had been stopped",
    "killed": "Headrace had been killed, or its machine was off",
}


class Paused(Shown):
    """Why a job stands still, and what to do about it."""

    code: str
    message: str
    advice: str = ""


class JobError(Paused):
    """Why a job failed, and what to do about it."""

    stage: str = ""


class Wait(Shown):
    """Tasks that wait for the same: a limit by its name, or another try."""

    model_config = ConfigDict(serialize_by_alias=True)

    what: str = Field(alias="for")
    tasks: int
    next_s: float = Field(description="Seconds until the first of them goes on.")


class JobLine(Shown):
    """A job in a list."""

    id: str
    pipeline: str
    status: JobStatus
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: JobError | None
    paused: Paused | None
    labels: dict[str, str] = Field(description="What it was labelled with.")
    start_at: datetime | None = Field(description="Not begun before this time.")
    about: str = Field(description="The first short values of its input, for people to know it by.")
    cost_usd: float | None = Field(description="What it cost, once it has ended.")
    links: dict[str, str]


class JobState(JobLine):
    """A job and how far it is."""

    progress: Progress
    stages: list[StageRow]
    cost: Cost
    critical_path: list[PathShare]
    stood_still: list[StoodStill] = Field(description="When nothing of it went on; no stage's time has these seconds in it.")
    waiting: list[Wait] = Field(description="What its tasks were put back for; the first 200 are looked at.")
    warnings: list[str]


class Job(JobState):
    """A job with what came in and what came out."""

    input: Any
    result: Any


def links(job_id: str) -> dict[str, str]:
    """Where a job's parts and actions are."""
    here = f"/api/v1/jobs/{job_id}"
    parts = ("progress", "events", "result", "tasks", "cancel", "pause", "resume", "retry")
    return {"self": here, **{part: f"{here}/{part}" for part in parts}}


def line(job: Document[JobRecord]) -> JobLine:
    """A job without its stages: reads nothing further."""
    return JobLine(**_line(job))


def _line(job: Document[JobRecord]) -> dict[str, Any]:
    data = job.data
    return {
        "id": job.id,
        "pipeline": data["pipeline"],
        "status": data["status"],
        "created_at": moment(data.get("first_created_at") or data["created_at"]),
        "started_at": moment(data["started_at"]),
        "finished_at": moment(data["finished_at"]),
        "error": data["error"],
        "paused": data.get("paused"),
        "labels": data["options"].get("labels", {}),
        "start_at": moment(data["options"].get("start_at")),
        "about": input_in_words(data.get("input")),
        "cost_usd": cost["usd"] if (cost := data["cost"]) else None,
        "links": links(job.id),
    }


FEW, SHORT, LONG = 3, 80, 160


def input_in_words(value: Any) -> str:
    """The first short values of an input: `https://jobs.example/42 · Larkmoor`. A large input lies elsewhere, and says nothing."""
    told: list[str] = []
    left = [value]
    while left and len(told) < FEW:
        each = left.pop(0)
        if isinstance(each, dict | list):
            left = [*islice(each.values() if isinstance(each, dict) else each, 8), *left]
        elif isinstance(each, str) and 0 < len(each) <= SHORT:
            told.append(each)
    return " · ".join(told)[:LONG]


async def state(flows: Mapping[str, Flow], job: Document[JobRecord], ports: Ports) -> JobState:
    """A job and how far it is. Its flow may be gone from `flows`: then it shows what was stored."""
    return JobState(**await _state(flows, job, ports))


async def whole(state: JobState, job: Document[JobRecord], ports: Ports) -> Job:
    """Everything about a job, of which `state` is how far it is."""
    result = await load_value(ports, job.data) if job.data["status"] in WITH_RESULT else None
    return Job.model_construct(**dict(state), input=await request_of(job, ports), result=result)


async def _state(flows: Mapping[str, Flow], job: Document[JobRecord], ports: Ports) -> dict[str, Any]:
    data, flow = job.data, flows.get(job.data["pipeline"])
    stages = await progress.rows(flow, job, ports)
    waiting = await progress.waiting_for(job, ports)
    path = data["critical_path"] or (critical_path(flow, stages) if flow else [])
    return {
        **_line(job),
        "progress": await _progress(flow, job, stages, waiting, ports),
        "stages": [{**row, "seconds": None if row["seconds"] is None else round(row["seconds"], 3)} for row in stages],
        "cost": {
            **(data["cost"] or add_costs(totals(stages), data.get("earlier_cost"))),
            "budget_usd": data["options"]["budget_usd"],
        },
        "critical_path": path,
        "stood_still": _stood_still(data, ports.clock.now()),
        "waiting": waiting,
        "warnings": data["warnings"],
    }


def _stood_still(job: JobRecord, now: float) -> list[dict[str, Any]]:
    return [
        {
            "since": moment(one["since"]),
            "until": moment(one["until"]),
            "seconds": round(one["until"] - one["since"], 3),
            "why": STILL_BECAUSE[one["why"]],
        }
        for one in stand_still.all_of(job, now)
    ]


async def _progress(
    flow: Flow | None, job: Document[JobRecord], stages: list[StageSummary], waiting: list[WaitingFor], ports: Ports
) -> Progress:
    if flow is None:
        whole = 100.0 if job.data["status"] in WITH_RESULT else 0.0
        return Progress(percent=whole, message="This pipeline is not here any more", eta_s=None, floor_s=None)
    spans, floor_s = await progress.known_beforehand(flow, job, ports)
    return Progress(
        percent=progress.percent(flow, job, stages, spans),
        message=progress.held_up(progress.message(flow, job, stages, waiting), job, ports.held_up()),
        eta_s=progress.eta(flow, job, stages, spans),
        floor_s=floor_s,
    )


def moment(seconds: float | None) -> datetime | None:
    """POSIX seconds as a UTC time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
