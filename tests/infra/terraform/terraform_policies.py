"""What has to hold of `infra/terraform` and its variables; each policy answers what is wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from functions import deployed, registrations
from functions.declared_queries import declared
from functions.events.document_triggers import triggers
from functions.upkeep.schedules import schedules
from infra.deployment.resource_kinds import MEASURED, secret_id
from infra.deployment.service_layout import function_lanes
from infra.deployment.terraform_variables import kept_collections
from infra.firestore_indexes import index_file
from tests.infra.terraform.terraform_arguments import ARGUMENTS
from tests.infra.terraform.terraform_files import Terraform, blocks
from tests.infra.terraform.terraform_references import each_is_of_a_for_each, nothing_is_made_twice, references_lead_somewhere
from tests.infra.terraform.terraform_roles import (
    callers_show_who_they_are,
    roles_are_the_least,
    roles_read_their_own_secrets,
    the_fetcher_may_do_nothing,
)
from tests.infra.terraform.terraform_values import differences

WITH_PAGE = ["jobs_api", "dashboard"]
"""The API, and the page before it: one service, which starts the page."""
ROOT = Path(__file__).parents[3]


def services_serve_each_function_once(found: Terraform) -> Iterator[str]:
    for size, services in found.variables["services"].items():
        served = [function for each in services.values() for function in each["functions"]]
        yield from (f"{size}: {name} has no service" for name in deployed() if name not in served)
        yield from (f"{size}: {name} is served, and nobody's" for name in served if name not in deployed())
        yield from (f"{size}: {name} is served twice" for name in set(served) if served.count(name) > 1)
        for name, each in services.items():
            alone = each["functions"][0] if len(each["functions"]) == 1 else "function_group"
            if each["target"] != ("dashboard" if each["functions"] == WITH_PAGE else alone):
                yield f"{size}: {name} starts {each['target']}"
            if each["public"] != (each["functions"] == WITH_PAGE):
                yield f"{size}: {name} is public, or the API is not"
            if each["role"] not in found.variables["roles"][size]:
                yield f"{size}: {name} runs as nobody"


def stages_have_queues(found: Terraform) -> Iterator[str]:
    for function, lane in function_lanes().items():
        for kind in ("interactive", "bulk"):
            if f"{lane}-{kind}" not in found.variables["queues"]:
                yield f"{function} has no queue {lane}-{kind}"
    for name, queue in found.variables["queues"].items():
        if not (0 < queue["rate"] <= 500 and 1 <= queue["concurrency"] <= 5000 and queue["attempts"] > 0):
            yield f"queue {name} has a size that Cloud Tasks refuses, or tries for ever"


def clocks_and_documents_call_what_is_registered(found: Terraform) -> Iterator[str]:
    crons = {name: {"cron": one.cron, "zone": one.zone} for name, one in schedules().items()}
    if found.variables["schedules"] != crons:
        yield "schedules are not those that are registered"
    if found.variables["triggers"] != {name: {"document": one.document} for name, one in triggers().items()}:
        yield "triggers are not those that are registered"


def queries_have_indexes(found: Terraform) -> Iterator[str]:
    wanted = index_file(declared())
    listed = [
        (each["collection"], [(one["field"], one["order"]) for one in each["fields"]])
        for each in found.variables["indexes"].values()
    ]
    for index in wanted["indexes"]:
        if (index["collectionGroup"], [(one["fieldPath"], one["order"]) for one in index["fields"]]) not in listed:
            yield f"no index for a query of {index['collectionGroup']}"
    rules = found.variables["fields"]
    for one in wanted["fieldOverrides"]:
        rule = rules.get(f"{one['collectionGroup']}.{one['fieldPath']}")
        if rule is None or not {index["order"] for index in one["indexes"]} <= set(rule["orders"]):
            yield f"{one['collectionGroup']}.{one['fieldPath']} has no rule of its own"
        elif one.get("ttl") and not rule["ttl"]:
            yield f"{one['collectionGroup']} does not expire"
    if rules.get("__default__.*", {}).get("orders") != []:
        yield "fields have indexes by default"


def collections_expire_or_say_why(found: Terraform) -> Iterator[str]:
    yield from (
        f"{name} neither expires nor says why" for name in kept_collections() if not found.variables["collections_kept"].get(name)
    )


def arguments_are_the_providers(found: Terraform) -> Iterator[str]:
    for resource in found.resources:
        for path, body in blocks(resource):
            known = ARGUMENTS.get(path)
            if known is None:
                yield f"{resource.name}: no such block: {path}"
            else:
                yield from (f"{path} has no argument {name}" for name in body if name not in known.split())


def variables_are_declared_and_given(found: Terraform) -> Iterator[str]:
    yield from (f"{name} is exported, and declared nowhere" for name in found.variables if name not in found.declared())
    used = set(re.findall(r"\bvar\.(\w+)", "\n".join(found.files.values())))
    yield from (f"var.{name} is declared nowhere" for name in sorted(used - found.declared()))


def names_are_those_of_the_delivery(found: Terraform) -> Iterator[str]:
    """What `cloudbuild.yaml` and its scripts call things."""
    build = yaml.safe_load((ROOT / "cloudbuild.yaml").read_text())["substitutions"]
    selector = re.search(r"SELECTOR:=(\w+)=(\w+)", (ROOT / "infra/delivery/gcloud_services.sh").read_text())
    for size, services in found.variables["services"].items():
        if [name for name, each in services.items() if each["functions"] == WITH_PAGE] != [build["_API"]]:
            yield f"{size}: the API is not the service {build['_API']}"
    for each in found.of("google_cloud_run_v2_service"):
        if selector is None or dict(each.body.get("labels") or {}).get(selector[1]) != selector[2]:
            yield "releases do not find the services by their label"
    made = {str(each.body.get(key)) for each in found.resources for key in ("account_id", "repository_id", "name")}
    for what in ("_BUILDER", "_REPOSITORY"):
        if build[what] not in made:
            yield f"nothing is called {build[what]} ({what})"
    if build["_BUILDS"].replace("$PROJECT_ID", "${var.project}") not in made:
        yield "the builds have no bucket"
    if build["_KEY_SECRET"] not in {secret_id(setting) for setting in found.variables["secrets"]}:
        yield "the smoke test's key has no secret"


def services_are_private_and_pinned(found: Terraform) -> Iterator[str]:
    services = found.of("google_cloud_run_v2_service")
    if len(services) != 1 or services[0].body.get("for_each") != "${local.services}":
        yield "services are not those of the variables"
    for each in services:
        if each.of("template", "service_account") != ["${google_service_account.role[each.value.role].email}"]:
            yield "a service runs as somebody else"
        if "INTERNAL" not in str(each.body.get("ingress")):
            yield "private services are reached from outside"
        if each.of("template", "scaling", "min_instance_count") != [0]:
            yield "a service costs while it is idle"
        for version in each.of("template", "containers", "env", "value_source", "secret_key_ref", "version"):
            if "var.secret_versions" not in str(version):
                yield "a secret's version is not pinned"


def queues_stop_trying(found: Terraform) -> Iterator[str]:
    for each in found.of("google_cloud_tasks_queue"):
        if not each.of("retry_config", "max_attempts") or not each.of("rate_limits", "max_concurrent_dispatches"):
            yield f"queue {each.name} has no limits of its own"
        if each.body.get("for_each") != "${var.queues}":
            yield "queues are not those of the variables"


def documents_are_kept_safe(found: Terraform) -> Iterator[str]:
    for each in found.of("google_firestore_database"):
        if each.body.get("point_in_time_recovery_enablement") != "POINT_IN_TIME_RECOVERY_ENABLED":
            yield "the database cannot be read as it was"
        if "DELETE_PROTECTION_ENABLED" not in str(each.body.get("delete_protection_state")):
            yield "the database can be deleted by mistake"
    if not any(each.of("ttl_config") and "index_config" in each.body for each in found.of("google_firestore_field")):
        yield "no document expires"
    rules = "".join(
        str(text) for each in found.of("google_firebaserules_ruleset") for text in each.of("source", "files", "content")
    )
    if "allow read, write: if false" not in rules or rules.count("allow ") != 1 or not found.of("google_firebaserules_release"):
        yield "clients may read or write documents"


def buckets_are_private(found: Terraform) -> Iterator[str]:
    for each in found.of("google_storage_bucket"):
        if each.body.get("public_access_prevention") != "enforced" or each.body.get("uniform_bucket_level_access") not in (
            True,
            "true",
        ):
            yield f"bucket {each.name} could be public"
        if not each.of("lifecycle_rule", "condition", "matches_prefix"):
            yield f"bucket {each.name} keeps everything for ever"
    if not any(one["prefix"] == "results/" and one["days"] > 365 for one in found.variables["lifecycles"]):
        yield "results stay for ever, or go before the cache's entries"


def lines_of_registrations() -> set[str]:
    return {alert.name for one in registrations().values() for alert in one.alerts}


def the_clock_is_watched(found: Terraform) -> Iterator[str]:
    silent = [str(each.of("conditions", "condition_absent", "filter")) for each in found.of("google_monitoring_alert_policy")]
    if not any('local.serves["upkeep_sweep"]' in each.replace("\\", "") for each in silent):
        yield "nobody is told when the clock stands still"


def alerts_reach_somebody(found: Terraform) -> Iterator[str]:
    channel = "google_monitoring_notification_channel.email.name"
    alerts = found.of("google_monitoring_alert_policy")
    for each in alerts:
        if channel not in str(each.body.get("notification_channels")):
            yield f"alert {each.name} tells nobody"
        if "docs/runbook/alerts.md#" not in str(each.of("documentation", "content")):
            yield f"alert {each.name} says not what to do"
    lines = {name for name, line in found.variables["counted_lines"].items() if line["alert"]}
    if missing := lines_of_registrations() - lines:
        yield f"nobody is told of {', '.join(sorted(missing))}"
    measured = found.files["monitoring.tf"].partition("  measured = {")[2].partition("\nresource ")[0]
    known = set(re.findall(r"(?m)^    (\w+) = \{$", measured)) | {"error_share", "clock_stopped"}
    if known != set(MEASURED):
        yield "what is measured is not what a check of a project looks for"
    logged = "\n".join(path.read_text() for top in ("functions", "shared") for path in (ROOT / top).rglob("*.py"))
    for name, line in found.variables["counted_lines"].items():
        if [message for message in line["messages"] if not re.search(rf'log\.\w+\("{message}"', logged)]:
            yield f"{name} counts a line that nobody logs"
    if len(alerts) < 3 or not found.of("google_billing_budget") or not found.of("google_monitoring_dashboard"):
        yield "an alert, the budget or the dashboard is missing"
    if not all(each.of("all_updates_rule", "monitoring_notification_channels") for each in found.of("google_billing_budget")):
        yield "the budget tells nobody"


POLICIES: tuple[Callable[[Terraform], Iterator[str]], ...] = (
    services_serve_each_function_once,
    stages_have_queues,
    clocks_and_documents_call_what_is_registered,
    queries_have_indexes,
    collections_expire_or_say_why,
    roles_read_their_own_secrets,
    arguments_are_the_providers,
    variables_are_declared_and_given,
    roles_are_the_least,
    the_fetcher_may_do_nothing,
    services_are_private_and_pinned,
    queues_stop_trying,
    callers_show_who_they_are,
    documents_are_kept_safe,
    buckets_are_private,
    names_are_those_of_the_delivery,
    alerts_reach_somebody,
    the_clock_is_watched,
    references_lead_somewhere,
    each_is_of_a_for_each,
    nothing_is_made_twice,
)


def broken_policies(found: Terraform) -> list[str]:
    """What is wrong by the policies."""
    return [problem for policy in POLICIES for problem in policy(found)]


def problems(found: Terraform) -> list[str]:
    """All that is wrong: by the policies, and in values that none of them speaks of and that are other than written down."""
    return [*broken_policies(found), *differences(found)]
