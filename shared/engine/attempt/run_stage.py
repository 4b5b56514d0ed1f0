"""One attempt at a task: gather its arguments, find the result or make it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from structlog.stdlib import get_logger

from shared.engine.attempt import record_branch_end
from shared.engine.attempt.arguments import gather_arguments
from shared.engine.attempt.stage_question import answer_to
from shared.engine.fanout import item_pages, page_pacing
from shared.engine.job import lifecycle
from shared.engine.spending import usage_meter
from shared.engine.store import paths
from shared.engine.store.payloads import canonical, dump_result, load_argument, load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task import cache
from shared.engine.task.claim import Claim
from shared.engine.task.delivery_context import TaskContext
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports.documents import Document

log = get_logger()

DEATHS = 5
"""Times that a task's process may die under it. More than a stage's attempts: it may have died of something else."""
LOOK_BACK = 5
"""Earlier runs whose results a retry may take over: one that was stopped early may have none."""


async def run_stage(
    context: TaskContext, held: Claim, job: Document[JobRecord], account: usage_meter.Meter
) -> tuple[Any, TaskChange]:
    """The stage's result as JSON, and the fields to record with it.

    Raises:
        HeadraceError: what the stage raised; `attempts_spent` when it kept killing its process; `Unanswered` when it asks first.
    """
    if held.data.get("deaths", 0) > max(DEATHS, context.stage.attempts):
        raise Permanent(f"{context.stage.name} took its process down {held.data['deaths']} times", code="attempts_spent")
    if await _closed(context):
        return None, {"state": "skipped"}
    arguments = await gather_arguments(context, partial(lifecycle.request_of, job, context.ports))
    made: TaskChange = {"made_from": paths.digest(canonical(arguments)), "code": code_of(context)}
    before = await _earlier_run(context, made, any_code=job.data.get("failed_only", False))
    if before is not None:
        taken_over: TaskChange = {"state": "done", "hits": 1, "made_from": made["made_from"], "code": before.data.get("code")}
        return await load_value(context.ports, before.data), taken_over
    if context.stage.waits is not None:
        arguments = [*arguments, await answer_to(context, job, arguments[0])]
    typed = [load_argument(context.stage, position, value) for position, value in enumerate(arguments)]

    async def work() -> tuple[Any, bool]:
        result = await _run(context, typed, wanted.path if wanted else context.job, account)
        worth = context.stage.cache is None or context.stage.cache.worth is None or context.stage.cache.worth(result)
        return dump_result(context.stage, result), worth

    def fits(found: Any) -> Any:
        return dump_result(context.stage, found)

    since = max(context.ports.settings.kept_since, job.data["created_at"] if job.data["options"].get("fresh") else 0.0)
    wanted = cache.entry_for(context, arguments, typed, held.path, waited=held.data.get("wait_s", 0.0), since=since)
    result, hit = await cache.get_or_compute(wanted, work, context.ports, fits) if wanted else ((await work())[0], False)
    return result, with_fields(made, {"state": "done", "hits": int(hit)})


async def _run(context: TaskContext, typed: list[Any], of: str, account: usage_meter.Meter) -> Any:
    """Call the stage under its time limit; whatever it raises leaves as one of ours. `of`: whose the pages are that it gives."""
    token = usage_meter.current_meter.set(account)
    try:
        async with asyncio.timeout(context.stage.timeout):
            return await item_pages.call_stage(context.stage, typed, of, context.ports, _page_sizes(context))
    except TimeoutError as error:
        raise Transient(f"{context.stage.name} took over {context.stage.timeout:.0f} s", code="stage_timeout") from error
    except HeadraceError:
        raise
    except Exception as error:
        log.exception("stage_crashed")
        message, advice = f"{context.stage.name} crashed: {type(error).__name__}", "The log line `stage crashed` says where."
        raise Transient(message, code="internal", advice=advice) from error
    finally:
        usage_meter.current_meter.reset(token)


def _page_sizes(context: TaskContext) -> item_pages.Sizes:
    """Items to a page of what the stage gives."""
    then = context.stage.then or context.stage.run
    return page_pacing.page_sizes(context, context.flow.stage(then))


async def _closed(context: TaskContext) -> bool:
    """Whether the member's join has already closed without it, or its branch is over."""
    early = context.envelope.index is not None and context.stage.closes_early
    wanted = [*record_branch_end.ending_documents(context), *([context.manifest_path] if early else [])]
    return bool(wanted) and record_branch_end.is_over(await context.ports.documents.get_many(wanted))


def code_of(context: TaskContext) -> str:
    """What would make the same input another result: the flow's version and the stage's own."""
    return f"{context.flow.version}.{context.stage.cache.version if context.stage.cache else 0}"


async def _earlier_run(context: TaskContext, made: TaskChange, *, any_code: bool) -> Document[TaskRecord] | None:
    """The same work, recorded by an earlier run of this job, the latest first: a retry repeats only what failed or changed."""
    runs = range(context.envelope.run - 1, max(0, context.envelope.run - 1 - LOOK_BACK), -1)
    earlier = [context.path_of(context.stage, context.envelope.index, run=run) for run in runs]
    for found in await context.ports.documents.get_many(earlier) if earlier else []:
        before = read_as(TaskRecord, found)
        if before is None or before.data["state"] != "done" or before.data.get("made_from") != made["made_from"]:
            continue
        if any_code or before.data.get("code") == made["code"]:
            return before
    return None
