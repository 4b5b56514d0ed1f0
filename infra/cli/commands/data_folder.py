"""`headrace data …`: the local profile's data folder, copied whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import event_loop
from infra.cli.output import tables
from infra.cli.output.value_formatting import counted
from infra.cli.shared_options import AsJson, Data
from shared.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The local profile's data folder: back it up.")
MEGABYTE = 1e6


@app.callback()
def _group() -> None:
    """The local profile's data folder: back it up."""


@app.command(epilog="Example: headrace data backup backups/monday")
def backup(
    into: Annotated[Path, typer.Argument(metavar="DIR", help="Where to: a folder that is empty, or not there.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Copy the data folder, also while something runs on it. Open jobs are paused in the copy."""
    from infra.local.folder_backup import copy, pause_all  # noqa: PLC0415 - half a second that other commands save

    made = copy(data or Settings.load().data, into)
    open_jobs = event_loop.run(pause_all(into))
    if as_json:
        tables.as_json({"folder": str(into), "files": made.files, "bytes": made.size, "open_jobs": open_jobs})
        return
    tables.line(f"{into}: the database and {counted(made.files, 'file')}, {made.size / MEGABYTE:,.1f} MB.")
    if open_jobs:
        tables.line(f"Paused in the copy, as they had not ended: {counted(open_jobs, 'job')}.")
    tables.line(f"To use it: headrace dev --data {into}", "dim")
