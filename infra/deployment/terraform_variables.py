"""The variables file that `infra/terraform` reads, from the registrations, the lanes and the declared queries: `headrace infra export`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from functions import flow_check, lanes, registrations
from functions.declared_queries import declared
from functions.events.document_triggers import triggers
from functions.upkeep.schedules import schedules
from infra.deployment.service_layout import API, ROLES, Role, Service, group_roles, large, small
from infra.firestore_indexes import index_file
from shared.errors import BadInput
from shared.settings import Settings

FILE = Path(__file__).parents[1] / "terraform" / "headrace.auto.tfvars.json"
KINDS = ("interactive", "bulk")
APIS = tuple(
    f"{name}.googleapis.com"
    for name in (
        "artifactregistry", "billingbudgets", "cloudbilling", "cloudbuild", "cloudquotas", "cloudresourcemanager", "cloudscheduler",
        "cloudtasks", "containeranalysis", "eventarc", "firebaserules", "firestore", "iam", "iamcredentials", "logging", "monitoring",
        "run", "secretmanager", "serviceusage", "storage", "telemetry",
    )
)  # fmt: skip
"""Google's APIs that a deployment calls, or that make it, release it, check it and take it away."""
RESULT_DAYS = 400
"""Days after which stage results go: no cache entry lives longer than a year."""
LIFECYCLES = [{"prefix": "results/", "days": RESULT_DAYS}]
ENGINE_LINES: dict[str, dict[str, Any]] = {
    "dead_letters": {
        "messages": ["dead_letter"], "alert": "A delivery could not be read, or could never be done: dead letters > 0."
    },
    "look_failed": {"messages": ["look_failed", "job_abandoned"], "alert": "A job could not be brought on, or was given up."},
    "crashes": {"messages": ["stage_crashed"], "alert": ""},
    "closed_doors": {"messages": ["refused"], "alert": ""},
}  # fmt: skip
"""What every deployment counts; pipelines register alerts of their own."""
PLACED_BY_TERRAFORM = {
    "HEADRACE_PROFILE", "GOOGLE_CLOUD_PROJECT", "HEADRACE_LOCATION", "HEADRACE_DATABASE", "HEADRACE_BUCKET",
    "HEADRACE_FUNCTION_URL", "HEADRACE_FUNCTION_SERVICES", "HEADRACE_TASKS_ACCOUNT", "HEADRACE_CALLERS", "HEADRACE_AUDIENCES",
    "HEADRACE_IAM_CHECKED", "HEADRACE_FETCH_FUNCTION", "HEADRACE_METADATA_URL",
}  # fmt: skip
OF_ONE_MACHINE = {
    "HEADRACE_DATA", "HEADRACE_SYNC", "HEADRACE_URL", "HEADRACE_WORKERS", "HEADRACE_ALLOW_HOSTS", "HEADRACE_CERTS_URL",
    "FIRESTORE_EMULATOR_HOST", "STORAGE_EMULATOR_HOST", "HEADRACE_TASKS_HOST", "K_SERVICE", "K_REVISION", "HEADRACE_GOOGLE_API_URL",
}  # fmt: skip


def variables(settings: Settings) -> dict[str, Any]:
    """The file's content, by variable. Lanes are as wide as the limits of `settings` need, which are the deployment's.

    Raises:
        BadFlow: a pipeline has a mistake.
        ValueError: a function's name is too long for a service.
    """
    flow_check.check_pipelines()
    return {
        "apis": list(APIS),
        "services": {"large": _services(large()), "small": _services(small())},
        "roles": {"large": _roles(ROLES), "small": _roles(group_roles())},
        "secrets": secrets(),
        "queues": queues(),
        "schedules": {name: {"cron": one.cron, "zone": one.zone} for name, one in schedules().items()},
        "triggers": {name: {"document": one.document} for name, one in triggers().items()},
        **_firestore(),
        "counted_lines": counted_lines(),
        "lifecycles": LIFECYCLES,
        "collections_kept": kept_collections(),
        "settings": plain_settings(settings),
    }


def read_variables(file: Path) -> dict[str, Any]:
    """What was exported into `file`.

    Raises:
        BadInput: it is not there, or it is something else, an older version's say (`bad_variables`).
    """
    advice = f"Make it: headrace infra export --out {file}"
    try:
        content = json.loads(file.read_text())
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"{file} cannot be read", code="bad_variables", advice=advice) from error
    given = content if isinstance(content, dict) else {}
    if wrong := [name for name, own in variables(Settings.load({})).items() if type(given.get(name)) is not type(own)]:
        raise BadInput(f"{file} is not what is exported now: it lacks {', '.join(wrong)}", code="bad_variables", advice=advice)
    return given


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


def counted_lines() -> dict[str, dict[str, Any]]:
    """Lines of the log that are counted, by the metric's name: their messages, and what one of them means where that is an alert."""
    own = {
        alert.name: {"messages": [alert.message], "pipeline": registered.title, "alert": alert.text}
        for registered in registrations().values()
        for alert in registered.alerts
    }
    return {**{name: {"pipeline": "", **line} for name, line in ENGINE_LINES.items()}, **own}


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
    content = index_file(declared())
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
            "public": API in each.functions,
        }
        for each in found
    }


def _roles(roles: dict[str, Role]) -> dict[str, dict[str, Any]]:
    return {
        name: {"secrets": list(role.secrets), "concurrency": role.at_once, "memory": role.memory, "cpu": role.cpu}
        for name, role in roles.items()
    }
