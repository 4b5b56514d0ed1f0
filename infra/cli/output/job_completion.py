"""What `run`, `jobs watch` and `jobs retry` share: a job watched to its rest, its result saved, its times shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from infra.cli import exit_codes
from infra.cli.api_client import Json
from infra.cli.api_target import Target
from infra.cli.output import output_files, result_views, tables
from infra.cli.output.live_progress import display_on
from infra.cli.output.value_formatting import here, moment, seconds, until
from infra.cli.output.watch_job import watch


async def follow(target: Target, job_id: str, *, as_json: bool, out: Path | None = None, save: bool = False) -> int:
    """Watch a job, save its result if there is one and `save` is asked for, print what came of it. Answers the exit code.

    A result for standard output has it for itself: all else is told on standard error.
    """
    aside = out == output_files.STDOUT
    try:
        job = await watch(target.client, job_id, display_on(tables.console(progress=True, as_json=as_json or aside)))
    except asyncio.CancelledError:
        _left(target, job_id, as_json=as_json)
        raise
    path, beside, left = None, list[Path](), list[Path]()
    if save and job["status"] in ("succeeded", "partial"):
        path = await output_files.save(target.client, job_id, job["pipeline"], out)
        if not aside:
            result = job.get("result")
            beside, left = await output_files.save_beside(target.client, job_id, result, path, over=out is None)
    if as_json:
        tables.as_json({**job, "out": str(path) if path else None, "beside": [str(one) for one in beside]})
    else:
        await _tell(target, job, None if aside else path, (beside, left), tables.console(progress=True, as_json=aside))
    return exit_codes.of_job(job)


def leave(target: Target, job_id: str, starts: str | None, *, as_json: bool) -> None:
    """Say of a job that nobody waits for when it starts, and how to see it. `starts`: its time, if one was chosen."""
    if as_json:
        tables.as_json({"id": job_id, "status": "queued", "start_at": starts})
        return
    tables.line(_begins(job_id, starts))
    if target.own:
        tables.line(f"It runs while a local cloud runs on its folder: headrace dev{target.flags}")
    tables.line(f"To see it: headrace jobs watch {job_id}{target.flags}")


def tell_its_time(target: Target, job_id: str, starts: str, screen: Console) -> None:
    """Say before the wait how long it is, and how to leave."""
    where = f" It starts only while a local cloud runs: headrace dev{target.flags}" if target.own else ""
    tables.line(f"{_begins(job_id, starts)} Ctrl-C leaves it to that time, as --no-wait does.{where}", to=screen)


def _begins(job_id: str, starts: str | None) -> str:
    at, left = moment(starts), until(starts)
    return f"Job {job_id} starts at {here(at)}, in {seconds(left)}." if at and left else f"Job {job_id} is queued."


async def _tell(
    target: Target, job: Json, path: Path | None, beside: tuple[Sequence[Path], Sequence[Path]], screen: Console
) -> None:
    """The outcome, the times, the reasons, the result's place."""
    screen.print()
    screen.print(tables.timing(job, tables.calls_by_stage(await target.client.tasks(job["id"]))))
    screen.print()
    screen.print(tables.head(job), soft_wrap=True)
    tables.reasons(job, screen)
    result_views.show(job["pipeline"], job.get("result"), screen)
    if path:
        tables.line(f"Result: {path}", to=screen)
    for words, files in zip(("Beside it", "Of an earlier run, left as they are"), beside, strict=True):
        if files:
            tables.line(f"{words}: {', '.join(map(str, files))}", to=screen)
    if target.lasting and (advice := _next(target, job)):
        tables.line(advice, "dim", to=screen)


def _next(target: Target, job: Json) -> str:
    """What may be done about a job that did not succeed."""
    advice = (job.get("paused") or {}).get("advice", "")
    retry = f"headrace jobs retry {job['id']}{target.flags}"
    resume = f"headrace jobs resume {job['id']}{target.flags}"
    return {
        "failed": f"To run the same again, keeping what was done: {retry}",
        "partial": f"Do again what failed: {retry} --failed",
        "cancelled": f"Take it up again: {retry}",
        "paused": "What it has is kept." + ("" if "resume" in advice else f" To go on: {resume}"),
    }.get(job["status"], "")


def _left(target: Target, job_id: str, *, as_json: bool) -> None:
    """The watcher leaves; the job does not end for that."""
    screen = tables.console(progress=True, as_json=as_json)
    again = f"headrace jobs watch {job_id}{target.flags}"
    if not target.lasting:
        tables.line("Stopped.", to=screen)
    elif target.own:
        tables.line(f"Stopped, and the local cloud with it. The job resumes with its next start: {again}", to=screen)
    else:
        tables.line(f"The job goes on. To see it again: {again}", to=screen)
