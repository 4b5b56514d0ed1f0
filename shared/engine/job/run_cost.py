"""What a run of a job has cost: its stages, and what they do not show."""

from __future__ import annotations

from shared.engine.job.stage_summary import cost_of, totals
from shared.engine.store import paths
from shared.engine.store.queries import UNFINISHED
from shared.engine.store.schema.job import JobCost, StageSummary
from shared.engine.store.schema.shared_fields import read_all_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.store.usage_totals import add_up
from shared.ports import Ports
from shared.ports.documents import Where


async def run_cost(stages: list[StageSummary], job_id: str, run: int, ports: Ports) -> JobCost:
    """Dollars, calls and tokens of one run, of which `stages` are the rows (see `stage_summary`).

    Members, and what is inside branches, are counted in their row when they end. Added here: those that were put back or stopped half-way, and attempts
    that went on after another had taken their task over.
    """
    found = await ports.documents.query(paths.tasks(job_id), Where("run", "==", run), UNFINISHED)
    unfinished = read_all_as(TaskRecord, found)
    late = await ports.documents.get(paths.late_spending(job_id, run))
    members = [task.data for task in unfinished if task.data["index"] is not None or "branch" in task.data]
    hidden = add_up([*members, late.data if late else {}])
    return add_costs(totals(stages), cost_of(hidden, hidden.get("usd_micros", 0) / 1e6))


def add_costs(one: JobCost, other: JobCost | None) -> JobCost:
    """Two runs' costs, or stages' and runs', together."""
    numbers = add_up([one, other or {}])
    return cost_of(numbers, numbers["usd"])
