"""Who may do what in `infra/terraform`: roles, secrets, the account that fetches, who calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infra.deployment.service_layout import ROLES
from infra.deployment.terraform_variables import secrets
from tests.infra.terraform.terraform_files import Resource, Terraform

ALLOWED_ROLES: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("google_project_iam_member", "documents"): "roles/datastore.user",
    ("google_project_iam_member", "event_receiver"): "roles/eventarc.eventReceiver",
    ("google_storage_bucket_iam_member", "files"): "roles/storage.objectUser",
    ("google_cloud_tasks_queue_iam_member", "enqueuer"): "roles/cloudtasks.enqueuer",
    ("google_service_account_iam_member", "as_tasks"): "roles/iam.serviceAccountUser",
    ("google_service_account_iam_member", "signer"): "roles/iam.serviceAccountTokenCreator",
    ("google_cloud_run_v2_service_iam_member", "tasks"): "roles/run.invoker",
    ("google_cloud_run_v2_service_iam_member", "schedules"): "roles/run.invoker",
    ("google_cloud_run_v2_service_iam_member", "triggers"): "roles/run.invoker",
    ("google_cloud_run_v2_service_iam_member", "public"): "roles/run.invoker",
    ("google_cloud_run_v2_service_iam_member", "fetching"): "roles/run.invoker",
    ("google_project_iam_member", "telemetry"): "roles/telemetry.${each.value[1]}",
    ("google_secret_manager_secret_iam_member", "reader"): "roles/secretmanager.secretAccessor",
    ("google_project_iam_member", "builder"): (
        "roles/run.developer", "roles/logging.logWriter", "roles/containeranalysis.notes.editor", "roles/containeranalysis.occurrences.editor",
    ),
    ("google_artifact_registry_repository_iam_member", "builder"): "roles/artifactregistry.writer",
    ("google_storage_bucket_iam_member", "builder"): "roles/storage.objectAdmin",
    ("google_service_account_iam_member", "builder"): "roles/iam.serviceAccountUser",
    ("google_secret_manager_secret_iam_member", "builder"): "roles/secretmanager.secretAccessor",
}  # fmt: skip
"""Every role that is given, and to whom by name; there are no others."""


def roles_read_their_own_secrets(found: Terraform) -> Iterator[str]:
    for name, role in found.variables["roles"]["large"].items():
        if set(role["secrets"]) != set(ROLES[name].secrets if name in ROLES else ()):
            yield f"{name} reads other secrets than it needs"
    for size, roles in found.variables["roles"].items():
        read = {secret for role in roles.values() for secret in role["secrets"]}
        yield from (f"{size}: nobody reads {name}" for name in secrets() if name not in read)
    if sorted(found.variables["secrets"]) != sorted(secrets()):
        yield "secrets are not those of the settings"


def roles_are_the_least(found: Terraform) -> Iterator[str]:
    given = {
        (each.kind, each.name): each
        for each in found.resources
        if each.kind.endswith(("_iam_member", "_iam_binding", "_iam_policy"))
    }
    for key, each in given.items():
        if key not in ALLOWED_ROLES or _given(each) != ALLOWED_ROLES[key]:
            yield f"a role too many: {key[0]}.{key[1]}"
        open_door = str(each.body.get("member")) in ("allUsers", "allAuthenticatedUsers")
        if open_door != (key[1] == "public"):
            yield f"{key[1]} lets everybody in, or nobody into the API"
        if open_door and "if service.public" not in str(each.body.get("for_each")):
            yield f"{key[1]} opens more than the API"
    yield from (f"nobody may: {kind}.{name}" for kind, name in ALLOWED_ROLES if (kind, name) not in given)


def _given(each: Resource) -> str | tuple[str, ...]:
    """A member's role, or those of its `for_each`."""
    role = str(each.body.get("role"))
    return tuple(re.findall(r'"([^"]+)"', str(each.body.get("for_each")))) if role == "${each.key}" else role


def the_fetcher_may_do_nothing(found: Terraform) -> Iterator[str]:
    """Neither a role nor a secret, a service of its own, and nobody calls it but those who work."""
    for size, roles in found.variables["roles"].items():
        own = [name for name, each in found.variables["services"][size].items() if "page_fetcher" in each["functions"]]
        if [found.variables["services"][size][name]["functions"] for name in own] != [["page_fetcher"]]:
            yield f"{size}: the fetcher shares its service"
        if (
            any(found.variables["services"][size][name]["role"] != "fetcher" for name in own)
            or roles.get("fetcher", {}).get("secrets") != []
        ):
            yield f"{size}: the fetcher may do something"
    if 'if name != "fetcher"' not in found.files["functions.tf"]:
        yield "the fetcher is one of those who work"
    for each in found.resources:
        if each.kind.endswith("_iam_member") and "google_service_account.role[" in str(each.body.get("member")):
            builder_or_reader = each.name in ("reader", "signer")
            if "local.workers" not in str(each.body.get("for_each")) and not builder_or_reader:
                yield f"{each.kind}.{each.name} gives the fetcher a role"


def callers_show_who_they_are(found: Terraform) -> Iterator[str]:
    for each in found.of("google_cloud_scheduler_job"):
        if not each.of("http_target", "oidc_token", "service_account_email") or not each.of(
            "http_target", "oidc_token", "audience"
        ):
            yield f"{each.name} calls without a token for its service"
    for each in found.of("google_eventarc_trigger"):
        if not each.body.get("service_account") or each.body.get("event_data_content_type") != "application/protobuf":
            yield f"{each.name} calls as nobody, or sends what we do not read"
        if each.of("matching_criteria", "operator") != ["match-path-pattern"]:
            yield f"{each.name} hears of one document alone"
