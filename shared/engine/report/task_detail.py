"""One task from the inside: what it was given, what it made of it, and how its tries went."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.engine.attempt.arguments import gather_arguments
from shared.engine.flow import Flow
from shared.engine.job.lifecycle import request_of
from shared.engine.store.payloads import load_value
from shared.engine.store.schema import JobRecord, TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Document

MOST_CHARACTERS = 200_000
"""Of a value as JSON that is shown whole."""


class ShownValue(BaseModel):
    """A JSON value, or why there is none to show."""

    model_config = ConfigDict(defer_build=True)

    value: Any = None
    characters: int = Field(0, description="Of the value as JSON; above 200,000 `value` is its beginning, as text.")
    missing: str = Field("", description="Why there is none: not recorded yet, or not kept.")


class TaskInside(BaseModel):
    """A task's input (one value per argument of its stage) and output. `attempts` of which the last is `attempt`; `deaths`: processes that went down under it."""

    model_config = ConfigDict(defer_build=True)

    input: ShownValue
    output: ShownValue
    attempts: int
    deaths: int
    brought_back: int = Field(description="Times that the sweeper enqueued it anew.")
    made_by: str | None = Field(description="The flow's version and the stage's.")


async def inside(flow: Flow | None, job: Document[JobRecord], task: Document[TaskRecord], ports: Ports) -> TaskInside:
    """What is kept of a task.

    Raises:
        Transient: the store did not answer.
    """
    data = task.data
    return TaskInside(
        input=await _input(flow, job, task, ports),
        output=await _output(task, ports),
        attempts=data.get("attempt", 1),
        deaths=data.get("deaths", 0),
        brought_back=data.get("swept", 0),
        made_by=data.get("code"),
    )


async def _input(flow: Flow | None, job: Document[JobRecord], task: Document[TaskRecord], ports: Ports) -> ShownValue:
    data = task.data
    stage = next((stage for stage in flow.stages if stage.name == data["stage"]), None) if flow else None
    if flow is None or stage is None:
        return ShownValue(missing="this stage is not here any more, or is the end of a branch")
    envelope = Envelope(
        job=job.id, run=data["run"], stage=stage.name, index=data["index"], branch=data.get("branch"), of=data.get("of"), lane=data["lane"]
    )  # fmt: skip

    async def request() -> Any:
        return await request_of(job, ports)

    try:
        return shown(await gather_arguments(TaskContext(flow, stage, envelope, ports), request))
    except (HeadraceError, LookupError, TypeError, ValueError) as error:
        why = error.message if isinstance(error, HeadraceError) else "what it came from is not kept any more"
        return ShownValue(missing=why)


async def _output(task: Document[TaskRecord], ports: Ports) -> ShownValue:
    if task.data["state"] != "done":
        return ShownValue(missing=f"the task is {task.data['state']}")
    try:
        return shown(await load_value(ports, task.data))
    except HeadraceError as error:
        return ShownValue(missing=error.message)


def shown(value: Any) -> ShownValue:
    """A value whole, or the beginning of its text where it is too long to be read anyway."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    clipped = value if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS]
    return ShownValue(value=clipped, characters=len(text))
