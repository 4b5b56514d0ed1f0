"""`headrace jobs …`: what was started, how it stands, what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.cli import exit_codes
from infra.cli.api_target import Target, with_target
from infra.cli.commands.jobs import bulk_jobs, plan
from infra.cli.commands.page_listing import show_page
from infra.cli.output import output_files, tables, task_views
from infra.cli.output.job_completion import follow
from infra.cli.output.value_formatting import seconds, share, words
from infra.cli.shared_options import AnyJobId, AsJson, Cursor, Data, JobId, Label, OfPipeline, Out, PageSize, Status, Url

app = typer.Typer(no_args_is_help=True, help="Jobs: list, show, watch, cancel, pause, resume, retry, delete, and their results.")
ENDED = ("succeeded", "partial", "failed", "cancelled")


@app.command("list", epilog="Example: headrace jobs list --status failed")
def list_jobs(
    *,
    status: Status = None,
    pipeline: OfPipeline = None,
    label: Label = None,
    limit: PageSize = 20,
    cursor: Cursor = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Jobs, the newest first."""
    wanted = {"status": status, "pipeline": pipeline, "label": label, "limit": limit, "cursor": cursor}
    show_page("/api/v1/jobs", wanted, tables.jobs, url, data, as_json=as_json, nothing="No jobs.")


