"""How far a job is: its stages' rows, a percentage that never falls back, a sentence, and the time that is left."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias, TypedDict

from functions.jobs_api.reports import past_job_statistics
from functions.jobs_api.reports.job_estimate import plan
from functions.jobs_api.reports.past_job_statistics import History
from shared.engine.flow import Flow, Row
from shared.engine.job.lifecycle import TERMINAL, check_input, request_of
from shared.engine.job.stage_summary import summarise_job
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord, StageSummary
from shared.engine.store.schema.shared_fields import read_all_as, with_fields
from shared.engine.store.schema.task import TaskRecord
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Document, Where

WITH_RESULT = frozenset({"succeeded", "partial"})
SAID = {
    "queued": "Queued",
    "paused": "Paused",
    "succeeded": "Done",
    "partial": "Done, with gaps",
    "cancelled": "Cancelled",
}

Usual: TypeAlias = Mapping[str, float]
"""Seconds a stage usually takes, by its name. Empty: no job like this has succeeded yet."""


WaitingFor = TypedDict("WaitingFor", {"for": str, "tasks": int, "next_s": float})
"""So many tasks wait for the same; the first of them goes on in `next_s` seconds."""


class Known(NamedTuple):
    """What is known of a job beforehand: its stages' usual seconds, and the least that the whole can take."""

    spans: Usual
    floor_s: float | None


_known: dict[tuple[str, int], Known] = {}


async def rows(flow: Flow | None, job: Document[JobRecord], ports: Ports) -> list[StageSummary]:
    """The stages' rows (see `stage_summary`): as stored when the job ended, else counted now. No flow: what was stored."""
    stored = job.data.get("summary")
    if stored is None:
        stored = [] if flow is None else await summarise_job(flow, job, job.data["run"], ports, exact=False)
        late = ports.clock.now() - job.data["finished_at"] if job.data["finished_at"] else 0.0
        stored = [_until(row, late) for row in stored]
    if job.data["status"] in TERMINAL:
        return [with_fields(row, {"state": "stopped"}) if row["state"] == "running" else row for row in stored]
    return list(stored)


def _until(row: StageSummary, late: float) -> StageSummary:
    """A stage's row as it stood `late` seconds ago, when its job ended."""
    seconds = row["seconds"]
    if row["state"] != "running" or seconds is None:
        return row
    return with_fields(row, {"seconds": max(0.0, seconds - late)})


async def known_beforehand(flow: Flow, job: Document[JobRecord], ports: Ports) -> Known:
    """What earlier jobs tell of this one, and what it is planned to take.

    It stays the same for the whole run, wherever it is asked, so a percentage that rests on it cannot fall back.
    """
    key = (job.id, job.data["run"])
    if key not in _known:
        past = await past_job_statistics.earlier_jobs(flow, job.data["created_at"], ports)
        if len(_known) >= 1000:  # noqa: PLR2004 - a bound on memory; which number is all one
            _known.clear()
        _known[key] = Known(past_job_statistics.usual_seconds(past), await _floor(flow, job, past, ports))
    return _known[key]


async def _floor(flow: Flow, job: Document[JobRecord], past: History, ports: Ports) -> float | None:
    """The planned `floor_seconds`; None when nothing is known, or the request is not one of this version's."""
    try:
        request = check_input(flow, await request_of(job, ports))
    except HeadraceError:
        return None
    return plan(flow, request, past, ports).floor_seconds or None


def percent(flow: Flow, job: Document[JobRecord], stages: list[StageSummary], spans: Usual) -> float:
    """0 to 100, one decimal. Stages weigh their usual seconds, else a fan-out weighs three. 100 is for results only."""
    if job.data["status"] in WITH_RESULT:
        return 100.0
    weights = _weights(flow, spans)
    rows = {row["name"]: row for row in stages}
    done = sum(weight * _fraction(flow, name, rows) for name, weight in weights.items() if name in rows)
    return min(99.0, math.floor(1000 * done / sum(weights.values())) / 10)


def _weights(flow: Flow, spans: Usual) -> dict[str, float]:
    """What each stage that the job waits for is of the whole; at least 2 % of it, for a stage that was always quick or cached."""
    main = [stage for stage in flow.rows if not flow.is_beside(stage) and not flow.branch_of(stage)]
    if not spans:
        return {stage.name: 3.0 if stage.join else 1.0 for stage in main}
    least = sum(spans.values()) / 50 or 1.0
    return {stage.name: max(spans.get(stage.name, 0.0), least) for stage in main}


def _fraction(flow: Flow, name: str, rows: Mapping[str, StageSummary]) -> float:
    row, stage = rows[name], flow.by_name[name]
    if row["state"] == "ended":
        return 1.0
    whole = ended_tasks(row) / (row["total"] or 1)
    if not isinstance(stage, Row):
        return whole
    # Of branches, by how many of them are past each stage inside: tasks inside are not known beforehand, branches are.
    inside = [one for one in flow.stages if flow.branch_of(one) is stage.branch and one.name in rows and not flow.is_beside(one)]
    past = [rows[one.join.into.__name__]["total"] if one.join else ended_tasks(rows[one.name]) for one in inside]
    return sum(max(whole, min(1.0, count / (row["total"] or 1))) for count in past) / len(past)


