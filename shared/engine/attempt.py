"""One attempt at a task: gather its arguments, find the result or make it."""

from __future__ import annotations

import asyncio
from typing import Any

from structlog.stdlib import get_logger

from shared.engine import cache, jobs, meter, needs, pages, paths
from shared.engine.claim import Claim
from shared.engine.payloads import canonical, dump_result, kept, load_argument
from shared.engine.step import Step
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports.documents import Data, Document

log = get_logger()


async def attempt(step: Step, held: Claim, job: Document, account: meter.Meter) -> tuple[Any, Data]:
    """The stage's result as JSON, and the fields to record with it.

    Raises:
        HeadraceError: what the stage raised; `attempts_spent` when it kept killing its process.
    """
    if held.attempt > step.stage.attempts:
        raise Permanent(f"{step.stage.name} took its process down {step.stage.attempts} times", code="attempts_spent")
    if await _closed(step):
        return None, {"state": "skipped"}
    arguments = await needs.arguments(step, await jobs.request_of(job, step.ports))
    made_from = paths.digest(canonical(arguments))
    before = await _previous_run(step, made_from)
    if before is not None:
        return await kept(step.ports, before.data), {"state": "done", "made_from": made_from, "hits": 1}
    typed = [load_argument(step.stage, position, value) for position, value in enumerate(arguments)]

    async def work() -> tuple[Any, bool]:
        result = await _run(step, typed, account)
        worth = step.stage.cache is None or step.stage.cache.worth is None or step.stage.cache.worth(result)
        return dump_result(step.stage, result), worth

    wanted = cache.entry(step, arguments, typed, held.path)
    result, hit = await cache.through(wanted, work, step.ports) if wanted else ((await work())[0], False)
    return result, {"state": "done", "made_from": made_from, "hits": int(hit)}


async def _run(step: Step, typed: list[Any], account: meter.Meter) -> Any:
    """Call the stage under its time limit; whatever it raises leaves as one of ours."""
    token = meter.current.set(account)
    try:
        async with asyncio.timeout(step.stage.timeout):
            return await pages.called(step.stage, typed, step.ports)
    except TimeoutError as error:
        raise Transient(f"{step.stage.name} took over {step.stage.timeout:.0f} s", code="stage_timeout") from error
    except HeadraceError:
        raise
    except Exception as error:
        log.exception("stage_crashed")
        raise Transient(f"{step.stage.name} crashed: {type(error).__name__}", code="internal") from error
    finally:
        meter.current.reset(token)


async def _closed(step: Step) -> bool:
    """Whether the member's join has already closed without it."""
    join = step.stage.join
    if step.envelope.index is None or join is None or (join.enough is None and join.within is None):
        return False
    manifest = await step.ports.documents.get(step.manifest_path)
    return manifest is not None and manifest.data["state"] == "closed"


async def _previous_run(step: Step, made_from: str) -> Document | None:
    """The same work, recorded by an earlier run of this job: a retry repeats only what failed."""
    if step.envelope.run == 1:
        return None
    task_id = paths.task_id(step.envelope.run - 1, step.stage.name, step.envelope.index)
    before = await step.ports.documents.get(paths.task(step.job, task_id))
    same = before is not None and before.data["state"] == "done" and before.data.get("made_from") == made_from
    return before if same else None
