"""What follows a result: sealed in the result's own commit, released as tasks afterwards."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from shared.engine.fanout import item_pages, page_pacing
from shared.engine.fanout.join import queued_task
from shared.engine.flow import Row, Stage
from shared.engine.store import paths
from shared.engine.store.schema.fanout import FanoutManifest, FanoutReleased, ManifestChange
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Maker, to_task
from shared.ports import Ports
from shared.ports.documents import Create, Merge, Write
from shared.ports.tasks import Task

AT_ONCE = 100
"""Tasks made and enqueued at a time."""
MEMBERS_A_SECOND = 5000
"""Members released a second: ten times what a queue of Cloud Tasks starts, and more than one machine can run; a page after the
other, so that they begin in their order."""


async def seal(context: TaskContext, result: Any, now: float) -> list[Write]:
    """The writes that go into the commit of a stage's result, so that what follows cannot be forgotten."""
    writes: list[Write] = [
        Create(context.path_of(stage), queued_task(context, stage, now)) for stage in _singles(context, result)
    ]
    fanned = _fanned(context, result)
    if fanned is not None:
        then, items = fanned
        size, sizes = item_pages.count_items(items), page_pacing.page_sizes(context, then)
        paged = await item_pages.write_pages(items, context.job, context.ports, sizes)
        closed: ManifestChange = {"state": "closed", "reason": "empty", "closed_at": now}
        manifest: FanoutManifest = {
            "run": context.envelope.run, "stage": then.name, "parent": context.stage.name, "size": size, "state": "open",
            "reason": None, "created_at": now, "closed_at": None,
            "pages": paged["pages"], "firsts": paged["firsts"],
        }  # fmt: skip
        more = {**context.scope(then), **context.expiry, **({} if size else closed)}
        writes.append(Create(context.member(then).manifest_path, with_fields(manifest, more)))
    return writes


def count_following(context: TaskContext, result: Any) -> dict[str, int]:
    """How many tasks of each stage follow a result."""
    counts = {stage.name: 1 for stage in _singles(context, result)}
    if (fanned := _fanned(context, result)) is not None:
        counts[fanned[0].name] = item_pages.count_items(fanned[1])
    return counts


async def release(context: TaskContext, result: Any, since: float) -> None:
    """Enqueue what `seal` wrote down. Safe to repeat: names dedupe, and claims stop what slips through."""
    fanned = _fanned(context, result)
    if singles := list(_singles(context, result)):
        small = result if fanned is None and item_pages.fits_in_body(result) else None
        following = (context.member(stage, queued_at=since, input=small) for stage in singles)
        await context.ports.tasks.enqueue(*(to_task(context.flow, one.stage, one.envelope) for one in following))
    if fanned is None:
        return
    then, items = fanned
    await enqueue_in_parts(context.ports, _closing(context, then, item_pages.count_items(items), since))
    if item_pages.needs_pages(items, page_pacing.page_sizes(context, then)[0]):
        await _release_pages(context, then, since)
    else:
        await enqueue_in_parts(context.ports, member_tasks(context, then, items, since))


async def release_page(context: TaskContext, *, only: Container[int] | None = None) -> int:
    """Enqueue one page of the fan-out that follows the context's stage (`only` some of its members). Answers how many.

    A page whose time has not come is put off (see `page_pacing`).
    """
    then, page = context.stage.then, context.envelope.page
    stage = context.flow.stage(then) if then is not None else context.stage
    manifest = read_as(FanoutManifest, await context.ports.documents.get(context.member(stage).manifest_path))
    if manifest is None or page is None or manifest.data["state"] == "closed":
        return 0
    pace: page_pacing.Pace | None = None
    if only is None and page_pacing.is_paced(context, stage):
        told = await page_pacing.next_pace(context, stage, manifest.data)
        if isinstance(told, page_pacing.Wait):
            known = page_pacing.Pace.parse(context.envelope.after)
            later = replace(known, looks=known.looks + 1)
            await _release_later(context, page, later, told.seconds, context.envelope.queued_at)
            return 0
        pace = told
    carried = await item_pages.read_page(manifest.data["pages"][page], context.ports)
    first, size, since = item_pages.first_indexes(manifest.data)[page], manifest.data["size"], manifest.data["created_at"]
    wanted = ((index, fields) for index, fields in enumerate(carried, first) if only is None or index in only)
    epoch = 0 if only is None else context.envelope.epoch
    tasks = (_member(context, stage, index=index, size=size, queued_at=since, epoch=epoch, **fields) for index, fields in wanted)
    if pace is None:
        return await enqueue_in_parts(context.ports, tasks)
    now = context.ports.clock.now()
    count = await enqueue_in_parts(
        context.ports, (_not_before(task, now + pace.due_in(place), now) for place, task in enumerate(tasks))
    )
    await _note_released(context, stage, manifest.data, page)
    if page + 1 < len(manifest.data["pages"]):
        await _release_later(context, page + 1, pace, pace.telling_in(count), now)
    return count


async def _note_released(context: TaskContext, stage: Stage, manifest: FanoutManifest, page: int) -> None:
    """Write down whose time has come for sure: the members of all pages but the last two."""
    if page > 1:
        of = context.member(stage)
        released: FanoutReleased = {"released": item_pages.first_indexes(manifest)[page - 1]}
        await context.ports.documents.commit(Merge(paths.released(of.job, of.fanout), with_fields(released, context.expiry)))


