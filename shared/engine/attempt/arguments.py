"""A task's arguments as JSON: its input, and what else its stage needs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any, TypeAlias

from shared.engine.fanout import item_pages, tree_reduce
from shared.engine.flow import Stage
from shared.engine.job import lifecycle, stand_still
from shared.engine.store import paths
from shared.engine.store.payloads import load_blob, load_value
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Permanent, PutBack, Transient
from shared.ports.documents import Document

IN_PLACE, POLL = 0.3, 0.05
"""Seconds for which a side stage is waited for in place, and between looks; then the slot that it may need is given back."""
AGAIN = 1.0
"""Seconds after which its stage is asked again at the latest, if the side stage's end does not call it."""


Request: TypeAlias = Callable[[], Awaitable[Any]]
"""Reads the job's request: it may be a large blob, and most stages never ask for it."""


async def gather_arguments(context: TaskContext, request: Request) -> list[Any]:
    """The stage's positional arguments without `ports`, read side by side.

    Raises:
        Transient: an earlier result is not there (`not_ready`): the task came before its time.
    """
    if not context.stage.needs:
        return [await _input(context, request)]
    earlier = (
        request() if need is context.flow.request else _earlier(context, context.flow.stage(need.__name__))
        for need in context.stage.needs
    )
    return list(await asyncio.gather(_input(context, request), *earlier))


async def _input(context: TaskContext, request: Request) -> Any:
    if context.envelope.input is not None:
        return context.envelope.input
    if context.envelope.input_blob is not None:
        return await load_blob(context.envelope.input_blob, context.ports)
    if context.stage is context.flow.stages[0]:
        return await request()
    branch = context.flow.branch_of(context.stage)
    for parent in context.flow.rows:
        if parent.join is not None and parent.join.into is context.stage.run:
            return await _joined(context.member(parent))
        if branch is not None and parent.then is branch and branch.first is context.stage.run:
            return await _item(context.outer, parent)
        if context.stage.run in (parent.then, parent.beside):
            return await (result_of(context, parent) if context.envelope.index is None else _item(context, parent))
    raise Permanent(f"nothing leads to {context.stage.name}", code="bad_flow")


async def _item(context: TaskContext, parent: Stage) -> Any:
    """A member's own input: out of its page, or of the list that its parent gave."""
    manifest = read_as(FanoutManifest, await context.ports.documents.get(context.manifest_path))
    index = context.envelope.index or 0
    if manifest is None or not manifest.data.get("pages"):
        return item_pages.items_of(parent, await result_of(context, parent))[index]
    page, at = item_pages.place_of(manifest.data, index)
    fields = next(islice(await item_pages.read_page(manifest.data["pages"][page], context.ports), at, None))
    return await item_pages.read_item(fields, context.ports)


async def _earlier(context: TaskContext, stage: Stage) -> Any:
    if stage.join is not None:
        return await _joined(context.member(stage))
    return await (result_of(context, stage) if stage.within is None else _beside(context, stage))


async def result_of(context: TaskContext, stage: Stage) -> Any:
    """The recorded result of a stage that runs once.

    Raises:
        Transient: it is not there (`not_ready`).
    """
    found = read_as(TaskRecord, await context.ports.documents.get(context.path_of(stage)))
    if found is None or found.data["state"] != "done":
        raise Transient(f"{stage.name} has no result yet", code="not_ready")
    result = await load_value(context.ports, found.data)
    return await item_pages.read_all_items(result, context.ports) if item_pages.is_paged(result) else result


async def _beside(context: TaskContext, stage: Stage) -> Any:
    """A side stage's result, or None once its time is up or it failed.

    Raises:
        PutBack: it is not there yet: its end, or its time, brings the task back.
    """
    patience = context.ports.clock.now() + IN_PLACE
    while True:
        found = read_as(TaskRecord, await context.ports.documents.get(context.path_of(stage)))
        if found is None or found.data["state"] not in ("queued", "running", "done"):
            return None
        if found.data["state"] == "done":
            return await load_value(context.ports, found.data)
        left = found.data["queued_at"] + (stage.within or 0) - context.ports.clock.now()
        if left <= 0:
            left += await _stood_still(context, found.data["queued_at"])
        if left <= 0:
            return None
        if context.ports.clock.now() >= patience:
            raise PutBack(stage.name, min(left, AGAIN))
        await context.ports.clock.sleep(min(left, POLL))


async def _stood_still(context: TaskContext, since: float) -> float:
    """Seconds since then in which nothing of the job went on."""
    job, now = await lifecycle.read(context.job, context.ports), context.ports.clock.now()
    return stand_still.seconds(stand_still.all_of(job.data, now), since, now)


async def _joined(context: TaskContext) -> Any:
    """What a closed fan-out gives: the results it counted, in the members' order, or what its join combined them to.

    What came later changes nothing.
    """
    manifest = read_as(FanoutManifest, await context.ports.documents.get(context.manifest_path))
    if manifest is None or manifest.data["state"] != "closed":
        raise Transient(f"the fan-out of {context.stage.name} is not closed yet", code="not_ready")
    if context.stage.join is not None and context.stage.join.combine is not None:
        return await tree_reduce.combine_fanout(context, context.stage.join.combine, manifest)
    found = await members(context)
    counted = (member for member in found if member.data["state"] == "done" and member.version <= manifest.version)
    return [await load_value(context.ports, member.data) for member in counted]


async def members(context: TaskContext) -> list[Document[TaskRecord]]:
    """All members of the fan-out of the context's stage that were ever claimed, in order."""
    found = read_all_as(TaskRecord, await context.ports.documents.query(paths.tasks(context.job), *context.of_members))
    return sorted(found, key=lambda member: member.data["index"] or 0)
