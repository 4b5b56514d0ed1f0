"""What a check looks for and a teardown deletes is what Terraform makes, under the names that it gives."""

from __future__ import annotations

import pytest

from infra.deployment.google_api_client import Project
from infra.deployment.resource_kinds import KINDS, Kind, account, kind_named
from tests.infra.terraform.terraform_files import Terraform, read

TERRAFORM = read()
WITH_SOMETHING = ("_iam_member", "google_project_service", "terraform_data")
"""What goes with whom or what it is about; and APIs, which stay on."""
NAMES = {
    "google_cloud_scheduler_job.schedule": ("name", '${replace(each.key, "_", "-")}'),
    "google_eventarc_trigger.document": ("name", '${replace(each.key, "_", "-")}'),
    "google_cloud_tasks_queue.lane": ("name", "${each.key}"),
    "google_cloud_run_v2_service.function": ("name", "${each.key}"),
    "google_firebaserules_release.deny": ("name", "cloud.firestore"),
    "google_firestore_database.this": ("name", "(default)"),
    "google_storage_bucket.files": ("name", "${var.project}-headrace"),
    "google_storage_bucket.builds": ("name", "${var.project}-headrace-builds"),
    "google_artifact_registry_repository.images": ("repository_id", "headrace"),
    "google_secret_manager_secret.setting": ("secret_id", '${lower(replace(each.key, "_", "-"))}'),
    "google_monitoring_alert_policy.seen": ("display_name", "Headrace: ${each.key}"),
    "google_monitoring_alert_policy.measured": ("display_name", "Headrace: ${each.key}"),
    "google_monitoring_alert_policy.error_share": ("display_name", "Headrace: error_share"),
    "google_monitoring_alert_policy.clock_stopped": ("display_name", "Headrace: clock_stopped"),
    "google_logging_metric.line": ("name", "headrace/${each.key}"),
    "google_monitoring_notification_channel.email": ("display_name", "Headrace"),
    "google_billing_budget.this": ("display_name", "Headrace: ${var.project}"),
    "google_service_account.role": ("account_id", "headrace-${each.key}"),
    "google_service_account.caller": ("account_id", "headrace-call-${each.key}"),
    "google_service_account.builder": ("account_id", "headrace-builder"),
}
"""How Terraform names what it makes; `resource_kinds` says the same in Python."""
UNNAMED = {
    "google_monitoring_dashboard.this",
    "google_firebaserules_ruleset.deny",
    "google_firestore_index.composite",
    "google_firestore_field.rule",
}
PROJECT = Project("my-project", "europe-west1", "small", "billingAccounts/1")


def made(found: Terraform) -> set[str]:
    return {f"{each.kind}.{each.name}" for each in found.resources if not each.kind.endswith(WITH_SOMETHING)}


def test_a_teardown_knows_every_kind_of_thing_that_terraform_makes() -> None:
    known = [address for kind in KINDS for address in (kind.made_by, *kind.also)]
    assert sorted(known) == sorted(made(TERRAFORM))


def test_every_name_is_said_here() -> None:
    assert NAMES.keys() | UNNAMED == made(TERRAFORM)


@pytest.mark.parametrize("address", NAMES)
def test_names_are_as_terraform_gives_them(address: str) -> None:
    kind, name = address.split(".")
    (resource,) = [each for each in TERRAFORM.resources if (each.kind, each.name) == (kind, name)]
    argument, expression = NAMES[address]
    assert resource.body[argument] == expression


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_wanted_is_ours_and_what_is_not_is_not(kind: Kind) -> None:
    for name in kind.wanted(TERRAFORM.variables, PROJECT):
        assert kind.is_ours({kind.named: name, "name": name}, TERRAFORM.variables, PROJECT)
    assert not kind.is_ours(
        {"name": "projects/x/things/shop", "displayName": "Shop", "email": "shop@x"}, TERRAFORM.variables, PROJECT
    )


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        ("queues", "projects/p/locations/l/queues/web-bulk", "v2/projects/p/locations/l/queues/web-bulk"),
        ("log metrics", "headrace/dead_letters", "v2/projects/my-project/metrics/headrace%2Fdead_letters"),
        ("buckets", "my-project-headrace", "storage/v1/b/my-project-headrace"),
        ("budgets", "billingAccounts/1/budgets/2", "v1/billingAccounts/1/budgets/2"),
        ("alerts", "projects/p/alertPolicies/3", "v3/projects/p/alertPolicies/3"),
    ],
)
def test_a_thing_is_deleted_at_its_own_address(kind: str, name: str, path: str) -> None:
    assert kind_named(kind).path_of({"name": name, "displayName": "Headrace"}, PROJECT) == path


def test_accounts_fit_into_googles_thirty_characters() -> None:
    roles = {role for size in TERRAFORM.variables["roles"].values() for role in size}
    assert max(len(account(PROJECT, role).partition("@")[0]) for role in roles) <= 30
