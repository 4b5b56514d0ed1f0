"""A job's stages in numbers, read from its shards: never more than one document per 20 tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from shared.engine.fanout import branch_stage_counts, fanout_counts
from shared.engine.flow import Branch, Flow, Stage
from shared.engine.job import stand_still
from shared.engine.store import paths
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.job import JobCost, JobRecord, StageState, StageSummary, StandStill
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskRecord
from shared.engine.store.usage_totals import add_up
from shared.ports import Ports
from shared.ports.documents import Document

COUNTED = ("calls", "input_tokens", "output_tokens", "cached_tokens")
"""What a cost has besides dollars."""


async def summarise(
    flow: Flow, job_id: str, run: int, ports: Ports, *, still: Sequence[StandStill] = (), exact: bool = True
) -> list[StageSummary]:
    """Per stage: state, total, done, failed, cached, skipped, seconds (span), work_s, wait_s, cost and sums.

    `still`: when the job stood still, which is no stage's time. Not `exact`: for display while it runs, from fewer documents
    (see `fanout_counts.read_so_far`).
    """
    of = _Run(job_id, run, still, ports)
    outside = [stage for stage in flow.rows if flow.branch_of(stage) is None]
    found = await asyncio.gather(*(_stage(stage, of, exact=exact) for stage in outside))
    rows = {row["name"]: row for row in found}
    for branch in flow.branches:
        rows |= await _inside(flow, branch, rows[branch.name], of)
    return [rows[stage.name] for stage in flow.rows]


async def summarise_job(
    flow: Flow, job: Document[JobRecord], run: int, ports: Ports, *, exact: bool = True
) -> list[StageSummary]:
    """`summarise` a run of a job, without the times at which the job stood still."""
    still = stand_still.all_of(job.data, ports.clock.now())
    return await summarise(flow, job.id, run, ports, still=still, exact=exact)


@dataclass(frozen=True)
class _Run:
    """The run of a job that is summed up, and when it stood still."""

    job: str
    run: int
    still: Sequence[StandStill]
    ports: Ports

    def span(self, since: float, until: float | None) -> float:
        """Seconds until then, or until now, in which something could go on."""
        return stand_still.worked(self.still, since, self.ports.clock.now() if until is None else until)


async def _stage(stage: Stage, of: _Run, *, exact: bool) -> StageSummary:
    if stage.join is not None:
        return await _fanout(stage, of, exact=exact)
    found = read_as(TaskRecord, await of.ports.documents.get(paths.task(of.job, paths.task_id(of.run, stage.name))))
    if found is None:
        return _row(stage, 0, {}, None, "waiting")
    task = found.data
    ended = task["state"] not in ("queued", "running")
    counts = {
        "done": int(task["state"] == "done"),
        "failed": int(task["state"] == "failed"),
        "skipped": int(task["state"] in ("skipped", "cancelled")),
    }
    seconds = of.span(task["queued_at"], task.get("finished_at") or None)
    row = _row(stage, 1, {**task, **counts}, seconds, "ended" if ended else "running")
    return with_fields(row, {"waiting": task.get("waiting")})


async def _fanout(stage: Stage, of: _Run, *, exact: bool) -> StageSummary:
    fanout = paths.fanout_id(of.run, stage.name)
    manifest = read_as(FanoutManifest, await of.ports.documents.get(paths.fanout(of.job, fanout)))
    if manifest is None:
        return _row(stage, 0, {}, None, "waiting")
    whole = manifest.data["reason"] == "all"
    if exact or whole:
        numbers = await fanout_counts.read_exact(of.job, fanout, manifest.data["size"], of.ports, whole=whole)
    else:
        numbers = await fanout_counts.read_so_far(of.job, fanout, manifest.data["size"], of.ports)
    state: StageState = "ended" if manifest.data["state"] == "closed" else "running"
    seconds = of.span(manifest.data["created_at"], manifest.data["closed_at"])
    return with_fields(_row(stage, manifest.data["size"], numbers, seconds, state), {"closed_by": manifest.data.get("closed_by")})


async def _inside(flow: Flow, branch: Branch, whole: StageSummary, of: _Run) -> dict[str, StageSummary]:
    """The rows of a branch's stages, over all branches; `seconds` are those in the branch that was waited for last."""
    stages = [stage for stage in flow.stages if flow.branch_of(stage) is branch]
    numbers = await branch_stage_counts.read_totals(branch, of.job, of.run, of.ports) if whole["total"] else {}
    last = whole.get("closed_by")
    seconds = {} if last is None else await _spans(stages, last, of)
    rows: dict[str, StageSummary] = {}
    for stage in stages:
        counted = numbers.get(stage.name, {})
        total = whole["total"] if stage.run is branch.first else int(counted.get("total", 0))
        state = whole["state"] if total else "waiting"
        rows[stage.name] = with_fields(_row(stage, total, counted, seconds.get(stage.name), state), {"branch": branch.name})
    return rows


async def _spans(stages: list[Stage], number: int, of: _Run) -> dict[str, float]:
    """Seconds that each stage took in one branch; of a fan-out, until it closed."""
    wanted = [
        paths.fanout(of.job, paths.fanout_id(of.run, stage.name, number))
        if stage.join
        else paths.task(of.job, paths.task_id(of.run, stage.name, branch=number))
        for stage in stages
    ]
    spans: dict[str, float] = {}
    for stage, found in zip(stages, await of.ports.documents.get_many(wanted), strict=True):
        began = found.data["created_at" if stage.join else "queued_at"] if found else None
        ended = found.data.get("closed_at" if stage.join else "finished_at") if found else None
        if began is not None and ended is not None:
            spans[stage.name] = of.span(began, ended)
    return spans


def _row(stage: Stage, total: int, numbers: Mapping[str, Any], seconds: float | None, state: StageState) -> StageSummary:
    counts = {name: int(numbers.get(name, 0)) for name in ("done", "failed", "skipped", *COUNTED)}
    row = {
        "name": stage.name, "state": state, "total": total, **counts, "cached": int(numbers.get("hits", 0)), "seconds": seconds,
        "work_s": round(numbers.get("work_s", 0), 4), "wait_s": round(numbers.get("wait_s", 0), 4),
        "cost_usd": numbers.get("usd_micros", 0) / 1e6, "sums": {name: numbers.get(f"sum_{name}", 0) for name in stage.sums},
    }  # fmt: skip
    return cast("StageSummary", row)


def totals(stages: list[StageSummary]) -> JobCost:
    """A job's cost: the sum over its stages."""
    numbers = add_up(stages)
    return cost_of(numbers, numbers.get("cost_usd", 0.0))


def cost_of(numbers: Mapping[str, float], usd: float) -> JobCost:
    """Numbers that were added up, as a cost."""
    return cast("JobCost", {"usd": round(usd, 6), **{name: int(numbers.get(name, 0)) for name in COUNTED}})
