"""A run's failures, the same ones together: a thousand timeouts are one line."""

from __future__ import annotations

import re

from pydantic import Field

from functions.jobs_api.reports.base_report import Shown
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.engine.store.schema.task import TaskRecord
from shared.ports import Ports
from shared.ports.documents import Document, Where

MOST = 1000
"""Failed tasks that are looked at."""
EXAMPLES = 20
_NUMBERS = re.compile(r"\d+")


class FailureGroup(Shown):
    """Failures of one stage with the same code and, numbers aside, the same message."""

    stage: str
    code: str
    message: str = Field(description="Of the first of them.")
    advice: str = ""
    tasks: int
    examples: list[str] = Field(description="Ids of the first tasks.")


class Failures(Shown):
    """All groups, the largest first."""

    groups: list[FailureGroup]
    looked_at: int
    more: bool = Field(description="Whether there are more failed tasks than were looked at.")


async def group(job: Document[JobRecord], ports: Ports) -> Failures:
    """The failures of a job's present run."""
    where = (Where("run", "==", job.data["run"]), Where("state", "==", "failed"))
    found = read_all_as(TaskRecord, await ports.documents.query(paths.tasks(job.id), *where, limit=MOST + 1))
    groups: dict[tuple[str, str, str], FailureGroup] = {}
    for task in found[:MOST]:
        _add(groups, task)
    ordered = sorted(groups.values(), key=lambda group: (-group.tasks, group.stage, group.code))
    return Failures(groups=ordered, looked_at=min(len(found), MOST), more=len(found) > MOST)


def _add(groups: dict[tuple[str, str, str], FailureGroup], task: Document[TaskRecord]) -> None:
    error = task.data.get("error")
    code, message = (error["code"], error["message"]) if error else ("failed", "Failed, and left no reason.")
    stage = (error.get("stage") if error else None) or task.data["stage"]
    key = (stage, code, _NUMBERS.sub("#", message))
    if key not in groups:
        groups[key] = FailureGroup(
            stage=stage, code=code, message=message, advice=error.get("advice", "") if error else "", tasks=0, examples=[]
        )
    groups[key].tasks += 1
    if len(groups[key].examples) < EXAMPLES:
        groups[key].examples.append(task.id)
