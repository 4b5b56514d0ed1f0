"""`headrace pipelines`: lists the pipelines, each with an example command and the records that can be imported for it."""

from __future__ import annotations

from functions import registrations
from functions.pipeline_registration import Pipeline
from infra.cli.output import tables
from infra.cli.output.value_formatting import text
from infra.cli.shared_options import AsJson

EXAMPLE = "Example: headrace pipelines --json"


def pipelines(as_json: AsJson = False) -> None:
    """The pipelines, each with an example, and the kinds of records that `headrace import` brings in for them."""
    found = registrations().values()
    if as_json:
        tables.as_json({"items": [_as_json(registered) for registered in found]})
        return
    for registered in found:
        tables.console().print(text(registered.title, "bold"))
        tables.line(f"  {registered.about}")
        if registered.imports:
            tables.line(f"  headrace import {' | '.join(kind.name for kind in registered.imports)} PATH")
        tables.line(f"  headrace run {registered.title} {registered.example}".rstrip(), "dim")


def _as_json(registered: Pipeline) -> dict[str, object]:
    kinds = [kind.name for kind in registered.imports]
    return {"name": registered.title, "about": registered.about, "stages": registered.stages, "imports": kinds}
