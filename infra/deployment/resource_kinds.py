"""Kinds of Google Cloud resources of a deployment: how each is listed, which are Headrace's, how one is deleted.

The order is the order of a teardown: first what calls, then what is called, then what is kept, then what watches, last who may.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from urllib.parse import quote

from infra.deployment.google_api_client import Found, GoogleApis, Project

Variables: TypeAlias = Mapping[str, Any]
"""The exported variables, as Terraform reads them."""
CALLERS = ("tasks", "schedules", "triggers")
TITLE = "Headrace"
"""What the names of things that people see begin with."""
MEASURED = ("old_tasks", "deep_queues", "error_share", "clock_stopped")
"""The alerts that are of no line of the log: `monitoring.tf` has them by hand."""
API_SERVICE, LABEL = "jobs-api", "app"
"""The API's service in both sizes, and the label of every service of ours."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `listed`: the API, the path and the field of the answer; `named`: the field that names one.

    `wanted`: the names that Terraform gives, of which `made_by` are the resources. `ours`: whether one is ours that has none of them.
    `delete`: the path of one, from its name; `also` are resources of Terraform's that go with it.
    """

    name: str
    made_by: str
    listed: tuple[str, str, str]
    wanted: Callable[[Variables, Project], Collection[str]]
    ours: Callable[[Found], bool] = lambda _: False
    named: str = "name"
    delete: str = "{version}/{name}"
    also: tuple[str, ...] = ()

    async def found(self, apis: GoogleApis, project: Project) -> list[Found]:
        """All that the project has of it, ours or not. Raises as `GoogleApis.get`."""
        api, path, field = self.listed
        path, _, given = project.path(path).partition("?")
        return await apis.listed(api, path, field, **dict(pair.split("=", 1) for pair in given.split("&") if pair))

    def name_of(self, one: Found) -> str:
        """What it is called: its last word, whichever project and region it names before."""
        value = str(one.get(self.named, ""))
        return value.rpartition("/")[2] if value.startswith(("projects/", "billingAccounts/")) else value

    def is_ours(self, one: Found, variables: Variables, project: Project) -> bool:
        """Whether Terraform made it, in whichever size."""
        sizes = [replace(project, size=size) for size in variables["services"]]
        return self.ours(one) or any(self.name_of(one) in self.wanted(variables, each) for each in sizes)

    def path_of(self, one: Found, project: Project) -> str:
        """Where one is deleted."""
        version, named = self.listed[1].partition("/")[0], quote(self.name_of(one), safe="")
        return self.delete.format(version=version, project=project.name, name=one.get("name", ""), id=named)


def account(project: Project, name: str) -> str:
    """The address of a service account of ours: `web`, or `call-tasks`."""
    return f"headrace-{name}@{project.name}.iam.gserviceaccount.com"


def files_bucket(project: Project) -> str:
    """The bucket of results and files."""
    return f"{project.name}-headrace"


def secret_id(setting: str) -> str:
    """Where a secret setting's value is kept: `OPENAI_API_KEY` in `openai-api-key`."""
    return setting.lower().replace("_", "-")


def alert_names(variables: Variables) -> set[str]:
    """Every alert: of lines that are counted, and of what Google measures."""
    return {name for name, line in variables["counted_lines"].items() if line["alert"]} | set(MEASURED)


def _dashed(names: str) -> Callable[[Variables, Project], Collection[str]]:
    return lambda variables, _: {name.replace("_", "-") for name in variables[names]}


def _accounts(variables: Variables, project: Project) -> Collection[str]:
    names = [*variables["roles"][project.size], *(f"call-{caller}" for caller in CALLERS), "builder"]
    return {account(project, name) for name in names}


def _titled(one: Found) -> bool:
    return str(one.get("displayName", "")).startswith(f"{TITLE}:")