def _not_before(task: Task, at: float, now: float) -> Task:
    return replace(task, at=at, body={**task.body, "paced": True}) if at > now else task


async def release_again(context: TaskContext, page: int) -> None:
    """Have a page released whose dispatcher was lost. `context` has the epoch of its repair: it shares no name with what was lost."""
    await _release_later(context, page, page_pacing.Pace(), page_pacing.FIRST_LOOK, context.ports.clock.now())


async def _release_later(context: TaskContext, page: int, pace: page_pacing.Pace, seconds: float, since: float) -> None:
    """Look in so many seconds whether the page's time has come. `pace`: of the page before, which was released at `since`."""
    at = context.ports.clock.now() + seconds
    epoch = context.envelope.epoch if page == context.envelope.page else 0
    dispatcher = _dispatcher(context, page, at=at, after=str(pace), epoch=epoch, queued_at=since)
    await enqueue_in_parts(context.ports, [dispatcher])


async def enqueue_in_parts(ports: Ports, tasks: Iterable[Task]) -> int:
    """Enqueue a few at a time, however many: dispatchers of many pages run side by side. Answers how many."""
    waiting, count = iter(tasks), 0
    while some := list(islice(waiting, AT_ONCE)):
        await ports.tasks.enqueue(*some)
        count += len(some)
    return count


def member_tasks(
    context: TaskContext, stage: Stage, items: Sequence[Any], since: float, only: Container[int] | None = None
) -> Iterator[Task]:
    """The tasks of a small fan-out's members. An input too large to travel is read from the parent's result."""
    epoch = 0 if only is None else context.envelope.epoch
    for index, item in enumerate(items):
        if only is None or index in only:
            fields = {"input": item} if item_pages.fits_in_body(item) else {}
            yield _member(context, stage, index=index, size=len(items), queued_at=since, epoch=epoch, **fields)


def _member(context: TaskContext, stage: Stage, *, index: int, size: int, **fields: Any) -> Task:
    of = (
        branch_entry(context, stage, index, size, **fields)
        if isinstance(stage, Row)
        else context.member(stage, index=index, size=size, **fields)
    )
    maker: Maker = "repair" if of.envelope.epoch else "release"
    return to_task(context.flow, of.stage, of.envelope, maker=maker)


def branch_entry(context: TaskContext, row: Row, branch: int, of: int, **fields: Any) -> TaskContext:
    """Where a branch begins."""
    return context.member(context.flow.stage(row.branch.first), branch=branch, of=of, **fields)


async def _release_pages(context: TaskContext, then: Stage, since: float) -> None:
    """One dispatcher task per page, which enqueues its members: a large fan-out starts in parallel and nobody holds it whole."""
    manifest = read_as(FanoutManifest, await context.ports.documents.get(context.member(then).manifest_path))
    if manifest is None:
        return  # the job was deleted meanwhile
    firsts = item_pages.first_indexes(manifest.data)
    if len(firsts) == 1:
        await release_page(context.member(context.stage, kind="release", page=0, queued_at=since))
        return
    starts = (since + first / MEMBERS_A_SECOND for first in (firsts[:1] if page_pacing.is_paced(context, then) else firsts))
    await enqueue_in_parts(context.ports, (_dispatcher(context, page, queued_at=since, at=at) for page, at in enumerate(starts)))


def _dispatcher(context: TaskContext, page: int, *, at: float | None = None, **fields: Any) -> Task:
    """The task that releases a page."""
    of = context.member(context.stage, kind="release", page=page, **fields)
    task = to_task(context.flow, of.stage, of.envelope, at=at)
    return replace(task, lane=f"engine-{context.envelope.lane}")


def _closing(context: TaskContext, stage: Stage, size: int, since: float) -> Iterator[Task]:
    """The task that closes a fan-out when its time is up."""
    if size and stage.join is not None and stage.join.within is not None:
        yield closing(context, stage, size, since, at=since + stage.join.within)


def closing(context: TaskContext, stage: Stage, size: int, since: float, *, at: float, again: int = 0) -> Task:
    """The task that closes the fan-out of `stage`, which began at `since`, at a time; `again`: how often it was put off."""
    served = context.flow.stage(stage.run)  # a branch's row is no function: its first stage's takes the delivery
    envelope = context.member(served, queued_at=since, kind="close", size=size, epoch=again).envelope
    task = to_task(context.flow, served, envelope, at=at, maker="putback" if again else "release")
    into = context.flow.stage(stage.join.into) if stage.join else served  # its own lane may be full of what it is to cut short
    return replace(task, lane=f"{into.lane}-{context.envelope.lane}")


def _fanned(context: TaskContext, result: Any) -> tuple[Stage, Any] | None:
    if context.stage.then is None or (items := item_pages.items_of(context.stage, result)) is None:
        return None
    return context.flow.stage(context.stage.then), items


def _singles(context: TaskContext, result: Any) -> Iterator[Stage]:
    """Stages that follow with one task: the side stage, the next stage, or the join of an empty fan-out."""
    if context.stage.beside is not None:
        yield context.flow.stage(context.stage.beside)
    fanned = _fanned(context, result)
    if fanned is None and context.stage.then is not None:
        yield context.flow.stage(context.stage.then)
    elif fanned is not None and not item_pages.count_items(fanned[1]) and fanned[0].join is not None:
        yield context.flow.stage(fanned[0].join.into)
