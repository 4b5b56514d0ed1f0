"""The variables file that `infra/terraform` reads, from the registrations, the lanes and the declared queries: `headrace infra export`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from functions import lanes, registrations
from functions.declared_queries import declared
from functions.events.document_triggers import triggers
from functions.upkeep.schedules import schedules
from infra.deployment.service_layout import ROLES, Role, Service, group_roles, large, small
from infra.firestore_indexes import written
from shared.settings import Settings

FILE = Path(__file__).parents[1] / "terraform" / "headrace.auto.tfvars.json"
KINDS = ("interactive", "bulk")
RESULT_DAYS = 400
"""Days after which stage results go: no cache entry lives longer than a year."""
LIFECYCLES = [{"prefix": "results/", "days": RESULT_DAYS}]
PLACED_BY_TERRAFORM = {
    "HEADRACE_PROFILE", "GOOGLE_CLOUD_PROJECT", "HEADRACE_LOCATION", "HEADRACE_DATABASE", "HEADRACE_BUCKET",
    "HEADRACE_FUNCTION_URL", "HEADRACE_FUNCTION_SERVICES", "HEADRACE_TASKS_ACCOUNT", "HEADRACE_CALLERS", "HEADRACE_AUDIENCES",
    "HEADRACE_IAM_CHECKED",
}  # fmt: skip
OF_ONE_MACHINE = {
    "HEADRACE_DATA", "HEADRACE_SYNC", "HEADRACE_URL", "HEADRACE_WORKERS", "HEADRACE_ALLOW_HOSTS", "HEADRACE_CERTS_URL",
    "FIRESTORE_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "HEADRACE_TASKS_HOST", "K_SERVICE",
}  # fmt: skip


def variables(settings: Settings) -> dict[str, Any]:
    """The file's content, by variable. Lanes are as wide as the limits of `settings` need, which are the deployment's.

    Raises:
        ValueError: a function's name is too long for a service.
    """
    return {
        "services": {"large": _services(large()), "small": _services(small())},
        "roles": {"large": _roles(ROLES), "small": _roles(group_roles())},
        "secrets": secrets(),
        "queues": queues(),
        "schedules": {name: {"cron": one.cron, "zone": one.zone} for name, one in schedules().items()},
        "triggers": {name: {"document": one.document} for name, one in triggers().items()},
        **_firestore(),
        "lifecycles": LIFECYCLES,
        "collections_kept": kept_collections(),
        "settings": plain_settings(settings),
    }


def text(content: dict[str, Any]) -> str:
    """It as JSON: entry by entry, so that a difference shows what changed."""
    return json.dumps(content, indent=2) + "\n"


def secrets() -> list[str]:
    """Settings that are secrets, by their environment names."""
    return [each.metadata["env"] for each in fields(Settings) if each.metadata["secret"]]


def queues() -> dict[str, dict[str, float]]:
    """Every queue with its rate (starts a second), concurrency, attempts and back-off (seconds)."""
    return {
        f"{name}-{kind}": {
            "rate": lane.rate,
            "concurrency": lane.concurrency,
            "attempts": lane.attempts,
            "min_backoff": lane.min_backoff,
            "max_backoff": lane.max_backoff,
        }
        for name, lane in lanes().items()
        for kind in KINDS
    }


def kept_collections() -> dict[str, str]:
    """Pipelines' collections whose documents never expire, each with the reason."""
    return {each.name: each.kept for one in registrations().values() for each in one.collections if not each.expires}


def plain_settings(settings: Settings) -> dict[str, str]:
    """Settings that are other than their defaults, no secrets, and none that Terraform or a single machine gives."""
    found = {}
    for each in fields(Settings):
        name, value = each.metadata["env"], getattr(settings, each.name)
        if value != each.default and not each.metadata["secret"] and name not in PLACED_BY_TERRAFORM | OF_ONE_MACHINE:
            found[name] = ",".join(value) if isinstance(value, tuple) else str(value)
    return found


def _firestore() -> dict[str, Any]:
    """Composite indexes, and every field that has its own rule: `collection.field` to its indexes, and whether it is the expiry."""
    content = written(declared())
    rules: dict[str, dict[str, Any]] = {}
    for one in content["fieldOverrides"]:
        rule = rules.setdefault(
            f"{one['collectionGroup']}.{one['fieldPath']}",
            {"collection": one["collectionGroup"], "field": one["fieldPath"], "orders": [], "ttl": False},
        )
        rule["orders"] = sorted({*rule["orders"], *(index["order"] for index in one["indexes"])})
        rule["ttl"] = rule["ttl"] or one.get("ttl", False)
    return {"indexes": {_index_name(one): _index(one) for one in content["indexes"]}, "fields": rules}


def _index_name(one: dict[str, Any]) -> str:
    return ".".join([one["collectionGroup"], *(f"{field['fieldPath']}-{field['order'].lower()}" for field in one["fields"])])


def _index(one: dict[str, Any]) -> dict[str, Any]:
    listed = [{"field": field["fieldPath"], "order": field["order"]} for field in one["fields"]]
    return {"collection": one["collectionGroup"], "fields": listed}


def _services(found: Iterable[Service]) -> dict[str, dict[str, Any]]:
    return {
        each.name: {
            "role": each.role,
            "functions": list(each.functions),
            "target": each.target,
            "timeout": each.seconds,
            "max_instances": each.instances,
            "public": "jobs_api" in each.functions,
        }
        for each in found
    }


def _roles(roles: dict[str, Role]) -> dict[str, dict[str, Any]]:
    return {
        name: {"secrets": list(role.secrets), "concurrency": role.at_once, "memory": role.memory, "cpu": role.cpu}
        for name, role in roles.items()
    }
