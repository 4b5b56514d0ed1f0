"""What Google answers about a project right after `terraform apply`: each thing in the shape that its API gives it."""

from __future__ import annotations

import json
from typing import Any

from infra.deployment.resource_kinds import MEASURED
from infra.deployment.service_layout import NO_ROLE
from infra.deployment.terraform_variables import FILE

PROJECT, REGION, NUMBER, BILLING = "my-project", "europe-west1", "123456789", "billingAccounts/01-02-03"
HERE = f"projects/{PROJECT}"
THERE = f"{HERE}/locations/{REGION}"
DATABASE = f"{HERE}/databases/(default)"
Things = dict[str, list[dict[str, Any]]]
"""By `api/collection`: `run/v2/projects/my-project/locations/…/services`."""


def exported() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text())
    return content


def email(name: str) -> str:
    return f"headrace-{name}@{PROJECT}.iam.gserviceaccount.com"


def applied(variables: dict[str, Any], size: str) -> Things:
    """All of it."""
    names = [*variables["roles"][size], "call-tasks", "call-schedules", "call-triggers", "builder"]
    return {
        f"serviceusage/v1/{HERE}/services": [
            {"name": f"projects/{NUMBER}/services/{api}", "config": {"name": api}, "state": "ENABLED"} for api in variables["apis"]
        ],
        f"cloudscheduler/v1/{THERE}/jobs": [
            {"name": f"{THERE}/jobs/{name.replace('_', '-')}", "schedule": one["cron"], "timeZone": one["zone"], "state": "ENABLED"}
            for name, one in variables["schedules"].items()
        ],
        f"eventarc/v1/{THERE}/triggers": [
            {"name": f"{THERE}/triggers/{name.replace('_', '-')}"} for name in variables["triggers"]
        ],
        f"cloudtasks/v2/{THERE}/queues": [_queue(name, one) for name, one in variables["queues"].items()],
        f"run/v2/{THERE}/services": [_service(name, one) for name, one in variables["services"][size].items()],
        f"firebaserules/v1/{HERE}/releases": [
            {"name": f"{HERE}/releases/cloud.firestore", "rulesetName": f"{HERE}/rulesets/4d-5e"}
        ],
        f"firebaserules/v1/{HERE}/rulesets": [{"name": f"{HERE}/rulesets/4d-5e", "metadata": {"services": ["cloud.firestore"]}}],
        f"firestore/v1/{HERE}/databases": [
            {
                "name": DATABASE, "pointInTimeRecoveryEnablement": "POINT_IN_TIME_RECOVERY_ENABLED",
                "deleteProtectionState": "DELETE_PROTECTION_ENABLED",
            }
        ],
        f"firestore/v1/{DATABASE}/collectionGroups/-/indexes": [
            _index(number, one) for number, one in enumerate(variables["indexes"].values())
        ],
        f"firestore/v1/{DATABASE}/collectionGroups/-/fields": [_field(one) for one in variables["fields"].values()],
        "storage/storage/v1/b": [_bucket(f"{PROJECT}-headrace"), _bucket(f"{PROJECT}-headrace-builds")],
        f"storage/storage/v1/b/{PROJECT}-headrace/o": [{"name": f"results/2026/{number}.json"} for number in range(5)],
        f"storage/storage/v1/b/{PROJECT}-headrace-builds/o": [],
        f"artifactregistry/v1/{THERE}/repositories": [{"name": f"{THERE}/repositories/headrace"}],
        f"secretmanager/v1/{HERE}/secrets": [
            {"name": f"projects/{NUMBER}/secrets/{_secret(setting)}"} for setting in variables["secrets"]
        ],
        **{
            f"secretmanager/v1/{HERE}/secrets/{_secret(setting)}/versions": [
                {"name": f"projects/{NUMBER}/secrets/{_secret(setting)}/versions/1", "state": "ENABLED"}
            ]
            for setting in variables["secrets"]
        },
        f"monitoring/v3/{HERE}/alertPolicies": [
            {"name": f"{HERE}/alertPolicies/{number}", "displayName": f"Headrace: {name}"}
            for number, name in enumerate([*_alerts(variables), *MEASURED])
        ],
        f"monitoring/v1/{HERE}/dashboards": [{"name": f"projects/{NUMBER}/dashboards/7a", "displayName": "Headrace"}],
        f"logging/v2/{HERE}/metrics": [{"name": f"headrace/{name}"} for name in variables["counted_lines"]],
        f"monitoring/v3/{HERE}/notificationChannels": [
            {"name": f"{HERE}/notificationChannels/9", "displayName": "Headrace", "type": "email"}
        ],
        f"billingbudgets/v1/{BILLING}/budgets": [{"name": f"{BILLING}/budgets/b-1", "displayName": f"Headrace: {PROJECT}"}],
        f"iam/v1/{HERE}/serviceAccounts": [
            {"name": f"{HERE}/serviceAccounts/{email(name)}", "email": email(name)} for name in names
        ],
        f"cloudquotas/v1/{HERE}/locations/global/services/run.googleapis.com/quotaInfos": [
            _quota("CpuAllocPerProjectRegion", "200000"), _quota("MemAllocPerProjectRegion", str(400 * 1024**3)),
        ],
    }  # fmt: skip


