"""`headrace infra export`: writes the variables file for Terraform from the settings and the registered pipelines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.cli.output import output_files, tables
from infra.cli.shared_options import AsJson
from infra.deployment.terraform_variables import FILE, text, variables
from shared.settings import Settings

app = typer.Typer(no_args_is_help=True, help="What a Google Cloud project gets, as variables for Terraform.")


@app.command(epilog="Example: HEADRACE_OPENAI_RPM=5000 headrace infra export")
def export(
    out: Annotated[Path, typer.Option("--out", help="Where to write the variables file.")] = FILE, as_json: AsJson = False
) -> None:
    """Write the variables file: services, queues as wide as the limits need, schedules, triggers, indexes, expiry, roles, secrets' names.

    The limits and HEADRACE_PIPELINES of this environment are the deployment's. No secret is written.
    """
    content = variables(Settings.load())
    output_files.write(out, text(content).encode())
    counts = {name: len(content[name]) for name in ("queues", "schedules", "triggers", "indexes", "fields")}
    counts["services"] = len(content["services"]["large"])
    if as_json:
        tables.as_json({"file": str(out), **counts})
    else:
        tables.line(f"{out}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
