"""Options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from functions import PIPELINES
from functions.pipeline_registration import Pipeline as Registered
from functions.pipeline_registration import load

JSON_WANTED = "headrace.json"
"""In the context's `meta`: whether errors, too, shall be JSON."""


_first: Registered = load(f"functions.{PIPELINES[0]}.pipeline:PIPELINE")
RUN_EXAMPLE = f"{_first.title} {_first.example}"
"""A pipeline and an input, for the helps of commands that take them."""


def _note(context: typer.Context, value: bool) -> bool:
    context.meta[JSON_WANTED] = value
    return value


PageSize: TypeAlias = Annotated[int, typer.Option("--limit", help="How many at most.", min=1, max=100)]
Cursor: TypeAlias = Annotated[str | None, typer.Option(help="`next_cursor` of the page before.", show_default=False)]
Url: TypeAlias = Annotated[
    str | None,
    typer.Option("--url", help="A deployment to talk to (HEADRACE_URL). Without: the local cloud.", show_default=False),
]
Data: TypeAlias = Annotated[
    Path | None, typer.Option("--data", help="Folder of the local cloud (HEADRACE_DATA; .headrace).", show_default=False)
]
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="One JSON document on standard output.", callback=_note, is_eager=True)
]
JobId: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="The job's id, as `headrace jobs list` shows it.")]
AnyJobId: TypeAlias = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="The job's id; without it, all that the options find.", show_default=False)
]
Label: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--label", metavar="NAME=VALUE", help="Only jobs of this label; of several, separated by commas, all.", show_default=False
    ),
]
Status: TypeAlias = Annotated[
    str | None, typer.Option("--status", help="Only these: queued, running, failed, ….", show_default=False)
]
OfPipeline: TypeAlias = Annotated[str | None, typer.Option("--pipeline", help="Only this pipeline's.", show_default=False)]
Out: TypeAlias = Annotated[
    Path | None, typer.Option("--out", help="File for the result (out/<pipeline>.<kind>).", show_default=False)
]


def _begins(incomplete: str) -> list[str]:
    """The pipelines whose names begin so, for a shell that completes them."""
    return [name for name in (one.replace("_", "-") for one in PIPELINES) if name.startswith(incomplete)]


Pipeline: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="PIPELINE", help="Which pipeline: `headrace pipelines` lists them.", autocompletion=_begins),
]
Source: TypeAlias = Annotated[
    str | None, typer.Option("--input", metavar="FILE|-", help="The input as JSON.", show_default=False)
]
Set: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A field of the input, on top of --input; KEY=@FILE for a file's text. Again for more.",
        show_default=False,
    ),
]
