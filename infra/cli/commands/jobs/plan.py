"""`headrace plan`: what a job would take, before it is started."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table

from infra.cli.api_target import with_target
from infra.cli.job_input import read_input, the_flow
from infra.cli.output import tables
from infra.cli.output.value_formatting import clean, counted, dollars, seconds, words
from infra.cli.shared_options import RUN_EXAMPLE, AsJson, Data, Pipeline, Set, Source, Url

EXAMPLE = f"Example: headrace plan {RUN_EXAMPLE}"
COLUMNS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "tasks": ("tasks", str),
    "calls": ("calls", str),
    "tokens": ("tokens", "{:,}".format),
    "dollars": ("cost", dollars),
    "floor_seconds": ("shortest", seconds),
}
"""A plan's number, its column, and how it reads."""


def plan(
    pipeline: Pipeline,
    *,
    source: Source = None,
    settings: Set = None,
    url: Url = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What a job would take: calls, tokens, dollars, and the shortest possible time under the limits. Spends nothing."""
    given = read_input(the_flow(pipeline), source, settings or ())
    told = with_target(url, data, lambda target: target.client.plan(pipeline, given), only_ask=True)
    if as_json:
        tables.as_json(told)
    else:
        tell(told)


def tell(told: Mapping[str, Any]) -> None:
    """A plan as a table, then its sums in words."""
    screen = tables.console()
    if told["high"]["tasks"] == 0:
        tables.line("There is nothing to do: everything is reused.", to=screen)
        return
    screen.print(_table(told))
    screen.print()
    low, high = dollars(told["low"]["dollars"]), dollars(told["high"]["dollars"])
    cost = f"{dollars(told['dollars'])}" + (f" (from {low} to {high})" if low != high else "")
    tables.line(f"Likely {cost}, {counted(told['calls'], 'call')}, {counted(told['tokens'], 'token')}.", to=screen)
    for warning in told.get("warnings", ()):
        tables.line(f"{clean(warning)}.", "yellow", to=screen)
    by = "the critical path" if told["bound_by"] == "critical path" else f"the limit of {clean(told['bound_by'])}"
    tables.line(f"Shortest possible time: {seconds(told['floor_seconds'])}, set by {by}.", to=screen)
    tables.line("Nothing was spent. What the cache holds already makes it less.", "dim", to=screen)


def _table(told: Mapping[str, Any]) -> Table:
    """What each stage will likely take, and what that is taken from; then all of them, with the least and the most."""
    numbers = [title for title, _ in COLUMNS.values()]
    made = tables.table("stage", *numbers, "taken from", right=numbers)
    for row in told["stages"]:
        jobs = row["from_jobs"]
        source = f"{jobs} earlier job{'' if jobs == 1 else 's'}" if jobs else "expected"
        made.add_row(words(row["name"]), *_cells(row), source if row["high"]["tasks"] else "")
    made.add_section()
    made.add_row("all, likely", *_cells(told), style="bold")
    if told["low"] != told["high"]:
        made.add_row("at least", *_cells(told["low"]))
        made.add_row("at most", *_cells(told["high"]))
    return made


def _cells(numbers: Mapping[str, Any]) -> list[str]:
    """Nothing where there is nothing to say."""
    return [shown(numbers[name]) if numbers[name] else "" for name, (_, shown) in COLUMNS.items()]
