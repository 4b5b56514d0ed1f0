"""`headrace deploy …`: what a project gets and costs, whether it is ready, whether what was deployed works, and all of it gone."""

from __future__ import annotations

import asyncio
import re
import textwrap
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from functions import deployed
from functions.upkeep.schedules import schedules
from infra.cli import event_loop, exit_codes
from infra.cli.api_target import Target, with_target
from infra.cli.checks import settings_checks
from infra.cli.checks.project_checks import check_project
from infra.cli.checks.settings_checks import Check
from infra.cli.job_input import read_input, the_flow
from infra.cli.output import check_table, tables, teardown_dialogue
from infra.cli.output.job_completion import follow
from infra.cli.shared_options import RUN_EXAMPLE, AsJson, Set, Source, Url
from infra.deployment import deployment_cost
from infra.deployment.google_api_client import Project, billing_account, google_apis
from infra.deployment.resource_kinds import Variables
from infra.deployment.terraform_variables import FILE, read_variables, secrets, variables
from shared.errors import BadInput, Permanent, Transient
from shared.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="A Google Cloud project: what it gets, whether it is ready and works; and away with it."
)
SIZES = ("small", "large")
PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
"""A project's id: what it is called in addresses."""
PATIENCE = 60.0
"""Seconds that a revision may take to come up; and then to answer what costs nothing."""
WIDTH = 76
"""Characters of a line of names."""
SMOKE_DEADLINE = 600.0
"""Seconds within which a smoke test's job is to end."""


Size: TypeAlias = Annotated[str, typer.Option(help="small: a handful of services; large: one for each stage.")]
ProjectName: TypeAlias = Annotated[
    str | None, typer.Option("--project", help="The project (GOOGLE_CLOUD_PROJECT).", show_default=False)
]
Region: TypeAlias = Annotated[str | None, typer.Option(help="Its region (HEADRACE_LOCATION).", show_default=False)]
Exported: TypeAlias = Annotated[Path, typer.Option("--variables", help="What `headrace infra export` wrote.")]


@app.command(epilog="Example: headrace deploy plan --json")
def plan(size: Size = "small", as_json: AsJson = False) -> None:
    """What a project gets, from what the pipelines register, and what it costs a month while nobody uses it. Makes nothing."""
    wanted, idle = parts(_size(size)), idle_costs()
    if as_json:
        tables.as_json({**wanted, "idle_usd_month": idle})
        return
    for name, rows in wanted.items():
        tables.line(f"{len(rows)} {name}:", "bold")
        for row in textwrap.wrap(", ".join(row["name"] for row in rows), WIDTH, break_long_words=False, break_on_hyphens=False):
            tables.line(f"  {row}")
    tables.line(f"At rest, a month: ${sum(idle.values()):.2f} (docs/cost.md)")


def parts(size: str) -> dict[str, list[dict[str, Any]]]:
    """What is made, by kind; each has a `name`, and what the variables for Terraform say of it."""
    content = variables(Settings.load())
    functions = [{"name": name, "module": module} for name, module in sorted(deployed().items())]
    services = [{"name": name, **of} for name, of in content["services"][size].items()]
    kinds = ("queues", "schedules", "triggers", "indexes")
    return {"services": services, "functions": functions} | {
        kind: [{"name": name, **of} for name, of in content[kind].items()] for kind in kinds
    }


def idle_costs() -> dict[str, float]:
    """Dollars a month of a deployment that nobody uses, by what is paid for."""
    return deployment_cost.idle({name: one.cron for name, one in schedules().items()}, len(secrets()))


@app.command(epilog="Example: headrace deploy check --project my-project --json")
def check(
    project: ProjectName = None,
    region: Region = None,
    size: Size = "small",
    exported: Exported = FILE,
    as_json: AsJson = False,
) -> None:
    """Whether a project is ready: APIs, services, queues, indexes, roles, secrets, quotas, models' shutdown dates. Exit code 1 if not."""
    settings, named, content = _given(project, region, size, exported)

    async def work() -> list[Check]:
        async with google_apis(settings.google_api_url, named) as apis:
            whole = replace(named, billing=await billing_account(apis, named))
            return [*await check_project(apis, content, whole), *await settings_checks.models(settings)]

    raise typer.Exit(check_table.show(event_loop.run(work()), as_json=as_json))