IN_REGION = "projects/{project}/locations/{region}"
KINDS = (
    Kind(
        "schedules", "google_cloud_scheduler_job.schedule", ("cloudscheduler", f"v1/{IN_REGION}/jobs", "jobs"), _dashed("schedules")
    ),
    Kind("triggers", "google_eventarc_trigger.document", ("eventarc", f"v1/{IN_REGION}/triggers", "triggers"), _dashed("triggers")),
    Kind("queues", "google_cloud_tasks_queue.lane", ("cloudtasks", f"v2/{IN_REGION}/queues", "queues"), lambda v, _: v["queues"]),
    Kind(
        "services", "google_cloud_run_v2_service.function", ("run", f"v2/{IN_REGION}/services", "services"),
        lambda v, project: v["services"][project.size],
        ours=lambda one: one.get("labels", {}).get(LABEL) == "headrace",
    ),
    Kind(
        "rules' releases", "google_firebaserules_release.deny", ("firebaserules", "v1/projects/{project}/releases", "releases"),
        lambda _, __: {"cloud.firestore"},
    ),
    Kind(
        "rules", "google_firebaserules_ruleset.deny", ("firebaserules", "v1/projects/{project}/rulesets", "rulesets"),
        lambda _, __: (), ours=lambda one: "cloud.firestore" in one.get("metadata", {}).get("services", ()),
    ),
    Kind(
        "databases", "google_firestore_database.this", ("firestore", "v1/projects/{project}/databases", "databases"),
        lambda _, __: {"(default)"}, also=("google_firestore_index.composite", "google_firestore_field.rule"),
    ),
    Kind(
        "buckets", "google_storage_bucket.files", ("storage", "storage/v1/b?project={project}", "items"),
        lambda _, project: {files_bucket(project), f"{project.name}-headrace-builds"},
        delete="storage/v1/b/{id}", also=("google_storage_bucket.builds",),
    ),
    Kind(
        "image repositories", "google_artifact_registry_repository.images",
        ("artifactregistry", f"v1/{IN_REGION}/repositories", "repositories"), lambda _, __: {"headrace"},
    ),
    Kind(
        "secrets", "google_secret_manager_secret.setting", ("secretmanager", "v1/projects/{project}/secrets", "secrets"),
        lambda v, _: {secret_id(setting) for setting in v["secrets"]},
    ),
    Kind(
        "alerts", "google_monitoring_alert_policy.seen", ("monitoring", "v3/projects/{project}/alertPolicies", "alertPolicies"),
        lambda v, _: {f"{TITLE}: {name}" for name in alert_names(v)}, ours=_titled, named="displayName",
        also=("google_monitoring_alert_policy.measured", "google_monitoring_alert_policy.error_share", "google_monitoring_alert_policy.clock_stopped"),
    ),
    Kind(
        "dashboards", "google_monitoring_dashboard.this", ("monitoring", "v1/projects/{project}/dashboards", "dashboards"),
        lambda _, __: {TITLE}, named="displayName",
    ),
    Kind(
        "log metrics", "google_logging_metric.line", ("logging", "v2/projects/{project}/metrics", "metrics"),
        lambda v, _: {f"headrace/{name}" for name in v["counted_lines"]},
        ours=lambda one: str(one.get("name", "")).startswith("headrace/"), delete="v2/projects/{project}/metrics/{id}",
    ),
    Kind(
        "budgets", "google_billing_budget.this", ("billingbudgets", "v1/{billing}/budgets", "budgets"),
        lambda _, project: {f"{TITLE}: {project.name}"}, named="displayName",
    ),
    Kind(
        "notification channels", "google_monitoring_notification_channel.email",
        ("monitoring", "v3/projects/{project}/notificationChannels", "notificationChannels"), lambda _, __: {TITLE}, named="displayName",
    ),
    Kind(
        "service accounts", "google_service_account.role", ("iam", "v1/projects/{project}/serviceAccounts", "accounts"), _accounts,
        named="email", also=("google_service_account.caller", "google_service_account.builder"),
    ),
)  # fmt: skip
"""All kinds. Members of roles go with whom they name, and with what they are about."""


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    return next(kind for kind in KINDS if kind.name == name)