def policies(variables: dict[str, Any], size: str) -> dict[str, dict[str, Any]]:
    """Who may do what: of the project, and of each service."""
    found = {
        f"run/v2/{THERE}/services/{name}": _policy(
            "roles/run.invoker", "allUsers" if one["public"] else f"serviceAccount:{email('call-tasks')}"
        )
        for name, one in variables["services"][size].items()
    }
    members = [f"serviceAccount:{email(role)}" for role in variables["roles"][size] if role not in NO_ROLE]
    ours = {"role": "roles/datastore.user", "members": members}
    receiver = {"role": "roles/eventarc.eventReceiver", "members": [f"serviceAccount:{email('call-triggers')}"]}
    builder = {"role": "roles/run.developer", "members": [f"serviceAccount:{email('builder')}"]}
    owner = {"role": "roles/owner", "members": ["user:ada@example.com"]}
    found[f"cloudresourcemanager/v1/{HERE}"] = {"bindings": [owner, ours, receiver, builder], "etag": "BwX"}
    return found


def _policy(role: str, member: str) -> dict[str, Any]:
    return {"bindings": [{"role": role, "members": [member]}]}


def _secret(setting: str) -> str:
    return setting.lower().replace("_", "-")


def _alerts(variables: dict[str, Any]) -> list[str]:
    return [name for name, line in variables["counted_lines"].items() if line["alert"]]


def _queue(name: str, one: dict[str, Any]) -> dict[str, Any]:
    rates = {"maxDispatchesPerSecond": one["rate"], "maxBurstSize": 10, "maxConcurrentDispatches": one["concurrency"]}
    return {
        "name": f"{THERE}/queues/{name}", "rateLimits": rates, "retryConfig": {"maxAttempts": one["attempts"]}, "state": "RUNNING",
    }  # fmt: skip


def _service(name: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": f"{THERE}/services/{name}", "labels": {"app": "headrace", "role": one["role"]},
        "template": {"serviceAccount": email(one["role"])}, "terminalCondition": {"type": "Ready", "state": "CONDITION_SUCCEEDED"},
    }  # fmt: skip


def _index(number: int, one: dict[str, Any]) -> dict[str, Any]:
    fields = [{"fieldPath": field["field"], "order": field["order"]} for field in one["fields"]]
    return {
        "name": f"{DATABASE}/collectionGroups/{one['collection']}/indexes/C{number}", "queryScope": "COLLECTION",
        "fields": [*fields, {"fieldPath": "__name__", "order": fields[-1]["order"]}], "state": "READY",
    }  # fmt: skip


def _field(one: dict[str, Any]) -> dict[str, Any]:
    name = f"{DATABASE}/collectionGroups/{one['collection']}/fields/{one['field']}"
    indexes = [
        {"queryScope": "COLLECTION", "fields": [{"fieldPath": one["field"], "order": order}], "state": "READY"}
        for order in one["orders"]
    ]
    field: dict[str, Any] = {"name": name, "indexConfig": {"indexes": indexes} if indexes else {}}
    return field | ({"ttlConfig": {"state": "ACTIVE"}} if one["ttl"] else {})


def _bucket(name: str) -> dict[str, Any]:
    access = {"uniformBucketLevelAccess": {"enabled": True}, "publicAccessPrevention": "enforced"}
    return {"name": name, "id": name, "iamConfiguration": access}


def _quota(name: str, value: str) -> dict[str, Any]:
    return {"quotaId": name, "dimensionsInfos": [{"applicableLocations": [REGION], "details": {"value": value}}]}
