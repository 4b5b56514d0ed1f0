"""`headrace eval`: how good a pipeline's results are, in figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.cli.output import output_files, tables
from infra.cli.shared_options import AsJson
from shared.errors import BadInput

EXAMPLE = """Example: headrace eval for-you --interactions ratings.csv --items movies.csv --tags tags.csv

Without files: made-up listeners with planted tastes. --cases DIR runs JSON cases, quality and latency, each with its bar."""
PIPELINES = ("for-you",)


def evaluate(
    pipeline: Annotated[str, typer.Argument(metavar="PIPELINE", help="Which pipeline: for-you.")],
    *,
    cases: Annotated[Path | None, typer.Option("--cases", help="A folder of JSON cases.", show_default=False)] = None,
    interactions: Annotated[
        Path | None, typer.Option("--interactions", help="Who did what: CSV, TSV, JSON or JSONL.", show_default=False)
    ] = None,
    items: Annotated[Path | None, typer.Option("--items", help="The items' titles and categories.", show_default=False)] = None,
    tags: Annotated[Path | None, typer.Option("--tags", help="Words that belong to items.", show_default=False)] = None,
    split: Annotated[
        list[str] | None,
        typer.Option(
            "--split",
            help="user, global, cold, or hold-out: a share that stays the same as data comes. Again for more; without: the first three.",
        ),
    ] = None,
    plot: Annotated[
        Path, typer.Option("--plot", help="Where the trade-off of diversity is drawn; what each part adds beside it.")
    ] = Path("out/for-you.svg"),
    as_json: AsJson = False,
) -> None:
    """Measure ranking quality with its intervals, what each part adds, and latency."""
    if pipeline not in PIPELINES:
        raise BadInput(f"{pipeline!r} has no evaluation", code="unknown_pipeline", advice=f"There are: {', '.join(PIPELINES)}.")
    from functions.for_you.evaluation import case_files as run_cases  # noqa: PLC0415 - numpy and scipy, for this command alone
    from functions.for_you.evaluation import evaluation_report  # noqa: PLC0415

    if cases is not None:
        rows = run_cases.run_all(cases)
        if as_json:
            tables.as_json(rows)
        else:
            made = tables.table("case", "what", "value", "bar", "holds", right=("value", "bar"))
            for row in rows:
                made.add_row(
                    row["case"],
                    row["what"],
                    f"{row['value']:.4g}",
                    f"{row['sign']} {row['bar']:g}",
                    "yes" if row["holds"] else "no",
                )
            tables.console().print(made)
        raise typer.Exit(0 if all(row["holds"] for row in rows) else 1)
    found = evaluation_report.measured(interactions, items, tags, tuple(split or evaluation_report.SPLITS))
    pictures = [(plot.with_stem(plot.stem + ending), drawn) for ending, drawn in evaluation_report.pictures(found)]
    for path, drawn in pictures:
        output_files.write(path, drawn.encode())
    if as_json:
        tables.as_json([evaluation_report.as_json(each) for each in found])
        return
    for each in found:
        tables.line(evaluation_report.heading(each))
        made = tables.table("ranking", *evaluation_report.COLUMNS, right=evaluation_report.COLUMNS)
        for label, cells in evaluation_report.cells(each):
            made.add_row(label, *cells)
        Console(highlight=False, width=max(160, tables.console().width)).print(made)
    tables.line(", ".join(str(path) for path, _ in pictures), "dim")
