"""Defects put into the files and the variables, one at a time: each is found. A policy that finds nothing would be none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.terraform.terraform_files import Terraform, read
from tests.infra.terraform.terraform_policies import broken_policies
from tests.infra.terraform.terraform_value_defects import IN_VALUES
from tests.infra.terraform.terraform_values import differences

Variables = dict[str, Any]


def _large(variables: Variables, name: str) -> Any:
    return variables["services"]["large"][name]


def _drop(*path: str) -> Callable[[Variables], None]:
    def change(variables: Variables) -> None:
        place = variables
        for part in path[:-1]:
            place = place[part]
        del place[path[-1]]

    return change


def _put(value: Any, *path: str) -> Callable[[Variables], None]:
    def change(variables: Variables) -> None:
        place = variables
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = value

    return change


def _first(of: str) -> Callable[[Variables], None]:
    return lambda variables: variables[of].pop(next(iter(variables[of])))


IN_VARIABLES: dict[str, Callable[[Variables], None]] = {
    "a stage without a service": _drop("services", "large", "interview-prep-read-posting"),
    "a stage without a service in the small size": _drop("services", "small", "headrace-models"),
    "a stage without a queue": _drop("queues", "models-bulk"),
    "a queue that tries for ever": _put(0, "queues", "web-bulk", "attempts"),
    "a queue faster than Cloud Tasks allows": _put(900.0, "queues", "engine-bulk", "rate"),
    "a function that is public": _put(True, "services", "large", "upkeep-sweep", "public"),
    "an API that nobody reaches": _put(False, "services", "small", "jobs-api", "public"),
    "a service that starts another function": _put("upkeep_notify", "services", "large", "upkeep-sweep", "target"),
    "a service that runs as a role that is not there": _put("admin", "services", "large", "upkeep-sweep", "role"),
    "a function served twice": lambda found: _large(found, "jobs-api")["functions"].append("upkeep_sweep"),
    "a missing composite index": _first("indexes"),
    "a missing index of one field": _drop("fields", "jobs.finished_at"),
    "indexes by default": _put(["ASCENDING"], "fields", "__default__.*", "orders"),
    "a collection that does not expire": _put(False, "fields", "tasks.expires_at", "ttl"),
    "a collection kept without a reason": lambda found: found["collections_kept"].clear(),
    "a schedule that is missing": _first("schedules"),
    "a schedule at another time": _put("0 0 * * *", "schedules", "upkeep_sweep", "cron"),
    "a trigger that is missing": _first("triggers"),
    "a trigger of other documents": _put("users/{id}", "triggers", "events_job_ended", "document"),
    "a secret too many": lambda found: found["roles"]["large"]["render"]["secrets"].append("OPENAI_API_KEY"),
    "a fetcher with a key": lambda found: found["roles"]["small"]["fetcher"]["secrets"].append("OPENAI_API_KEY"),
    "a fetcher in another's service": lambda found: found["services"]["small"]["headrace-web"]["functions"].append(
        found["services"]["small"].pop("page-fetcher")["functions"][0]
    ),
    "a secret that nobody reads": lambda found: found["roles"]["large"]["forum"]["secrets"].clear(),
    "an API of another name than releases ask": lambda found: found["services"]["small"].update(
        {"headrace-api": found["services"]["small"].pop("jobs-api")}
    ),
    "an alert that a pipeline registers, and nobody gets": _drop("counted_lines", "slow_guides"),
    "a counted line that nobody logs": _put(["dead_leter"], "counted_lines", "dead_letters", "messages"),
    "a variable that is declared nowhere": _put({}, "surprise"),
    "results that are kept for ever": lambda found: found["lifecycles"].clear(),
}

IN_FILES: dict[str, tuple[str, str, str]] = {
    "an argument that the provider does not have": ("queues.tf", "max_concurrent_dispatches", "max_concurrent"),
    "an argument in the wrong block": ("functions.tf", "  deletion_protection =", "  max_instance_count ="),
    "a block that the provider does not have": ("storage.tf", "soft_delete_policy", "soft_delete"),
    "a project role too many": ("iam.tf", "roles/datastore.user", "roles/editor"),
    "a function open to everybody": ("iam.tf", 'if !service.public && service.role != "fetcher" }\n  name     = google_cloud_run_v2_service.function[each.key].name\n  location = var.region\n  role     = "roles/run.invoker"\n  member   = google_service_account.caller["tasks"].member', '}\n  name = "x"\n  location = var.region\n  role = "roles/run.invoker"\n  member = "allUsers"'),
    "all functions open, not the API alone": ("iam.tf", "=> service if service.public }", "=> service }"),
    "a service that runs as the project's default account": ("functions.tf", "    service_account                  = google_service_account.role[each.value.role].email\n", ""),
    "a service reached from outside": ("functions.tf", "INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_ALL"),
    "a service that costs while it is idle": ("functions.tf", "min_instance_count = 0", "min_instance_count = 1"),
    "a secret that is not pinned": ("functions.tf", "var.secret_versions[env.value]", '"latest"'),
    "queues without attempts": ("queues.tf", "    max_attempts       = each.value.attempts\n", ""),
    "a schedule without a token": ("schedules.tf", "oidc_token {", "headers_of {"),
    "a trigger that calls as nobody": ("triggers.tf", 'service_account         = google_service_account.caller["triggers"].email\n', ""),
    "events that we do not read": ("triggers.tf", "application/protobuf", "application/json"),
    "a database without its past": ("firestore.tf", "POINT_IN_TIME_RECOVERY_ENABLED", "POINT_IN_TIME_RECOVERY_DISABLED"),
    "a database without protection": ("firestore.tf", '"DELETE_PROTECTION_ENABLED"', '"DELETE_PROTECTION_DISABLED"'),
    "rules that let clients in": ("firestore.tf", "if false", "if request.auth != null"),
    "a bucket that could be public": ("storage.tf", '"enforced"', '"inherited"'),
    "a bucket with access by object": ("storage.tf", "uniform_bucket_level_access = true", "uniform_bucket_level_access = false"),
    "an alert that tells nobody": ("monitoring.tf", "  notification_channels = [google_monitoring_notification_channel.email.name]\n", ""),
    "a budget that tells nobody": ("budget.tf", "    monitoring_notification_channels = [google_monitoring_notification_channel.email.name]\n", ""),
    "a fetcher that reads documents": ("iam.tf", "for_each = local.workers\n  project ", "for_each = local.roles\n  project "),
    "a fetcher that enqueues": ("iam.tf", "setproduct(keys(local.workers), keys(var.queues))", "setproduct(keys(local.roles), keys(var.queues))"),
    "a fetcher that is one of those who work": ("functions.tf", 'if name != "fetcher"', 'if name != "nobody"'),
    "services that no release finds": ("functions.tf", 'app = "headrace", ', ""),
    "a builder of another name": ("iam.tf", '"headrace-builder"', '"headrace-build"'),
    "a builder that may do everything": ("iam.tf", '"roles/run.developer", ', '"roles/owner", '),
    "no alert when the clock stands still": ("monitoring.tf", "    condition_absent {", "    condition_threshold {"),
    "an alert that no check looks for": ("monitoring.tf", "    deep_queues = {", "    deep_lanes = {"),
    "an account that nobody wrote down": ("iam.tf", '"event_receiver"', '"event_sender"'),
    "a reference to nothing": ("functions.tf", "google_storage_bucket.files.name", "google_storage_bucket.file.name"),
    "a field that the variable has not": ("functions.tf", "each.value.max_instances", "each.value.instances"),
    "an account for each of nothing": ("iam.tf", "for_each     = local.roles\n", ""),
    "a queue made twice": ("queues.tf", 'resource "google_cloud_tasks_queue" "lane" {', 'resource "google_cloud_tasks_queue" "lane" {\n}\nresource "google_cloud_tasks_queue" "lane" {'),
}  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(IN_VARIABLES) + len(IN_FILES) >= 30


@pytest.mark.parametrize("defect", IN_VARIABLES)
def test_a_defect_of_the_variables_is_found(defect: str) -> None:
    found = read()
    IN_VARIABLES[defect](found.variables)
    assert broken_policies(found) != []


@pytest.mark.parametrize("defect", IN_FILES)
def test_a_defect_of_the_files_is_found(defect: str) -> None:
    name, old, new = IN_FILES[defect]
    found = read()
    assert old in found.files[name]
    changed = {**found.files, name: found.files[name].replace(old, new)}
    assert broken_policies(Terraform(changed, found.variables)) != []


@pytest.mark.parametrize("defect", IN_VALUES)
def test_a_value_that_no_policy_speaks_of_is_found_by_its_second_place(defect: str) -> None:
    name, old, new = IN_VALUES[defect]
    found = read()
    assert old in found.files[name]
    changed = {**found.files, name: found.files[name].replace(old, new)}
    assert list(differences(Terraform(changed, found.variables))) != []