def ended_tasks(row: StageSummary) -> int:
    """A stage's tasks that have ended, however."""
    return int(row["done"] + row["failed"] + row["skipped"])


def eta(flow: Flow, job: Document[JobRecord], stages: list[StageSummary], spans: Usual) -> float | None:
    """Seconds left, by what the stages usually take; None when nothing is known or the usual time is over."""
    if job.data["status"] not in ("queued", "running"):
        return None
    left = 0.0
    for row in stages:
        stage = flow.by_name[row["name"]]
        if row["state"] != "ended" and not flow.is_beside(stage) and not flow.branch_of(stage):
            left += max(0.0, spans.get(stage.name, 0.0) - (row["seconds"] or 0.0))
    return round(left, 1) or None


HEARD = 3
"""Stages for which something that was said stays in the message."""


def message(flow: Flow, job: Document[JobRecord], stages: list[StageSummary], waiting: Sequence[WaitingFor] = ()) -> str:
    """One short line: what a stage has to say, while it runs and for a while after, what is being done, and what holds it up."""
    status = job.data["status"]
    if status == "failed":
        return error["message"] if (error := job.data["error"]) else "Failed"
    if status == "paused" and (paused := job.data.get("paused")):
        why = paused["message"]
        return why if why.startswith("Paused") else f"Paused: {why}"
    if status in SAID:
        starts = job.data["options"].get("start_at") if status == "queued" else None
        return (
            SAID[status]
            if starts is None
            else f"Waiting for its time to start: {datetime.fromtimestamp(starts, UTC):%Y-%m-%d %H:%M} UTC"
        )
    begun = [(flow.by_name[row["name"]], row) for row in stages if row["state"] != "waiting"]
    begun = [(stage, row) for stage, row in begun if not flow.is_beside(stage) and (stage.says or not flow.branch_of(stage))]
    if not begun:
        return "Starting"
    now = begun[-1][1]
    found = [stage.says.format(**row["sums"]) for stage, row in begun[-HEARD:] if stage.says and any(row["sums"].values())]
    here = [_readable(now)] if not found or not begun[-1][0].says else []
    said = " · ".join([*found[-1:], *here])
    if now["state"] != "running":
        return said
    held_up = now.get("waiting") or (f"waiting for {waiting[0]['for']}" if waiting else "")
    return f"{said} ({held_up})" if held_up else said


def held_up(said: str, job: Document[JobRecord], why: str) -> str:
    """The message of a job, before it what keeps every job from going on, if anything does."""
    return (
        f"{why[0].upper()}{why[1:]} ({said[0].lower()}{said[1:]})"
        if why and job.data["status"] in ("queued", "running")
        else said
    )


def _readable(row: StageSummary) -> str:
    """`read_comments` at 3 of 15 is "Read comments: 3 of 15"."""
    words = str(row["name"]).replace("_", " ").capitalize()
    return f"{words}: {ended_tasks(row)} of {row['total']}" if row["total"] > 1 else words


LOOKED_AT = 200
"""Waiting tasks that are looked at: a job may have ten thousand."""
_PUT_BACK = re.compile(r"waiting (?:[\d.]+ s )?for (.+)")
_IN_PLACE = re.compile(r"(.+), [\d.]+ s")


async def waiting_for(job: Document[JobRecord], ports: Ports) -> list[WaitingFor]:
    """What a running job's tasks wait for: `{"for": "openai", "tasks": 12, "next_s": 3.2}`, the soonest first."""
    if job.data["status"] != "running":
        return []
    run, now = job.data["run"], ports.clock.now()
    found = await ports.documents.query(
        paths.tasks(job.id), Where("run", "==", run), Where("waiting", ">", ""), order_by="waiting", limit=LOOKED_AT
    )
    left: dict[str, list[float]] = {}
    for task in read_all_as(TaskRecord, found):
        if task.data["state"] in ("queued", "running"):
            seconds = max(0.0, task.data["due_at"] - now) if task.data["state"] == "queued" else 0.0
            left.setdefault(limit_waited_for(task.data["waiting"] or ""), []).append(round(seconds, 1))
    groups: list[WaitingFor] = [{"for": name, "tasks": len(seconds), "next_s": min(seconds)} for name, seconds in left.items()]
    return sorted(groups, key=lambda group: group["next_s"])


RESUMED = "the job to be resumed"


def held_up_by(status: str, why: str) -> str:
    """What a task with such a `waiting` waits for, in a job of that status: in a paused one nothing but somebody helps."""
    return RESUMED if status == "paused" else limit_waited_for(why)


def limit_waited_for(why: str) -> str:
    """A task's `waiting` without its seconds: the limit's name, or, after a fault, another try."""
    found = _PUT_BACK.fullmatch(why) or _IN_PLACE.fullmatch(why)
    return found[1] if found else f"another try: {why}"
