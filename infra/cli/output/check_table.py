"""What checks found, as a table for people or JSON for programs."""

from __future__ import annotations

from rich.text import Text

from infra.cli import exit_codes
from infra.cli.checks.settings_checks import Check
from infra.cli.output import tables
from infra.cli.output.value_formatting import text

STYLES = {"ok": "green", "warning": "yellow", "missing": "cyan", "broken": "red"}


def show(rows: list[Check], *, as_json: bool) -> int:
    """Print them; answers the exit code: 1 if something is broken."""
    broken = any(row.state == "broken" for row in rows)
    if as_json:
        tables.as_json({"ok": not broken, "checks": [row.as_json() for row in rows]})
    else:
        _print(rows)
    return exit_codes.FAILED if broken else exit_codes.SUCCEEDED


def _print(rows: list[Check]) -> None:
    screen = tables.console()
    group = ""
    made = tables.table("", "", "")
    for row in rows:
        if row.group != group:
            if group:
                made.add_row("", "", "")
            group = row.group
            made.add_row("", text(group, "bold"), "")
        told = text(row.detail)
        if row.advice and row.state != "ok":
            told = Text.assemble(told, "\n", text(row.advice, "dim"))
        made.add_row(text(row.state, STYLES[row.state]), text(row.name), told)
    screen.print(made)