@app.command("show", epilog="Example: headrace jobs show 3f0c9a1be2d44c7a9b10 --task write_guide")
def show_job(
    job_id: JobId,
    *,
    task: Annotated[
        str | None,
        typer.Option(help="One task, by its id: what it got, gave and logged. A stage: its tasks.", show_default=False),
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """A job's stages, waits, errors, and where its time went; or one of its tasks."""
    if task is not None:
        _show_task(job_id, task, url, data, as_json=as_json)
        return

    async def read(target: Target) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        return await target.client.job(job_id), [] if as_json else await target.client.tasks(job_id)

    job, tasks = with_target(url, data, read, only_ask=True)
    if as_json:
        tables.as_json(job)
        return
    screen = tables.console()
    screen.print(tables.head(job), soft_wrap=True)
    if job["status"] not in exit_codes.BY_STATUS:
        tables.line(f"{job['progress']['percent']:.0f} %  {job['progress']['message']}", to=screen)
    tables.reasons(job, screen)
    screen.print()
    screen.print(tables.stages(job, tasks))
    if job["critical_path"]:
        path = " > ".join(f"{words(p['stage'])} {seconds(p['seconds'])} ({share(p['share'])})" for p in job["critical_path"])
        screen.print()
        tables.line(f"Critical path: {path}", to=screen)


def _show_task(job_id: str, wanted: str, url: str | None, data: Path | None, *, as_json: bool) -> None:
    """A task by its id; a stage's tasks by its name, and the task itself if it is the only one."""

    async def read(target: Target) -> list[dict[str, Any]]:
        of_stage = [task for task in await target.client.tasks(job_id) if task["stage"] == wanted]
        if len(of_stage) > 1:
            return of_stage
        return [await target.client.task(job_id, of_stage[0]["id"] if of_stage else wanted)]

    found = with_target(url, data, read, only_ask=True)
    if len(found) > 1:
        tables.as_json(found) if as_json else tables.console().print(task_views.tasks(found))
        return
    tables.as_json(found[0]) if as_json else task_views.show(found[0], tables.console())


@app.command(epilog="Example: headrace jobs watch 3f0c9a1be2d44c7a9b10")
def watch(job_id: JobId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """A job's progress until it ends; exit code as of `headrace run`."""
    raise typer.Exit(with_target(url, data, lambda target: follow(target, job_id, as_json=as_json)))


@app.command(epilog="Example: headrace jobs cancel 3f0c9a1be2d44c7a9b10, or headrace jobs cancel --label batch=spring")
def cancel(
    job_id: AnyJobId = None,
    *,
    status: Status = None,
    pipeline: OfPipeline = None,
    label: Label = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Stop a job, or all that the options find. What they have recorded is kept for `headrace jobs retry`."""
    if job_id is None:
        bulk_jobs.act("cancel", bulk_jobs.wanted(status, pipeline, label), url, data, as_json=as_json)
        return
    job = with_target(url, data, lambda target: target.client.cancel(job_id), only_ask=True)
    tables.as_json(job) if as_json else tables.line(f"Job {job_id} is cancelled.")


@app.command(epilog="Example: headrace jobs delete 3f0c9a1be2d44c7a9b10")
def delete(
    job_id: JobId,
    *,
    cancel: Annotated[bool, typer.Option("--cancel", help="If it has not ended, cancel it first.")] = False,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Delete an ended job: its documents, its files, and what was kept for it alone. There is no way back."""

    async def gone(target: Target) -> None:
        if cancel and (await target.client.progress(job_id))["status"] not in ENDED:
            await target.client.cancel(job_id)
        await target.client.delete(job_id)

    with_target(url, data, gone, only_ask=True)
    tables.as_json({"id": job_id, "deleted": True}) if as_json else tables.line(f"Job {job_id} is deleted.")


@app.command(epilog="Example: headrace jobs pause 3f0c9a1be2d44c7a9b10")
def pause(job_id: JobId, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Start nothing further of a job. What runs ends, and is kept for `headrace jobs resume`."""
    job = with_target(url, data, lambda target: target.client.pause(job_id), only_ask=True)
    tables.as_json(job) if as_json else tables.line(f"Job {job_id} is paused.")


@app.command(epilog="Example: headrace jobs resume 3f0c9a1be2d44c7a9b10 --budget-usd 2")
def resume(
    job_id: JobId,
    *,
    budget_usd: Annotated[
        float | None, typer.Option(help="Its new budget, all that was spent included.", show_default=False)
    ] = None,
    out: Out = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Go on with a paused job, and watch it; exit code as of `headrace run`."""
    output_files.alone(out, as_json=as_json)
    output_files.prepare(out)

    async def on(target: Target) -> int:
        await target.client.resume(job_id, budget_usd)
        return await follow(target, job_id, as_json=as_json, out=out, save=True)

    raise typer.Exit(with_target(url, data, on))


@app.command(epilog="Example: headrace jobs retry 3f0c9a1be2d44c7a9b10 --failed --out guide.pdf")
def retry(
    job_id: AnyJobId = None,
    *,
    status: Status = None,
    pipeline: OfPipeline = None,
    label: Label = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only what failed, not what changed since.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after showing the price.")] = False,
    out: Out = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run an ended job again, its price shown first, and watch it; or, unwatched, all that the options find.

    What failed or changed is done again, the rest is reused.
    """
    if job_id is None:
        found = {**bulk_jobs.wanted(status, pipeline, label), "failed": failed}
        if not (yes or as_json) and _asks():
            typer.confirm("Run all of them again?", abort=True)
        bulk_jobs.act("retry", found, url, data, as_json=as_json)
        return
    output_files.alone(out, as_json=as_json)
    output_files.prepare(out)
    if not as_json:
        plan.tell(with_target(url, data, lambda target: target.client.plan_retry(job_id, failed=failed), only_ask=True))
        if not yes and _asks():
            typer.confirm("Run it again?", default=True, abort=True)

    async def again(target: Target) -> int:
        await target.client.retry(job_id, failed=failed)
        return await follow(target, job_id, as_json=as_json, out=out, save=True)

    raise typer.Exit(with_target(url, data, again))


def _asks() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@app.command(epilog="Example: headrace jobs result 3f0c9a1be2d44c7a9b10 --out guide.pdf")
def result(job_id: JobId, out: Out = None, url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """A job's result, into a file."""

    async def download(target: Target) -> Path:
        job = await target.client.progress(job_id)
        return await output_files.save(target.client, job_id, job["pipeline"], out)

    output_files.alone(out, as_json=as_json)
    path = with_target(url, data, download, only_ask=True)
    if path != output_files.STDOUT:
        tables.as_json({"id": job_id, "out": str(path)}) if as_json else tables.line(f"Result: {path}")
