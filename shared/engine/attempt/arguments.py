"""A task's arguments as JSON: its input, and what else its stage needs."""

from __future__ import annotations

from itertools import islice
from typing import Any

from shared.engine.fanout import combine, item_pages
from shared.engine.flow import Stage
from shared.engine.store import paths
from shared.engine.store.payloads import kept, load
from shared.engine.task.context import TaskContext
from shared.errors import Permanent, Transient
from shared.ports.documents import Document, Where

POLL = 0.05
"""Seconds between looks at a side stage that is nearly due."""


async def gather_arguments(step: TaskContext, request: Any) -> list[Any]:
    """The stage's positional arguments without `ports`.

    Raises:
        Transient: an earlier result is not there (`not_ready`): the task came before its time.
    """
    earlier = [
        request if need is step.flow.request else await _earlier(step, step.flow.stage(need.__name__))
        for need in step.stage.needs
    ]
    return [await _input(step, request), *earlier]


async def _input(step: TaskContext, request: Any) -> Any:
    if step.envelope.input is not None:
        return step.envelope.input
    if step.envelope.input_blob is not None:
        return await load(step.envelope.input_blob, step.ports)
    if step.stage is step.flow.stages[0]:
        return request
    branch = step.flow.branch_of(step.stage)
    for parent in step.flow.rows:
        if parent.join is not None and parent.join.into is step.stage.run:
            return await _joined(step.member(parent))
        if branch is not None and parent.then is branch and branch.first is step.stage.run:
            return await _item(step.outer, parent)
        if step.stage.run in (parent.then, parent.beside):
            return await (result_of(step, parent) if step.envelope.index is None else _item(step, parent))
    raise Permanent(f"nothing leads to {step.stage.name}", code="bad_flow")


async def _item(step: TaskContext, parent: Stage) -> Any:
    """A member's own input: out of its page, or of the list that its parent gave."""
    manifest, index = await step.ports.documents.get(step.manifest_path), step.envelope.index or 0
    if manifest is None or not manifest.data.get("pages"):
        return item_pages.spread(parent, await result_of(step, parent))[index]
    page, at = divmod(index, manifest.data["page"])
    fields = next(islice(await item_pages.page(manifest.data["pages"][page], step.ports), at, None))
    return await item_pages.item(fields, step.ports)


async def _earlier(step: TaskContext, stage: Stage) -> Any:
    if stage.join is not None:
        return await _joined(step.member(stage))
    return await (result_of(step, stage) if stage.within is None else _beside(step, stage))


async def result_of(step: TaskContext, stage: Stage) -> Any:
    """The recorded result of a stage that runs once.

    Raises:
        Transient: it is not there (`not_ready`).
    """
    found = await step.ports.documents.get(step.path_of(stage))
    if found is None or found.data["state"] != "done":
        raise Transient(f"{stage.name} has no result yet", code="not_ready")
    result = await kept(step.ports, found.data)
    return await item_pages.whole(result, step.ports) if item_pages.is_paged(result) else result


async def _beside(step: TaskContext, stage: Stage) -> Any:
    """A side stage's result, or None once its time is up or it failed. Waits, but never beyond its deadline."""
    while True:
        found = await step.ports.documents.get(step.path_of(stage))
        if found is None or found.data["state"] not in ("queued", "running", "done"):
            return None
        if found.data["state"] == "done":
            return await kept(step.ports, found.data)
        if step.ports.clock.now() >= found.data["queued_at"] + (stage.within or 0):
            return None
        await step.ports.clock.sleep(POLL)


async def _joined(step: TaskContext) -> Any:
    """What a closed fan-out gives: the results it counted, in the members' order, or what its join combined them to.

    What came later changes nothing.
    """
    manifest = await step.ports.documents.get(step.manifest_path)
    if manifest is None or manifest.data["state"] != "closed":
        raise Transient(f"the fan-out of {step.stage.name} is not closed yet", code="not_ready")
    if step.stage.join is not None and step.stage.join.combine is not None:
        return await combine.of_fanout(step, step.stage.join.combine, manifest)
    found = await members(step)
    counted = (member for member in found if member.data["state"] == "done" and member.version <= manifest.version)
    return [await kept(step.ports, member.data) for member in counted]


async def members(step: TaskContext) -> list[Document]:
    """All members of the fan-out of the step's stage that were ever claimed, in order."""
    where = [Where(name, "==", value) for name, value in step.envelope.scope.items() if name == "branch"]
    where += [Where("stage", "==", step.stage.name), Where("run", "==", step.envelope.run)]
    found = await step.ports.documents.query(paths.tasks(step.job), *where)
    return sorted(found, key=lambda member: member.data["index"])
