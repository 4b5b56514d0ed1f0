"""Estimates what a rerun of a job would do anew, and cost, told before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.jobs_api.reports import past_job_statistics, progress
from functions.jobs_api.reports.job_estimate import Plan, plan, stages_before
from shared.engine.attempt import run_stage
from shared.engine.flow import Flow, Guess, Stage
from shared.engine.job import lifecycle
from shared.engine.job.initial_tasks import envelope_in
from shared.engine.job.lifecycle import check_input, request_of
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord, StageSummary
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Document, Where


async def plan_retry(flow: Flow, job: Document[JobRecord], ports: Ports, *, failed_only: bool = False) -> Plan:
    """The plan of a retry: what failed, what never ran, what older code made (unless `failed_only`), and what rests on these.

    What rests on something done anew is done anew only where that changes its input: hence `low`.

    Raises:
        Conflict: the job has not ended (`not_retryable`).
    """
    if job.data["status"] not in lifecycle.TERMINAL:
        raise Conflict(f"the job is {job.data['status']}", code="not_retryable", advice="Only a job that has ended is run again.")
    rows = await progress.rows(flow, job, ports)
    outdated = {} if failed_only else {stage.name: await _outdated(flow, stage.name, job, ports) for stage in flow.rows}
    past = await past_job_statistics.earlier_jobs(flow, ports.clock.now(), ports)
    return plan(flow, check_input(flow, await request_of(job, ports)), past, ports, tasks=tasks_again(flow, rows, outdated))


async def _outdated(flow: Flow, stage: str, job: Document[JobRecord], ports: Ports) -> int:
    """Results that another version of the code made."""
    code = run_stage.code_of(TaskContext(flow, flow.stage(stage), envelope_in(job, stage), ports))
    done = (Where("run", "==", job.data["run"]), Where("stage", "==", stage), Where("state", "==", "done"))
    return await ports.documents.count(paths.tasks(job.id), *done, Where("code", "!=", code))


def _total(flow: Flow, stage: Stage, rows: Mapping[str, StageSummary]) -> int:
    """A stage's tasks in a whole run. Branches that failed on the way did not come to all of those inside."""
    total, branch = int(rows[stage.name]["total"]), flow.branch_of(stage)
    if branch is None:
        return total
    reached = [rows[other.name]["done"] for other in flow.stages if stage.name in other.leads and stage.join is not None]
    return max(total, round(int(rows[branch.name]["total"]) * total / (sum(reached) or total or 1)))


def _in_same(flow: Flow, stage: Stage, name: str) -> bool:
    """Whether both are inside the same branches: what one does anew matters to the other in those branches alone."""
    return flow.branch_of(stage) is not None and flow.inside.get(name) is flow.branch_of(stage)


def tasks_again(flow: Flow, rows: Sequence[StageSummary], outdated: Mapping[str, int]) -> dict[str, Guess]:
    """How many tasks of each stage; a stage that never began is left out: all of it is to come."""
    tasks: dict[str, Guess] = {}
    anew: set[str] = set()
    by_name = {row["name"]: row for row in rows}
    for stage, row in zip(flow.rows, rows, strict=True):
        if row["state"] == "waiting":
            anew.add(stage.name)
            continue
        total, done = _total(flow, stage, by_name), row["done"] - outdated.get(stage.name, 0)
        if {name for name in stages_before(flow, stage) & anew if not _in_same(flow, stage, name) or outdated.get(name)}:
            tasks[stage.name] = (total - done, total, total)
        else:  # a fan-out that had enough without some of its members needs them no more
            needless = row["skipped"] if row["state"] == "ended" and not flow.branch_of(stage) else 0
            tasks[stage.name] = max(0, total - done - needless)
        if tasks[stage.name]:
            anew.add(stage.name)
    return tasks
