"""`headrace run`: one job, from its input to its result."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from functions import pipelines
from infra.cli import results
from infra.cli.follow import follow
from infra.cli.inputs import read_input
from infra.cli.options import AsJson, Data, Out, Url
from infra.cli.target import Target, with_target
from shared.errors import BadInput

EXAMPLE = """Example: headrace run interview-prep --set job_posting_url=https://jobs.example/42 --out guide.pdf

Exit codes: 0 succeeded, 1 failed, 2 usage, 3 partial, 4 cancelled, 5 paused on budget."""


def run(
    pipeline: Annotated[str, typer.Argument(metavar="PIPELINE", help="Which pipeline: interview-prep, ….")],
    *,
    source: Annotated[
        str | None, typer.Option("--input", metavar="FILE|-", help="The input as JSON.", show_default=False)
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="A field of the input, on top of --input. Again for more.", show_default=False
        ),
    ] = None,
    out: Out = None,
    budget_usd: Annotated[
        float | None, typer.Option(help="Most dollars to spend; refused where it is not enforced.", min=0, show_default=False)
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(help="Seconds after which the job is cancelled.", min=0, show_default=False)
    ] = None,
    lane: Annotated[Literal["interactive", "bulk"], typer.Option(help="Interactive work overtakes bulk work.")] = "interactive",
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run a pipeline: live progress, the result in a file, a table of where the time went."""
    flows = pipelines()
    if pipeline not in flows:
        advice = f"There is: {', '.join(sorted(flows))}."
        raise BadInput(f"there is no pipeline {pipeline!r}", code="unknown_pipeline", advice=advice)
    given = read_input(flows[pipeline], source, settings or ())
    results.prepare(out)
    options = {"lane": lane, **({} if budget_usd is None else {"budget_usd": budget_usd})}

    async def work(target: Target) -> int:
        job_id = await target.client.create(pipeline, given, options)
        return await follow(target, job_id, as_json=as_json, out=out, save=True, deadline=deadline)

    raise typer.Exit(with_target(url, data, work))
