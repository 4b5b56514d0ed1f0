"""`headrace doctor`: what is in order, what is missing, what to do about it."""

from __future__ import annotations

from dataclasses import replace

import typer
from rich.text import Text

from infra.cli import checks, exits, loop, show
from infra.cli.checks import Check
from infra.cli.client import Client
from infra.cli.options import AsJson, Data, Url
from infra.cli.text import text
from shared.errors import HeadraceError
from shared.settings import Settings

EXAMPLE = "Example: headrace doctor --json"
STYLES = {"ok": "green", "warning": "yellow", "missing": "cyan", "broken": "red"}


def doctor(url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Check settings, keys, models' shutdown dates, the data folder and limits. Exit code 1 when something is broken."""
    settings = Settings.load()
    settings = replace(settings, url=url or settings.url, data=data or settings.data)
    rows = loop.run(examine(settings))
    broken = any(row.state == "broken" for row in rows)
    if as_json:
        show.as_json({"ok": not broken, "checks": [row.as_json() for row in rows]})
    else:
        _print(rows)
    raise typer.Exit(exits.FAILED if broken else exits.SUCCEEDED)


async def examine(settings: Settings) -> list[Check]:
    """Every check's rows, in reading order."""
    return [
        *checks.program(),
        *checks.settings_rows(settings),
        await _place(settings),
        *await checks.models(settings),
        checks.forum(settings),
        *checks.limits(settings),
    ]


async def _place(settings: Settings) -> Check:
    """Where commands go: a deployment, or the data folder."""
    if not settings.url:
        return await checks.data_folder(settings)
    try:
        async with Client(settings.url, settings.api_key) as client:
            healthy = await client.healthy()
            if healthy:
                await client.list(limit=1)
    except HeadraceError as error:
        return Check("deployment", settings.url, "broken", error.message, error.advice)
    if healthy:
        return Check("deployment", settings.url, "ok", "answers")
    return Check("deployment", settings.url, "broken", "does not answer", "Check --url or HEADRACE_URL.")


def _print(rows: list[Check]) -> None:
    screen = show.console()
    group = ""
    made = show.table("", "", "")
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
