"""The pipelines, by name, and the lanes their stages run in. A sixth pipeline is one folder here and its name in `PIPELINES`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from typing import cast

from functions import broken_pipelines, lane_sizes
from functions.broken_pipelines import BrokenPipeline
from functions.flow_fault import BadFlow, import_fault
from functions.lane_sizes import MOST_PER_SECOND
from functions.pipeline_registration import ImportKind, Pipeline, check, load
from shared import bootstrap
from shared.engine.flow import Flow, Lane
from shared.engine.limits import configured_limits
from shared.errors import BadInput

PIPELINES = ("interview_prep", "forum_posts", "for_you", "transcript_graph", "daily_post")
"""Folders with a `pipeline.py`, a `flow.py` and a `main.py`. Named, not imported: a function loads its own pipeline alone."""

SERVICES = {
    "jobs_api": ("jobs_api",),
    "dashboard": ("dashboard",),
    "page_fetcher": ("page_fetcher",),
    "upkeep": ("upkeep_sweep", "upkeep_notify", "upkeep_recurring", "upkeep_retention"),
    "events": ("events_job_ended", "events_question_asked", "events_start_job", "events_notify"),
}
"""Folders that belong to no pipeline, each with its own functions: the HTTP API, the dashboard with the API behind it, what fetches strangers' pages, and what clocks and documents call.

The functions of schedules and triggers that pipelines register are in the last two as well.
"""

LANES = {
    "engine": Lane(rate=MOST_PER_SECOND, concurrency=100),
    "web": Lane(rate=100, concurrency=40),
    "forum": Lane(rate=100, concurrency=40),
    "models": Lane(rate=200, concurrency=100),
    "images": Lane(rate=100, concurrency=40),
    "render": Lane(rate=20, concurrency=2),
    "compute": Lane(rate=20, concurrency=2),
}
"""One Cloud Tasks queue `{lane}-interactive` and one `{lane}-bulk` each, at least so large. `lanes` widens those of limited
stages. Rates protect the functions; the providers' limits are kept by the limits port, over all lanes."""


def packages() -> tuple[str, ...]:
    """Every pipeline's package: those here, and the further ones of HEADRACE_PIPELINES."""
    return (*(f"{__name__}.{name}" for name in PIPELINES), *bootstrap.settings().pipelines)


def registrations() -> dict[str, Pipeline]:
    """What every pipeline registers, by its outside name (`title`). Loads `pipeline.py` files, and nothing that they name."""
    return {registered.title: registered for registered in by_package().values()}


def by_package() -> dict[str, Pipeline]:
    """The same by package; each one's functions are in that package's `main.py`."""
    return _registered(packages())


def pipelines() -> dict[str, Flow]:
    """Every flow by its outside name.

    Raises:
        BadFlow: one cannot be imported, and nobody has left it out.
    """
    return _flows(tuple(by_package()))


def left_out() -> dict[str, BrokenPipeline]:
    """The pipelines that this process does without, by their outside names."""
    return broken_pipelines.left_out(packages())


def check_sound(title: str) -> None:
    """Whether a pipeline is not left out.

    Raises:
        BadFlow: it is; the message has file and line.
    """
    broken_pipelines.check(title, packages())


def lanes(*, cores: int | None = None, most: int = lane_sizes.MOST_AT_ONCE) -> dict[str, Lane]:
    """The lanes that the pipelines here need under the limits that are set. `cores`, `most`: see `lane_sizes.lanes`."""
    limits = configured_limits.limits_of(bootstrap.settings())
    return lane_sizes.lanes(pipelines().values(), limits, LANES, cores=cores, most=most)


def deployed() -> dict[str, str]:
    """Every deployed function's name, with the module that it is an attribute of. Loads no stage."""
    found = {name: f"{__name__}.{folder}.main" for folder, names in SERVICES.items() for name in names}
    for package, registered in by_package().items():
        found |= dict.fromkeys(registered.deployed, f"{package}.main")
        found |= {work.function: f"{__name__}.upkeep.main" for work in registered.schedules}
        found |= {trigger.function: f"{__name__}.events.main" for trigger in registered.triggers}
    return found


def import_kinds() -> dict[str, ImportKind]:
    """The kinds of records that users bring in, by name."""
    return {kind.name: kind for registered in by_package().values() for kind in registered.imports}


def built_in_kinds() -> tuple[str, ...]:
    """The names of those of our own pipelines: for a help's text, which no setting shall keep from being shown."""
    own = _registered(f"{__name__}.{name}" for name in PIPELINES)
    return tuple(kind.name for registered in own.values() for kind in registered.imports)


def expiring() -> tuple[str, ...]:
    """The collections of pipelines' own records of which some say until when they are kept."""
    return tuple(dict.fromkeys(each.name for one in by_package().values() for each in one.collections if each.expires))


def statuses() -> dict[str, int]:
    """The HTTP statuses of pipelines' own errors, by code."""
    return {code: status for registered in by_package().values() for code, status in registered.statuses.items()}


def _registered(names: Iterable[str]) -> dict[str, Pipeline]:
    found = sound_registrations(names)
    _check(tuple(found))
    return found


def sound_registrations(names: Iterable[str]) -> dict[str, Pipeline]:
    """Those of the packages that are not left out, by package. One whose `pipeline.py` has a mistake is left out from here on.

    Raises:
        BadInput: as `registration`.
    """
    found: dict[str, Pipeline] = {}
    for package in broken_pipelines.sound(names):
        try:
            found[package] = registration(package)
        except BadFlow as bad:
            broken_pipelines.leave_out(package, title_of(package), bad.faults)
    return found


@cache
def _check(names: tuple[str, ...]) -> None:
    try:
        check(map(registration, names), taken=[name for own in SERVICES.values() for name in own])
    except ValueError as error:
        raise BadInput(str(error), code="bad_setting", advice="Give one of them another name.") from error


@cache
def registration(package: str) -> Pipeline:
    """What a package registers.

    Raises:
        BadInput: HEADRACE_PIPELINES names a package that is not there, or registers nothing (`bad_setting`).
        BadFlow: its `pipeline.py` has a mistake.
    """
    try:
        return cast("Pipeline", load(f"{package}.pipeline:PIPELINE"))
    except (ModuleNotFoundError, AttributeError) as error:
        absent = isinstance(error, ModuleNotFoundError) and f"{package}.pipeline.".startswith(f"{error.name}.")
        if not absent and not _registers_nothing(package, error):
            raise BadFlow([import_fault(package, title_of(package), error)]) from error
        raise BadInput(
            f"HEADRACE_PIPELINES names {package!r}, which registers no pipeline: {error}",
            code="bad_setting",
            advice="It is an importable package with a `pipeline.py` that has a PIPELINE: see CONTRIBUTING.md.",
        ) from error
    except Exception as error:
        raise BadFlow([import_fault(package, title_of(package), error)]) from error


def _registers_nothing(package: str, error: Exception) -> bool:
    """Whether a `pipeline.py` was imported, and has no PIPELINE."""
    return isinstance(error, AttributeError) and f"{package}.pipeline" in sys.modules


def title_of(package: str) -> str:
    """A pipeline's name outside, before it says so itself."""
    return package.rpartition(".")[2].replace("_", "-")


@cache
def _flows(names: tuple[str, ...]) -> dict[str, Flow]:
    flows = []
    for package in names:
        registered = registration(package)
        try:
            flows.append(cast("Flow", load(registered.flow)))
        except Exception as error:
            raise BadFlow([import_fault(package, registered.title, error, registered.flow)]) from error
    return {flow.pipeline: flow for flow in flows}
