"""What a running job has already: results of single tasks, told as they come.

A flow's result names the stages whose results are of use by themselves: `partial_stages: ClassVar[tuple[str, ...]]`.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from shared.engine.flow import Flow
from shared.engine.store import paths
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.engine.store.schema.task import TaskRecord
from shared.ports import Ports
from shared.ports.documents import Document, Where

AT_ONCE = 50
BACK = 5.0
"""Seconds looked back for results that were recorded late: processes' clocks differ."""


class Partial(BaseModel):
    """The data of a `partial`. After a broken connection one may come again: `task` is the same then."""

    task: str
    stage: str
    branch: int | None
    index: int | None
    result: Any


async def since(flow: Flow, job: Document[JobRecord], ms: int, told: dict[str, int], ports: Ports) -> list[tuple[int, Partial]]:
    """Some of the results recorded after a time (milliseconds since 1970) that are not `told` yet, each with its own time.

    None: there are no more. `told` holds the times of those told before; what has become too old to come again is taken out.
    """
    stages = getattr(flow.result, "partial_stages", ())
    if not stages:
        return []
    back = ms - int(BACK * 1000)
    for task in [task for task, at in told.items() if at <= back]:
        del told[task]
    found = await ports.documents.query(
        paths.tasks(job.id), Where("run", "==", job.data["run"]), Where("stage", "in", stages), Where("state", "==", "done"),
        Where("finished_at", ">", back / 1000), order_by="finished_at", limit=AT_ONCE + len(told),
    )  # fmt: skip
    new = {task.id: int(task.data["finished_at"] * 1000) for task in found if task.id not in told}
    shown = [(new[task.id], await _shown(task, ports)) for task in read_all_as(TaskRecord, found) if task.id in new]
    told.update(new)
    return shown


async def _shown(task: Document[TaskRecord], ports: Ports) -> Partial:
    data = task.data
    return Partial(
        task=task.id, stage=data["stage"], branch=data.get("branch"), index=data["index"], result=await load_value(ports, data)
    )
