"""A teardown on the terminal: what is there, the question, what went, and what is left."""

from __future__ import annotations

import sys
from itertools import groupby

import typer

from infra.cli import exit_codes
from infra.cli.output import tables
from infra.deployment import project_teardown
from infra.deployment.google_api_client import GoogleApis, Project
from infra.deployment.project_teardown import Part
from infra.deployment.resource_kinds import Variables
from shared.errors import BadInput, HeadraceError

STAYS = (
    "Stays with the project, and costs nothing: the APIs that are on, logs until their 30 days are over. "
    "Terraform's state knows nothing of it: delete it, too. `gcloud projects delete` leaves not even that."
)


async def run(apis: GoogleApis, variables: Variables, project: Project, confirm: str | None) -> int:
    """Answers the exit code: 0 if nothing is left.

    Raises:
        BadInput: nobody said yes (`not_confirmed`).
    """
    found, unlisted = await project_teardown.parts(apis, variables, project)
    _list(found, unlisted)
    if not found:
        tables.line(f"Nothing of Headrace is in {project.name}." if not unlisted else "Nothing else was found.")
        return exit_codes.FAILED if unlisted else exit_codes.SUCCEEDED
    _ask(project, confirm)
    await project_teardown.delete(apis, found, project, _told)
    left, unlisted = await project_teardown.parts(apis, variables, project)
    if left or unlisted:
        tables.line("LEFT:", "red")
        _list(left, unlisted)
        return exit_codes.FAILED
    tables.line(f"Nothing of Headrace is left in {project.name}.", "green")
    tables.line(STAYS, "dim")
    return exit_codes.SUCCEEDED


def _list(found: list[Part], unlisted: dict[str, str]) -> None:
    for name, parts in groupby(found, lambda part: part.kind.name):
        names = [part.named for part in parts]
        tables.line(f"{len(names)} {name}: {', '.join(names)}")
    for name, why in unlisted.items():
        tables.line(f"{name}: Google does not say ({why})", "yellow")


def _ask(project: Project, confirm: str | None) -> None:
    if confirm is None and sys.stdin.isatty():
        tables.line("All of it is deleted, jobs and files too, and nothing brings it back.", "bold red")
        confirm = typer.prompt(f"Type the project's name ({project.name})")
    if confirm != project.name:
        raise BadInput(
            "nothing was deleted: the project's name was not given",
            code="not_confirmed",
            advice=f"Type it, or give it: --confirm {project.name}",
        )


def _told(part: Part, error: HeadraceError | None) -> None:
    if error is None:
        tables.line(f"deleted: {part.kind.name}: {part.named}")
    else:
        tables.line(f"NOT deleted: {part.kind.name}: {part.named}: {error.message}", "red")
