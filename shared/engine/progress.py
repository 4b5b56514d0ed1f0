"""How far a job is: its stages' rows, a percentage that never falls back, a sentence, and the time that is left."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median
from typing import TypeAlias

from shared.engine.flow import Flow
from shared.engine.jobs import TERMINAL
from shared.engine.summary import summarise
from shared.ports import Ports
from shared.ports.documents import Data, Document, Where

WITH_RESULT = frozenset({"succeeded", "partial"})
COMPARED = 5
"""Earlier jobs whose stages tell how long a stage usually takes."""
SAID = {
    "queued": "Queued",
    "paused": "Paused",
    "succeeded": "Done",
    "partial": "Done, with gaps",
    "cancelled": "Cancelled",
}

Usual: TypeAlias = Mapping[str, float]
"""Seconds a stage usually takes, by its name. Empty: no job like this has succeeded yet."""

_usual: dict[tuple[str, int], Usual] = {}


async def rows(flow: Flow | None, job: Document, ports: Ports) -> list[Data]:
    """The stages' rows (see `summary`): as stored when the job ended, else counted now. No flow: what was stored."""
    stored = job.data.get("summary")
    if stored is None:
        stored = [] if flow is None else await summarise(flow, job.id, job.data["run"], ports)
        late = ports.clock.now() - job.data["finished_at"] if job.data["finished_at"] else 0.0
        stored = [{**row, "seconds": max(0.0, row["seconds"] - late)} if row["state"] == "running" else row for row in stored]
    if job.data["status"] in TERMINAL:
        return [{**row, "state": "stopped"} if row["state"] == "running" else row for row in stored]
    return list(stored)


async def usual(flow: Flow, job: Document, ports: Ports) -> Usual:
    """Median seconds of each stage over the last jobs that succeeded before this run began; cached stages are left out.

    It stays the same for the whole run, wherever it is asked, so a percentage that rests on it cannot fall back.
    """
    key = (job.id, job.data["run"])
    if key not in _usual:
        past = await ports.documents.query(
            "jobs",
            Where("pipeline", "==", flow.pipeline),
            Where("status", "==", "succeeded"),
            Where("finished_at", "<", job.data["created_at"]),
            order_by="finished_at",
            descending=True,
            limit=COMPARED,
        )
        spans: dict[str, list[float]] = {}
        for row in (row for before in past for row in before.data["summary"] or ()):
            if row["seconds"] is not None and row["cached"] < row["total"]:
                spans.setdefault(row["name"], []).append(row["seconds"])
        if len(_usual) >= 1000:  # noqa: PLR2004 - a bound on memory; which number is all one
            _usual.clear()
        _usual[key] = {name: median(seconds) for name, seconds in spans.items()}
    return _usual[key]


def percent(flow: Flow, job: Document, stages: list[Data], spans: Usual) -> float:
    """0 to 100, one decimal. Stages weigh their usual seconds, else a fan-out weighs three. 100 is for results only."""
    if job.data["status"] in WITH_RESULT:
        return 100.0
    weights = _weights(flow, spans)
    done = sum(weights.get(row["name"], 0.0) * _fraction(row) for row in stages)
    return min(99.0, math.floor(1000 * done / sum(weights.values())) / 10)


def _weights(flow: Flow, spans: Usual) -> dict[str, float]:
    """What each stage that the job waits for is of the whole; at least 2 % of it, for a stage that was always quick or cached."""
    main = [stage for stage in flow.stages if not flow.is_beside(stage)]
    if not spans:
        return {stage.name: 3.0 if stage.join else 1.0 for stage in main}
    least = sum(spans.values()) / 50 or 1.0
    return {stage.name: max(spans.get(stage.name, 0.0), least) for stage in main}


def _fraction(row: Data) -> float:
    return 1.0 if row["state"] == "ended" else ended(row) / (row["total"] or 1)


def ended(row: Data) -> int:
    """A stage's tasks that have ended, however."""
    return int(row["done"] + row["failed"] + row["skipped"])


def eta(flow: Flow, job: Document, stages: list[Data], spans: Usual) -> float | None:
    """Seconds left, by what the stages usually take; None when nothing is known or the usual time is over."""
    if job.data["status"] not in ("queued", "running"):
        return None
    left = 0.0
    for row in stages:
        stage = flow.by_name[row["name"]]
        if row["state"] != "ended" and not flow.is_beside(stage):
            left += max(0.0, spans.get(stage.name, 0.0) - (row["seconds"] or 0.0))
    return round(left, 1) or None


HEARD = 3
"""Stages for which something that was said stays in the message."""


def message(flow: Flow, job: Document, stages: list[Data]) -> str:
    """One short line: what a stage has to say, while it runs and for a while after, and what is being done."""
    status = job.data["status"]
    if status == "failed":
        return str((job.data["error"] or {}).get("message") or "Failed")
    if status in SAID:
        return SAID[status]
    begun = [(flow.by_name[row["name"]], row) for row in stages if row["state"] != "waiting"]
    begun = [(stage, row) for stage, row in begun if not flow.is_beside(stage)]
    if not begun:
        return "Starting"
    now = begun[-1][1]
    found = [stage.says.format(**row["sums"]) for stage, row in begun[-HEARD:] if stage.says and any(row["sums"].values())]
    here = [_readable(now)] if not found or not begun[-1][0].says else []
    said = " · ".join([*found[-1:], *here])
    return f"{said} ({now['waiting']})" if now.get("waiting") and now["state"] == "running" else said


def _readable(row: Data) -> str:
    """`read_comments` at 3 of 15 is "Read comments: 3 of 15"."""
    words = str(row["name"]).replace("_", " ").capitalize()
    return f"{words}: {ended(row)} of {row['total']}" if row["total"] > 1 else words
