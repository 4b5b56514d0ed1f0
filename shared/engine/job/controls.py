"""What people do to a job that there is: cancel, pause, resume, run again."""

from __future__ import annotations

from dataclasses import replace

from shared.engine.fanout.join import queued_task
from shared.engine.flow import Flow
from shared.engine.job import stand_still
from shared.engine.job.initial_tasks import expiry_of, first_task, job_signal, opening_tasks
from shared.engine.job.label_index import label_writes
from shared.engine.job.lifecycle import LOOK_AFTER, TERMINAL, change, read
from shared.engine.job.run_cost import add_costs, run_cost
from shared.engine.job.stage_summary import summarise
from shared.engine.spending import budget
from shared.engine.store.schema.job import JobChange, JobCost, JobRecord, JobStatus
from shared.engine.store.schema.shared_fields import ErrorRecord, with_fields
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Write


async def cancel(job_id: str, ports: Ports) -> Document[JobRecord]:
    """Stop a job: nothing of it starts any more, what runs is dropped. A job that has ended stays as it ended."""
    return await change(job_id, {"status": "cancelled", "finished_at": ports.clock.now(), "paused": None}, ports)


BY_HAND: ErrorRecord = {"code": "paused", "message": "Paused by hand.", "advice": "`headrace jobs resume` goes on."}


async def pause(
    job_id: str, ports: Ports, because: ErrorRecord | None = None, *, seen: Document[JobRecord] | None = None
) -> Document[JobRecord]:
    """Let a job stand still: what runs is finished and recorded, nothing new starts, no paid call begins.

    `because`: `{"code", "message", "advice"}`, shown as the job's `paused`. A job that has ended or is paused stays as it is,
    and so does one that was resumed or run again after it was `seen`.
    """
    fields: JobChange = {"status": "paused", "paused": because or BY_HAND, "paused_at": ports.clock.now()}
    return await change(job_id, fields, ports, unless=TERMINAL | {"paused"}, seen=seen)


async def resume(flow: Flow, job_id: str, ports: Ports, *, budget_usd: float | None = None) -> Document[JobRecord]:
    """Let a paused job go on, with another budget if one is given: every unfinished task is brought back at once.

    A job that runs is given the budget, and looked after. Repeating it is harmless.

    Raises:
        Conflict: the job has ended (`not_paused`).
        BadInput: the budget is below what is spent (`budget_too_small`), or the job has none (`no_budget`).
    """
    while True:
        job = await read(job_id, ports)
        if job.data["status"] in TERMINAL:
            advice = "`headrace jobs retry` runs a job again that has ended."
            raise Conflict(f"job {job_id} has ended: {job.data['status']}", code="not_paused", advice=advice)
        fields: JobChange = {}
        writes: list[Write] = []
        if job.data["status"] == "paused":
            status: JobStatus = "running" if job.data["started_at"] else "queued"
            now = ports.clock.now()
            fields = {
                "status": status, "paused": None, "resumes": job.data.get("resumes", 0) + 1,
                "look_at": now + LOOK_AFTER,  # the repair comes first: a look beside it would bring every task back once more
                "stood_still": stand_still.all_of(job.data, now),
            }  # fmt: skip
        if budget_usd is not None:
            fields["options"] = with_fields(job.data["options"], {"budget_usd": budget_usd})
            writes = budget.raise_cap(await budget.read_ledger(job_id, ports), budget_usd)
        try:
            committed = await ports.documents.commit(Update(job.path, fields, version=job.version), *writes)
        except Conflict:
            continue  # the job changed, or somebody reserved
        job = Document(job.path, with_fields(job.data, fields), committed.version)
        if job.data.get("resumes"):  # named after the last resume: whoever repeats it repeats nothing
            await ports.tasks.enqueue(job_signal(flow, job, "repair", epoch=job.data["resumes"]))
        return job


async def retry(flow: Flow, job_id: str, ports: Ports, *, failed_only: bool = False) -> Document[JobRecord]:
    """Run a job again that has ended: a task is done anew if its input or its code changed, or if it has no result yet.

    `failed_only`: results of older code are good enough. Budget and spending go on: the cap is for all runs together.

    Raises:
        Conflict: the job has not ended (`not_retryable`).
    """
    job = await read(job_id, ports)
    if job.data["status"] not in TERMINAL:
        raise Conflict(f"job {job_id} is {job.data['status']}", code="not_retryable", advice="It has not ended.")
    now = ports.clock.now()
    cost = add_costs(await _cost_so_far(flow, job, ports), job.data.get("earlier_cost"))
    fields: JobChange = {
        "status": "queued", "run": job.data["run"] + 1, "flow_version": flow.version, "created_at": now, "started_at": None,
        "finished_at": None, "look_at": now + LOOK_AFTER, "error": None, "warnings": [], "summary": None, "critical_path": [], "result": None,
        "result_blob": None, "cost": None, "paused": None, "failed_only": failed_only, "earlier_cost": cost, "stood_still": [],
        "first_created_at": job.data.get("first_created_at", job.data["created_at"]),
    }  # fmt: skip
    in_line = {"line_at": now} if "admission" in job.data else {}
    fields = with_fields(fields, {**expiry_of(now, ports), **in_line})
    again = Document(job.path, with_fields(job.data, fields), job.version)
    first = first_task(flow, again, ports)
    committed = await ports.documents.commit(
        Update(job.path, fields, version=job.version),
        Create(first.envelope.task_path, queued_task(first, first.stage, now)),
        *label_writes(job_id, job.data["owner"], job.data["options"], fields["first_created_at"], first.expiry),
    )
    await ports.tasks.enqueue(*opening_tasks(first, again))
    return replace(again, version=committed.version)


async def _cost_so_far(flow: Flow, job: Document[JobRecord], ports: Ports) -> JobCost:
    """What the run has cost by now: tasks that were under way at its end are not in what was written down then."""
    run = job.data["run"]
    return await run_cost(await summarise(flow, job.id, run, ports), job.id, run, ports)
