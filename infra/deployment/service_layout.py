"""Which service serves each deployed function, in both sizes of deployment, and as which role: large has a service for each, small five."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from functions import by_package, deployed, lanes, pipelines
from shared.engine.flow import Lane
from shared.function_address import service_of

LONGEST_NAME = 49
"""Characters of a Cloud Run service's name."""
SLACK, SHORTEST, LONGEST = 30.0, 60.0, 1800.0
"""Seconds that a request may take beyond its stage's time; the least and the most that one is given. Cloud Tasks waits 1,800."""
MOST_INSTANCES = 100
API, DASHBOARD, FETCHER = "jobs_api", "dashboard", "page_fetcher"
"""The API's function, the page with the API behind it, and the one that fetches strangers' pages.

The first two are one service, which starts the second: people open the API's address in a browser. It is called alike in both
sizes, as releases ask it whether it works.
"""
LANE_ROLES = {"images": "models"}
"""Roles of lanes that are not called like them."""


@dataclass(frozen=True)
class Role:
    """What a service account is for. `group`: its service in the small size. `secrets`: settings that it may read, and no others.

    `at_once`: requests that an instance takes, of whichever stage; `cpu` in cores, `memory` as Cloud Run writes it.
    """

    group: str
    at_once: int
    memory: str = "512Mi"
    cpu: str = "1"
    secrets: tuple[str, ...] = ()


MODEL_KEY, VECTOR_KEY = "OPENAI_API_KEY", "PINECONE_API_KEY"
ROLES = {
    "api": Role("api", 80, "1Gi", secrets=("HEADRACE_API_KEY", MODEL_KEY, VECTOR_KEY)),
    "engine": Role("upkeep", 40, secrets=(MODEL_KEY,)),  # asks no model, but says in results which one there is
    "web": Role("web", 20, "1Gi", secrets=(MODEL_KEY,)),
    "forum": Role("web", 40, secrets=("REDDIT_CLIENT_SECRET",)),
    "publish": Role("web", 20, secrets=("HEADRACE_PUBLISH_SECRET", "HEADRACE_CHANNEL_SECRETS")),
    "models": Role("models", 80, "1Gi", secrets=(MODEL_KEY, VECTOR_KEY)),
    "render": Role("render", 1, "1Gi"),
    "compute": Role("render", 1, "2Gi", "2", (MODEL_KEY, VECTOR_KEY)),
    "fetcher": Role("fetcher", 40),
    "upkeep": Role("upkeep", 20, secrets=("HEADRACE_NOTIFY_SECRET", "HEADRACE_SMTP_URL")),
    "events": Role("upkeep", 40, secrets=("HEADRACE_NOTIFY_SECRET", "HEADRACE_SMTP_URL")),
}
"""By name. A lane's stages run as the role that is called like it; one that nobody names here runs as `engine`."""
NO_ROLE = frozenset({"fetcher"})
"""Roles whose accounts may do nothing at all in the project."""


@dataclass(frozen=True)
class Service:
    """One Cloud Run service. `seconds`: a request's time; `instances`: at most, to take all that its lanes may have under way."""

    name: str
    role: str
    functions: tuple[str, ...]
    target: str
    seconds: int
    instances: int


def function_roles() -> dict[str, str]:
    """Every deployed function's role."""
    found = {name: "events" if name.startswith("events_") else "upkeep" for name in deployed()} | {
        API: "api", DASHBOARD: "api", FETCHER: "fetcher",
    }  # fmt: skip
    for registered in by_package().values():
        found |= dict.fromkeys(registered.functions, "publish" if registered.publishing else "engine")
    for function, lane in function_lanes().items():
        role = LANE_ROLES.get(lane, lane)
        found[function] = role if role in ROLES else "engine"
    return found


def function_lanes() -> dict[str, str]:
    """The lane of each function that is a stage."""
    return {flow.function(stage): stage.lane for flow in pipelines().values() for stage in flow.stages}


def large() -> list[Service]:
    """A service for each function.

    Raises:
        ValueError: a function's name is too long for a service.
    """
    return _services({name: _own_service(name) for name in deployed()}, function_roles())


def small() -> list[Service]:
    """A service for each group of roles: what is light together, what is heavy alone.

    Raises:
        ValueError: as `large`.
    """
    groups = {name: ROLES[role].group for name, role in function_roles().items()}
    return _services({name: _group_service(name, group) for name, group in groups.items()}, groups)


def _own_service(function: str) -> str:
    return service_of(API if function == DASHBOARD else function)


def _group_service(function: str, group: str) -> str:
    return _own_service(function) if function in (API, DASHBOARD, FETCHER) else f"headrace-{group}"


def _target(functions: tuple[str, ...]) -> str:
    """What a service of these functions starts."""
    if API in functions:
        return DASHBOARD
    return functions[0] if len(functions) == 1 else "function_group"


def _services(names: Mapping[str, str], roles: Mapping[str, str]) -> list[Service]:
    if long := sorted(name for name in names.values() if len(name) > LONGEST_NAME):
        raise ValueError(f"too long for a service: {', '.join(long)}: give the stage a shorter name")
    times, lane_of, sizes = _seconds(), function_lanes(), lanes()
    found = []
    for name in dict.fromkeys(names.values()):
        members = tuple(function for function, service in names.items() if service == name)
        role = roles[members[0]]
        wanted = _instances({lane_of[one] for one in members if one in lane_of}, sizes, _at_once(role))
        found.append(
            Service(name, role, members, _target(members), round(max(times.get(one, SHORTEST) for one in members)), wanted)
        )
    return found


def _at_once(role: str) -> int:
    """Of a role, or of a group: what its most delicate role takes."""
    return ROLES[role].at_once if role in ROLES else min(each.at_once for each in ROLES.values() if each.group == role)


def group_roles() -> dict[str, Role]:
    """The small size's roles, one for each group: what its members have, together."""
    found = {}
    for group in dict.fromkeys(role.group for role in ROLES.values()):
        own = [role for role in ROLES.values() if role.group == group]
        secrets = tuple(dict.fromkeys(secret for role in own for secret in role.secrets))
        found[group] = Role(
            group,
            min(role.at_once for role in own),
            max((role.memory for role in own), key=_megabytes),
            max(role.cpu for role in own),
            secrets,
        )
    return found


def _megabytes(memory: str) -> int:
    return int(memory[:-2]) * {"Mi": 1, "Gi": 1024}[memory[-2:]]


def _seconds() -> dict[str, float]:
    """How long each function's requests may take: a stage's own time and some more; the API streams."""
    stages = ((flow.function(stage), stage.timeout) for flow in pipelines().values() for stage in flow.stages)
    return {API: 900.0, FETCHER: 120.0} | {name: min(LONGEST, max(SHORTEST, timeout + SLACK)) for name, timeout in stages}


def _instances(of_lanes: set[str], sizes: Mapping[str, Lane], at_once: int) -> int:
    """Enough for both queues of each lane at their widest, and two for what else comes."""
    under_way = sum(2 * sizes[lane].concurrency for lane in of_lanes)
    return min(MOST_INSTANCES, 2 + math.ceil(under_way / at_once))