@app.command(epilog="Example: headrace deploy teardown --project my-project")
def teardown(
    project: ProjectName = None,
    region: Region = None,
    exported: Exported = FILE,
    confirm: Annotated[
        str | None, typer.Option(help="The project's name, instead of being asked for it.", show_default=False)
    ] = None,
) -> None:
    """Delete everything of Headrace in a project: jobs, files, secrets, images, services, all. Lists it and asks first."""
    settings, named, content = _given(project, region, "small", exported)

    async def work() -> int:
        async with google_apis(settings.google_api_url, named) as apis:
            whole = replace(named, billing=await billing_account(apis, named))
            return await teardown_dialogue.run(apis, content, whole, confirm)

    raise typer.Exit(event_loop.run(work()))


def _given(project: str | None, region: str | None, size: str, exported: Path) -> tuple[Settings, Project, Variables]:
    settings = Settings.load()
    name = project or settings.project
    if not PROJECT.fullmatch(name):
        raise BadInput(
            f"{name!r} is no project" if name else "which project?",
            code="bad_project",
            advice="Name it: --project, or GOOGLE_CLOUD_PROJECT.",
        )
    return settings, Project(name, region or settings.location, _size(size)), read_variables(exported)


def _size(size: str) -> str:
    if size not in SIZES:
        raise BadInput(f"there is no size {size!r}", code="bad_size", advice="It is `small` or `large`.")
    return size


@app.command(epilog=f"Example: headrace deploy smoke {RUN_EXAMPLE} --url https://headrace.example")
def smoke(
    pipeline: Annotated[str | None, typer.Argument(help="Of which to run one real job; none: only the API is asked.")] = None,
    *,
    source: Source = None,
    settings: Set = None,
    budget_usd: Annotated[float, typer.Option(help="Most dollars to spend on it.")] = 0.5,
    patience: Annotated[float, typer.Option(min=1, help="Seconds that it may take to come up, and then to answer.")] = PATIENCE,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Whether a deployment works: it is up, it knows its pipelines, it takes our key, and one job succeeds. Exit code 0 if so."""
    given = read_input(the_flow(pipeline), source, settings or ()) if pipeline else {}

    async def work(target: Target) -> int:
        await _up(target, patience)
        routes = await _asked(target, patience)
        if pipeline is None:
            answer = {"url": target.client.url, "ok": True, "routes": routes}
            tables.as_json(answer) if as_json else tables.line(f"{target.client.url} answers, and takes our key.", "green")
            return exit_codes.SUCCEEDED
        options = {"budget_usd": budget_usd, "deadline_s": SMOKE_DEADLINE}
        return await follow(target, await target.client.create(pipeline, given, options), as_json=as_json)

    raise typer.Exit(with_target(url, None, work))


async def _asked(target: Target, patience: float) -> int:
    """Ask for what the API is, and for its jobs: by both it is ours, and takes our key. Answers how many routes it has.

    Raises:
        Transient: it does not answer in time (`unreachable`).
        Permanent: somebody else answers (`not_headrace`), or it does not take our key.
    """
    url = target.client.url
    try:
        async with asyncio.timeout(patience):
            described, jobs = await target.client.get("/openapi.json"), await target.client.list(limit=1)
    except TimeoutError as error:
        why = f"{url} is up, and has not answered in {patience:.0f} s"
        raise Transient(why, code="unreachable", advice="Its logs say what it waits for.") from error
    paths = described.get("paths")
    if not isinstance(paths, dict) or "/api/v1/jobs" not in paths or not isinstance(jobs.get("items"), list):
        raise Permanent(f"{url} answers, but not as Headrace's API would", code="not_headrace", advice="Check --url.")
    return len(paths)


async def _up(target: Target, patience: float) -> None:
    """Wait until it is: a revision that nobody has asked yet has to start first.

    Raises:
        Transient: it does not come up (`unreachable`).
    """
    until, told = time.monotonic() + patience, False
    while not await target.client.healthy():
        if time.monotonic() > until:
            advice = "Its logs say why; if it never was there, check --url."
            raise Transient(f"{target.client.url} is not healthy", code="unreachable", advice=advice)
        if not told:
            tables.warning(f"{target.client.url} does not answer yet: waiting for it, {patience:.0f} s at most")
            told = True
        await asyncio.sleep(1.0)
