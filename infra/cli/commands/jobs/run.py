"""The `headrace run` command: starts one pipeline job from an input, follows it live and saves its result."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from infra.cli.api_target import Target, with_target
from infra.cli.chosen_time import chosen_time
from infra.cli.job_input import labels_of, read_input, the_flow
from infra.cli.output import output_files, tables
from infra.cli.output.job_completion import follow, leave, tell_its_time
from infra.cli.shared_options import RUN_EXAMPLE, AsJson, Data, Out, Pipeline, Set, Source, Url

EXAMPLE = f"""Example: headrace run {RUN_EXAMPLE} --out result.pdf

Exit codes: 0 succeeded, 1 failed, 2 usage, 3 partial, 4 cancelled, 5 paused on budget."""


def run(
    pipeline: Pipeline,
    *,
    source: Source = None,
    settings: Set = None,
    out: Out = None,
    budget_usd: Annotated[
        float | None, typer.Option(help="Most dollars to spend; then the job pauses.", show_default=False)
    ] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds after which the job is ended.", show_default=False)] = None,
    lane: Annotated[Literal["interactive", "bulk"], typer.Option(help="Interactive work overtakes bulk work.")] = "interactive",
    label: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A label to find the job by. Again for more.", show_default=False),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Take no result that was kept before.")] = False,
    key: Annotated[
        str | None, typer.Option(help="Jobs of one key share a few places (HEADRACE_KEY_JOBS).", show_default=False)
    ] = None,
    start_at: Annotated[
        str | None, typer.Option(help="Not before: 07:30, '2026-12-01 07:30' (here), +2h, or with a zone.", show_default=False)
    ] = None,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Leave once the job is accepted: exit code 0.")] = False,
    debounce: Annotated[
        float | None,
        typer.Option(
            help="Begin when no other job of its --key is asked for in so many seconds: the last runs.", show_default=False
        ),
    ] = None,
    callback_url: Annotated[
        str | None, typer.Option(help="Address that is told when it ends, pauses or asks.", show_default=False)
    ] = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Run a pipeline: live progress, the result in a file, a table of where the time went."""
    given = read_input(the_flow(pipeline), source, settings or ())
    starts = start_at and chosen_time(start_at)
    if no_wait and out is not None:
        raise typer.BadParameter("with --no-wait there is no result for --out yet: headrace jobs result ID --out FILE")
    output_files.alone(out, as_json=as_json)
    if not no_wait:
        output_files.prepare(out)
    wishes = {
        "lane": lane, "budget_usd": budget_usd, "deadline_s": deadline, "labels": labels_of(label or ()), "fresh": fresh or None, "key": key,
        "start_at": starts, "debounce_s": debounce, "callback_url": callback_url,
    }  # fmt: skip
    options = {name: wish for name, wish in wishes.items() if wish not in (None, {})}

    async def work(target: Target) -> int:
        job_id = await target.client.create(pipeline, given, options)
        if no_wait:
            leave(target, job_id, starts, as_json=as_json)
            return 0
        if starts:
            tell_its_time(target, job_id, starts, tables.console(progress=True, as_json=as_json or out == output_files.STDOUT))
        return await follow(target, job_id, as_json=as_json, out=out, save=True)

    raise typer.Exit(with_target(url, data, work, only_ask=no_wait))
