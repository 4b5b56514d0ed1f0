"""Everything that Headrace has in a project is found, deleted, and looked for again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from infra.deployment.google_api_client import Found, GoogleApis, Project, failure_of
from infra.deployment.resource_kinds import KINDS, Kind, Variables
from shared.errors import HeadraceError

FILES_AT_ONCE = 50
ACCOUNTS = "serviceAccount:headrace-"
"""What the members of roles begin with that are ours."""


@dataclass(frozen=True)
class Part:
    """One thing of ours that is there."""

    kind: Kind
    named: str
    found: Found


async def parts(apis: GoogleApis, variables: Variables, project: Project) -> tuple[list[Part], dict[str, str]]:
    """All that is there, in the order in which it is to go; and of kinds that Google does not list, why not."""

    async def of(kind: Kind) -> list[Part] | str:
        try:
            listed = await kind.found(apis, project)
        except HeadraceError as error:
            return "" if error.code == "google_not_there" else error.message
        ours = [one for one in listed if kind.is_ours(one, variables, project)]
        return [Part(kind, kind.name_of(one), one) for one in ours]

    answers = await asyncio.gather(*map(of, KINDS))
    found = [part for answer in answers if not isinstance(answer, str) for part in answer]
    return found, {kind.name: why for kind, why in zip(KINDS, answers, strict=True) if isinstance(why, str) and why}


async def delete(
    apis: GoogleApis, found: list[Part], project: Project, told: Callable[[Part, HeadraceError | None], None]
) -> None:
    """Delete what was found, kind by kind; each is told of. What cannot be deleted keeps nothing else from going."""
    for kind in KINDS:
        own = [part for part in found if part.kind is kind]
        errors = await asyncio.gather(*(failure_of(_delete(apis, part, project)) for part in own))
        for part, error in zip(own, errors, strict=True):
            told(part, error)
    await failure_of(_forget_members(apis, project))


async def _delete(apis: GoogleApis, part: Part, project: Project) -> None:
    match part.kind.name:
        case "databases":
            await _unprotect(apis, str(part.found["name"]))
        case "buckets":
            await _empty(apis, part.named)
    await apis.delete(part.kind.listed[0], part.kind.path_of(part.found, project))


async def _unprotect(apis: GoogleApis, name: str) -> None:
    """A database that is protected refuses to be deleted."""
    body = {"deleteProtectionState": "DELETE_PROTECTION_DISABLED"}
    answer = await apis.send("PATCH", "firestore", f"v1/{name}", {"updateMask": "deleteProtectionState"}, body=body)
    await apis.done("firestore", "v1", answer)


async def _empty(apis: GoogleApis, bucket: str) -> None:
    """Only an empty bucket can be deleted; and what is deleted shall not be kept for days."""
    await apis.send("PATCH", "storage", f"storage/v1/b/{bucket}", body={"softDeletePolicy": {"retentionDurationSeconds": "0"}})
    while names := await _some_files(apis, bucket):
        at_once = asyncio.Semaphore(FILES_AT_ONCE)

        async def one(name: str, at_once: asyncio.Semaphore = at_once) -> None:
            async with at_once:
                await apis.delete("storage", f"storage/v1/b/{bucket}/o/{name}")

        await asyncio.gather(*map(one, names))


async def _some_files(apis: GoogleApis, bucket: str) -> list[str]:
    answer = await apis.get("storage", f"storage/v1/b/{bucket}/o", maxResults="1000", fields="items(name)")
    return [quote(str(item["name"]), safe="") for item in answer.get("items", [])]


async def _forget_members(apis: GoogleApis, project: Project) -> None:
    """Roles on the project that accounts of ours had: they would stay as those of deleted accounts."""
    path = f"v1/projects/{project.name}"
    policy = await apis.send("POST", "cloudresourcemanager", f"{path}:getIamPolicy", body={})
    bindings = [without for each in policy.get("bindings", []) if (without := _without_ours(each, project))["members"]]
    if bindings != policy.get("bindings", []):
        await apis.send("POST", "cloudresourcemanager", f"{path}:setIamPolicy", body={"policy": {**policy, "bindings": bindings}})


def is_our_member(member: str, project: Project) -> bool:
    """Whether a member of a role is an account of ours, deleted ones (`deleted:…?uid=…`) too."""
    address = member.removeprefix("deleted:").partition("?")[0]
    return address.startswith(ACCOUNTS) and address.endswith(f"@{project.name}.iam.gserviceaccount.com")


def _without_ours(binding: dict[str, Any], project: Project) -> dict[str, Any]:
    return {**binding, "members": [member for member in binding["members"] if not is_our_member(member, project)]}
