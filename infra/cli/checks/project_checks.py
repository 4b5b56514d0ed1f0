"""The checks of `headrace deploy check`: whether a project has all that Terraform makes, in the state that work needs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from infra.cli.checks import firestore_checks, resource_checks
from infra.cli.checks.grouped_check import APPLY, row
from infra.cli.checks.settings_checks import Check, State
from infra.deployment.google_api_client import Found, GoogleApis, Project
from infra.deployment.resource_kinds import KINDS, Kind, Variables, secret_id
from shared.errors import HeadraceError

Asked: TypeAlias = Callable[[GoogleApis, Variables, Project], Awaitable[list[Check]]]


async def check_project(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    """Every check's rows, in reading order. A question that Google does not answer is a row, and keeps none from being asked."""
    present: list[Asked] = [_presence(kind) for kind in KINDS if kind.name != "rules"]
    asked = [_apis, *present, *STATES]
    rows = await asyncio.gather(*(_answered(each, apis, variables, project) for each in asked))
    return [row for of_one in rows for row in of_one]


async def _answered(asked: Asked, apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    try:
        return await asked(apis, variables, project)
    except HeadraceError as error:
        name = getattr(asked, "__name__", "").strip("_").replace("_", " ")
        return [Check("project", name, "broken", error.message, error.advice)]


def _presence(kind: Kind) -> Asked:
    async def asked(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
        there = {kind.name_of(one) for one in await kind.found(apis, project)}
        wanted = set(kind.wanted(variables, project))
        return [row("project", kind.name, len(wanted), wanted - there, advice=APPLY)]

    asked.__name__ = kind.name
    return asked


async def _apis(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    found = await apis.listed(
        "serviceusage", f"v1/projects/{project.name}/services", "services", filter="state:ENABLED", pageSize="200"
    )
    on = {str(one.get("config", {}).get("name") or one["name"].rpartition("/")[2]) for one in found}
    missing = set(variables["apis"]) - on
    return [row("project", "APIs", len(variables["apis"]), missing, advice=f"gcloud services enable {' '.join(sorted(missing))}")]


async def _secrets(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    rows = []
    for setting in variables["secrets"]:
        path = f"v1/projects/{project.name}/secrets/{secret_id(setting)}/versions"
        versions = await _or_none(apis.listed("secretmanager", path, "versions", filter="state:ENABLED"))
        needed = setting == "HEADRACE_API_KEY"
        put = f"printf %s VALUE | gcloud secrets versions add {secret_id(setting)} --data-file=-"
        state: State = "ok" if versions else "broken" if needed else "missing"
        told = f"version {versions[0]['name'].rpartition('/')[2]}" if versions else "has no version"
        rows.append(Check("secrets", setting, state, told, "" if versions else put))
    return rows


async def _or_none(asked: Awaitable[list[Found]]) -> list[Found]:
    try:
        return await asked
    except HeadraceError as error:
        if error.code != "google_not_there":
            raise
        return []


QUOTAS = {"CpuAllocPerProjectRegion": ("cpu", 1000.0), "MemAllocPerProjectRegion": ("memory", 1024.0**3)}
"""Cloud Run's quotas that a service's most instances have to fit into, or it is not deployed: of what, and a core or a GiB in its unit."""


async def _quotas(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    path = f"v1/projects/{project.name}/locations/global/services/run.googleapis.com/quotaInfos"
    found = {one.get("quotaId"): one for one in await apis.listed("cloudquotas", path, "quotaInfos")}
    roles, rows = variables["roles"][project.size], []
    for quota, (what, unit) in QUOTAS.items():
        allowed = _allowed(found.get(quota, {}), project.region)
        if allowed is None:
            rows.append(Check("Cloud Run", quota, "warning", "Google does not say", "See the quotas' page of the console."))
            continue
        wrong = []
        for name, service in variables["services"][project.size].items():
            each = float(roles[service["role"]]["cpu"]) if what == "cpu" else _gigabytes(roles[service["role"]]["memory"])
            if service["max_instances"] * each * unit > allowed:
                wrong.append(f"{name} may have {int(allowed / unit / each)} instances, and not {service['max_instances']}")
        rows.append(
            row(
                "Cloud Run",
                quota,
                len(variables["services"][project.size]),
                wrong,
                advice="Ask for more quota, or lower the limits and export anew.",
            )
        )
    return rows


def _allowed(quota: Found, region: str) -> float | None:
    """A region's value, else everybody's."""
    of_region = [one for one in quota.get("dimensionsInfos", []) if region in one.get("applicableLocations", ())]
    values = [one["details"]["value"] for one in of_region if one.get("details", {}).get("value") is not None]
    return float(values[0]) if values else None


def _gigabytes(memory: str) -> float:
    return float(memory[:-2]) / (1024 if memory.endswith("Mi") else 1)


STATES: tuple[Asked, ...] = (
    resource_checks.services,
    resource_checks.queues,
    resource_checks.schedules,
    firestore_checks.indexes,
    firestore_checks.database,
    resource_checks.buckets,
    resource_checks.roles,
    _secrets,
    _quotas,
)
