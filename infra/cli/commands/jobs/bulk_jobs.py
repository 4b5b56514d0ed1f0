"""`headrace jobs cancel|retry` without an id: all jobs that a status, a pipeline or a label finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from infra.cli.api_target import with_target
from infra.cli.output import tables
from shared.errors import BadInput

DONE = {"cancel": "cancelled", "retry": "run again"}


def wanted(status: str | None, pipeline: str | None, label: str | None) -> dict[str, Any]:
    """What the options ask for.

    Raises:
        BadInput: nothing (`bad_set`): all jobs have to be meant by more than saying nothing.
    """
    asked = {"status": status, "pipeline": pipeline, "label": label}
    found = {name: value for name, value in asked.items() if value is not None}
    if not found:
        raise BadInput("nothing says which job", code="bad_set", advice="Give an ID, or --status, --pipeline or --label.")
    return found


def act(action: str, found: dict[str, Any], url: str | None, data: Path | None, *, as_json: bool) -> None:
    """Do it, and tell to how many; exit code 1 if some refused."""
    done = with_target(url, data, lambda target: target.client.bulk(action, found), only_ask=action == "cancel")
    if as_json:
        tables.as_json(done)
    else:
        count = len(done["done"])
        tables.line(f"{count} job{'' if count == 1 else 's'} {DONE[action]}.")
        for one in done["refused"]:
            tables.line(f"{one['id']}: {one['detail']}", "yellow")
    raise typer.Exit(int(bool(done["refused"])))
