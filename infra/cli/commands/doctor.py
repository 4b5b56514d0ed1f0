"""`headrace doctor`: what is in order, what is missing, what to do about it."""

from __future__ import annotations

from dataclasses import replace

import typer

from infra.cli import event_loop
from infra.cli.api_client import PAGE, Client
from infra.cli.checks import environment_checks, settings_checks
from infra.cli.checks.settings_checks import Check
from infra.cli.output import check_table
from infra.cli.shared_options import AsJson, Data, Url
from shared.errors import HeadraceError
from shared.settings import Settings

EXAMPLE = "Example: headrace doctor --json"


def doctor(url: Url = None, data: Data = None, as_json: AsJson = False) -> None:
    """Check settings, keys, emulators, queues, waiting work, models' shutdown dates and limits. Exit code 1 if something is broken."""
    settings = Settings.load()
    settings = replace(settings, url=url or settings.url, data=data or settings.data)
    rows = event_loop.run(examine(settings))
    raise typer.Exit(check_table.show(rows, as_json=as_json))


async def examine(settings: Settings) -> list[Check]:
    """Every check's rows, in reading order."""
    return [
        *settings_checks.program(),
        *settings_checks.settings_rows(settings),
        *settings_checks.keys(settings),
        *(await _deployment(settings) if settings.url else await _own(settings)),
        *await settings_checks.models(settings),
        settings_checks.forum(settings),
        *settings_checks.limits(settings),
    ]


async def _own(settings: Settings) -> list[Check]:
    """The profile that commands run on, part by part; what is broken is asked for nothing more."""
    rows = [
        await environment_checks.profile(settings),
        *await environment_checks.emulators(settings),
        *environment_checks.flows(),
    ]
    if any(row.state == "broken" for row in rows):
        return rows
    rows += environment_checks.queues()
    if settings.profile == "local":
        rows.append(await settings_checks.data_folder(settings))
    broken = any(row.state == "broken" for row in rows)
    return rows if broken else [*rows, *await environment_checks.work(settings)]


async def _deployment(settings: Settings) -> list[Check]:
    """The deployment that commands go to: whether it answers, and whom it waits for."""
    try:
        async with Client(settings.url, settings.api_key) as client:
            if not await client.healthy():
                return [Check("deployment", settings.url, "broken", "does not answer", "Check --url or HEADRACE_URL.")]
            page = await client.list(status="paused", limit=PAGE)
    except HeadraceError as error:
        return [Check("deployment", settings.url, "broken", error.message, error.advice)]
    more = " or more" if page.get("next_cursor") else ""
    return [Check("deployment", settings.url, "ok", "answers"), environment_checks.paused(len(page["items"]), more)]
