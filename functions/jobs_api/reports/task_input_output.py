"""One task's arguments and result, read for display; those too large are only named."""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any

from shared.engine.attempt.arguments import gather_arguments
from shared.engine.flow import Flow, Row
from shared.engine.job import lifecycle
from shared.engine.job.initial_tasks import envelope_in
from shared.engine.store.payloads import json_bytes, load_value
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import scope_of
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Document

MOST_BYTES = 256 * 1024
"""Of one argument or a result, as JSON."""
MOST_MEMBERS = 500
"""Members of a join whose results are read to be shown."""


async def arguments_of(
    flow: Flow, job: Document[JobRecord], task: Document[TaskRecord], ports: Ports
) -> tuple[dict[str, Any] | None, list[str]]:
    """A stage's arguments by their names, and the names of those that are too large to show.

    None: they are not there (yet), or were deleted, or the flow has no such stage any more.
    """
    stage = flow.by_name.get(task.data["stage"])
    if stage is None or isinstance(stage, Row):  # a branch's end is nobody's call
        return None, []
    names = [name for name in inspect.signature(stage.run).parameters if name != "ports"]
    context = _context(flow, job, task, ports)
    if await _gathers_many(context):
        return dict.fromkeys(names), names
    try:
        values = await gather_arguments(context, partial(lifecycle.request_of, job, ports))
    except (HeadraceError, LookupError, TypeError):  # what it came from is not kept any more
        return None, []
    large = [name for name, value in zip(names, values, strict=False) if json_bytes(value) > MOST_BYTES]
    return {name: None if name in large else value for name, value in zip(names, values, strict=False)}, large


async def output_of(task: Document[TaskRecord], ports: Ports) -> tuple[Any, bool]:
    """A task's result, and whether it is too large to show."""
    reference = task.data.get("result_blob")
    if reference is not None and reference["size"] > MOST_BYTES:
        return None, True
    try:
        return await load_value(ports, task.data), False
    except HeadraceError:
        return None, False


def _context(flow: Flow, job: Document[JobRecord], task: Document[TaskRecord], ports: Ports) -> TaskContext:
    """Where the engine stood at the task."""
    data = task.data
    envelope = envelope_in(job, data["stage"], run=data["run"], index=data["index"], **scope_of(data))
    return TaskContext(flow, flow.stage(data["stage"]), envelope, ports)


async def _gathers_many(context: TaskContext) -> bool:
    """Whether one of its arguments is a list of more results than are worth reading."""
    flow, stage = context.flow, context.stage
    needed = [flow.by_name.get(need.__name__) for need in stage.needs]
    joined = [row for row in flow.rows if row.join is not None and (row.join.into is stage.run or row in needed)]
    found = await context.ports.documents.get_many([context.member(row).manifest_path for row in joined])
    sizes = [manifest.data["size"] for each in found if (manifest := read_as(FanoutManifest, each)) is not None]
    return max(sizes, default=0) > MOST_MEMBERS
