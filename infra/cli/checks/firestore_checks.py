"""Checks of a project: whether Firestore has the indexes that queries need, deletes what expires, and keeps the rest safe."""

from __future__ import annotations

from typing import Any

from infra.cli.checks.grouped_check import APPLY, row
from infra.cli.checks.settings_checks import Check
from infra.deployment.google_api_client import Found, GoogleApis, Project
from infra.deployment.resource_kinds import Variables


async def indexes(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    groups = f"v1/projects/{project.name}/databases/(default)/collectionGroups/-"
    found = {_index(one): one for one in await apis.listed("firestore", f"{groups}/indexes", "indexes")}
    wanted = {
        (each["collection"], *((one["field"], one["order"]) for one in each["fields"])): name
        for name, each in variables["indexes"].items()
    }
    missing = [f"{name} is missing" for key, name in wanted.items() if key not in found]
    building = [name for key, name in wanted.items() if key in found and found[key].get("state") != "READY"]
    rows = [row("state", "composite indexes", len(wanted), missing, advice=APPLY)]
    if building:
        rows.append(row("state", "indexes that are being built", len(wanted), building, advice="Wait: minutes.", state="warning"))
    return [*rows, *await _fields(apis, variables, groups)]


async def _fields(apis: GoogleApis, variables: Variables, groups: str) -> list[Check]:
    only = "indexConfig.usesAncestorConfig:false OR ttlConfig:*"
    found = {_field(one): one for one in await apis.listed("firestore", f"{groups}/fields", "fields", filter=only)}
    wrong = []
    for name, rule in variables["fields"].items():
        one = found.get((rule["collection"], rule["field"]))
        if one is None or _orders(one) != set(rule["orders"]):
            wrong.append(f"{name} has other indexes")
        elif rule["ttl"] and one.get("ttlConfig", {}).get("state") not in ("ACTIVE", "CREATING"):
            wrong.append(f"{name} deletes nothing")
    return [row("state", "indexes and expiry of fields", len(variables["fields"]), wrong, advice=APPLY)]


def _index(one: Found) -> tuple[Any, ...]:
    fields = [(field["fieldPath"], field.get("order")) for field in one.get("fields", []) if field["fieldPath"] != "__name__"]
    return (one["name"].split("/collectionGroups/")[1].split("/")[0], *fields)


def _field(one: Found) -> tuple[str, str]:
    group, _, field = one["name"].split("/collectionGroups/")[1].partition("/fields/")
    return group, field.strip("`")


def _orders(one: Found) -> set[str]:
    indexes = one.get("indexConfig", {}).get("indexes", [])
    return {field["order"] for index in indexes for field in index.get("fields", []) if field.get("order")}


async def database(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    del variables
    one = await apis.get("firestore", f"v1/projects/{project.name}/databases/(default)")
    wrong = []
    if one.get("pointInTimeRecoveryEnablement") != "POINT_IN_TIME_RECOVERY_ENABLED":
        wrong.append("its past cannot be read")
    if one.get("deleteProtectionState") != "DELETE_PROTECTION_ENABLED":
        wrong.append("it can be deleted by mistake")
    return [row("state", "database", 2, wrong, advice=APPLY, state="warning")]
