"""Checks whether a project's services, queues, schedules, buckets and roles are in the state that work needs."""

from __future__ import annotations

import asyncio

from infra.cli.checks.grouped_check import APPLY, row
from infra.cli.checks.settings_checks import Check
from infra.deployment.google_api_client import GoogleApis, Project
from infra.deployment.resource_kinds import Variables, account, kind_named
from infra.deployment.service_layout import NO_ROLE

TELEMETRY = "roles/telemetry."
"""What roles begin with that are given only where traces are sent to Google."""
EVERYBODY = {"allUsers", "allAuthenticatedUsers"}


async def queues(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    found = {one["name"].rpartition("/")[2]: one for one in await kind_named("queues").found(apis, project)}
    wrong = []
    for name, wanted in variables["queues"].items():
        if (queue := found.get(name)) is None:
            continue
        rates, retries = queue.get("rateLimits", {}), queue.get("retryConfig", {})
        has = (rates.get("maxDispatchesPerSecond"), rates.get("maxConcurrentDispatches"), retries.get("maxAttempts"))
        if queue.get("state") != "RUNNING":
            wrong.append(f"{name} is {str(queue.get('state')).lower()}")
        elif has != (wanted["rate"], wanted["concurrency"], wanted["attempts"]):
            wrong.append(f"{name} has other limits")
    return [
        row(
            "state",
            "queues' limits",
            len(variables["queues"]),
            wrong,
            advice=f"{APPLY} A paused one: gcloud tasks queues resume QUEUE",
        )
    ]


async def schedules(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    found = {one["name"].rpartition("/")[2]: one for one in await kind_named("schedules").found(apis, project)}
    wrong = []
    for function, wanted in variables["schedules"].items():
        one = found.get(name := function.replace("_", "-"))
        if one is not None and (one.get("state"), one.get("schedule")) != ("ENABLED", wanted["cron"]):
            wrong.append(f"{name} is {str(one.get('state')).lower()}, at {one.get('schedule')}")
    return [row("state", "schedules' times", len(variables["schedules"]), wrong, advice=APPLY)]


async def services(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    found = {one["name"].rpartition("/")[2]: one for one in await kind_named("services").found(apis, project)}
    wanted = variables["services"][project.size]
    down, strangers, doors = [], [], []
    for name in wanted.keys() & found.keys():
        one = found[name]
        if one.get("terminalCondition", {}).get("state") != "CONDITION_SUCCEEDED":
            down.append(f"{name}: {one.get('terminalCondition', {}).get('message', 'not ready')}")
        if one.get("template", {}).get("serviceAccount") != account(project, wanted[name]["role"]):
            strangers.append(name)
    policies = await asyncio.gather(*(apis.get("run", f"v2/{found[name]['name']}:getIamPolicy") for name in found))
    for name, policy in zip(found, policies, strict=True):
        members = {member for binding in policy.get("bindings", []) for member in binding.get("members", [])}
        if bool(members & EVERYBODY) != bool(wanted.get(name, {}).get("public")):
            doors.append(f"{name} is {'open' if members & {'allUsers', 'allAuthenticatedUsers'} else 'closed'} to everybody")
    logs = "gcloud run services logs read SERVICE says why it did not start."
    return [
        row("state", "services are up", len(wanted), down, advice=logs),
        row("state", "services' accounts", len(wanted), strangers, advice=APPLY),
        row("state", "nothing is public but the API", len(found), doors, advice=APPLY),
    ]


async def roles(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    """Roles over the whole project: what our accounts lack, and what they have too much."""
    policy = await apis.send("POST", "cloudresourcemanager", f"v1/projects/{project.name}:getIamPolicy", body={})
    given = {(binding["role"], member) for binding in policy.get("bindings", []) for member in binding.get("members", [])}
    wanted = {
        ("roles/datastore.user", f"serviceAccount:{account(project, role)}")
        for role in variables["roles"][project.size]
        if role not in NO_ROLE
    }
    wanted.add(("roles/eventarc.eventReceiver", f"serviceAccount:{account(project, 'call-triggers')}"))
    ours = {
        f"serviceAccount:{account(project, role)}" for role in (*variables["roles"][project.size], "call-tasks", "call-schedules")
    }
    few = [f"{member.split(':')[1].split('@')[0]} lacks {role}" for role, member in wanted - given]
    many = [
        f"{member.split(':')[1].split('@')[0]} has {role}"
        for role, member in given - wanted
        if member in ours and not role.startswith(TELEMETRY)
    ]
    return [
        row(
            "state",
            "roles on the project",
            len(wanted),
            [*few, *many],
            advice=f"{APPLY} What is too much was given by hand: take it away.",
        )
    ]


async def buckets(apis: GoogleApis, variables: Variables, project: Project) -> list[Check]:
    kind = kind_named("buckets")
    own = [one for one in await kind.found(apis, project) if kind.is_ours(one, variables, project)]
    wrong = [
        f"{one['name']} could be public"
        for one in own
        if one.get("iamConfiguration", {}).get("publicAccessPrevention") != "enforced"
        or not one.get("iamConfiguration", {}).get("uniformBucketLevelAccess", {}).get("enabled")
    ]
    return [row("state", "buckets are private", len(own), wrong, advice=APPLY)]
