"""`headrace deploy …`: what a project gets, and whether what was deployed works."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from functions import deployed
from infra.cli import exit_codes
from infra.cli.api_target import Target, with_target
from infra.cli.job_input import read_input, the_flow
from infra.cli.output import tables
from infra.cli.output.job_completion import follow
from infra.cli.shared_options import RUN_EXAMPLE, AsJson, Set, Source, Url
from infra.deployment.terraform_variables import variables
from shared.errors import Transient
from shared.settings import Settings

app = typer.Typer(no_args_is_help=True, help="A Google Cloud project: what it gets, and whether what was deployed works.")
SMOKE_DEADLINE = 600.0
"""Seconds within which a smoke test's job is to end."""


@app.command(epilog="Example: headrace deploy plan --json")
def plan(as_json: AsJson = False) -> None:
    """What a project gets, from what the pipelines register: functions, queues, schedules, triggers. Makes nothing."""
    wanted = parts()
    if as_json:
        tables.as_json(wanted)
        return
    for name, rows in wanted.items():
        tables.line(f"{len(rows)} {name}: {', '.join(row['name'] for row in rows)}")


def parts() -> dict[str, list[dict[str, Any]]]:
    """What is made, by kind; each has a `name`, and what the variables for Terraform say of it."""
    content = variables(Settings.load())
    functions = [{"name": name, "module": module} for name, module in sorted(deployed().items())]
    kinds = ("queues", "schedules", "triggers")
    return {"functions": functions} | {kind: [{"name": name, **of} for name, of in content[kind].items()] for kind in kinds}


@app.command(epilog=f"Example: headrace deploy smoke {RUN_EXAMPLE} --url https://headrace.example")
def smoke(
    pipeline: Annotated[str | None, typer.Argument(help="Of which to run one real job; none: only the API is asked.")] = None,
    *,
    source: Source = None,
    settings: Set = None,
    budget_usd: Annotated[float, typer.Option(help="Most dollars to spend on it.")] = 0.5,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Whether a deployment works: it is up, it knows its pipelines, it takes our key, and one job succeeds. Exit code 0 if so."""
    given = read_input(the_flow(pipeline), source, settings or ()) if pipeline else {}

    async def work(target: Target) -> int:
        if not await target.client.healthy():
            raise Transient(f"{target.client.url} is not healthy", code="unreachable", advice="Its logs say why.")
        described = await target.client.get("/openapi.json")
        await target.client.list(limit=1)
        if pipeline is None:
            answer = {"url": target.client.url, "ok": True, "routes": len(described.get("paths", {}))}
            tables.as_json(answer) if as_json else tables.line(f"{target.client.url} answers, and takes our key.", "green")
            return exit_codes.SUCCEEDED
        options = {"budget_usd": budget_usd, "deadline_s": SMOKE_DEADLINE}
        return await follow(target, await target.client.create(pipeline, given, options), as_json=as_json)

    raise typer.Exit(with_target(url, None, work))
