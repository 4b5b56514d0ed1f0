"""What a run of a job has cost: its stages, and what they do not show."""

from __future__ import annotations

from shared.engine.job.stage_summary import totals
from shared.engine.store import paths
from shared.engine.store.counters import add_up
from shared.ports import Ports
from shared.ports.documents import Data, Where


async def run_cost(stages: list[Data], job_id: str, run: int, ports: Ports) -> Data:
    """Dollars, calls and tokens of one run, of which `stages` are the rows (see `summary`).

    Members, and what is inside branches, are counted in their row when they end. Added here: those that were put back or stopped half-way, and attempts
    that went on after another had taken their task over.
    """
    where = (Where("run", "==", run), Where("state", "in", ("queued", "running")))
    unfinished = await ports.documents.query(paths.tasks(job_id), *where)
    late = await ports.documents.get(paths.late(job_id, run))
    members = [task.data for task in unfinished if task.data["index"] is not None or "branch" in task.data]
    hidden = add_up([*members, late.data if late else {}])
    shown = totals(stages)
    usd = round(shown.pop("usd") + hidden.get("usd_micros", 0) / 1e6, 6)
    return {"usd": usd, **{name: int(count + hidden.get(name, 0)) for name, count in shown.items()}}
