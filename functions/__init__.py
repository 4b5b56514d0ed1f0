"""The pipelines, by name, and the lanes their stages run in. A sixth pipeline is one folder here and its name in `PIPELINES`."""

from __future__ import annotations

from functools import cache
from typing import cast

from functions.registration import Pipeline, load
from shared import bootstrap
from shared.engine.flow import Flow, Lane

PIPELINES = ("interview_prep", "forum_posts", "daily_post")
"""Folders with a `pipeline.py`, a `flow.py` and a `main.py`. Named, not imported: a function loads its own pipeline alone."""

SERVICES = ("jobs_api", "upkeep", "events")
"""Folders of functions that belong to no pipeline: the HTTP API, scheduled and triggered upkeep."""

MOST_PER_SECOND = 500.0
"""Cloud Tasks starts no more per queue: a lane with this rate sets none of its own."""

LANES = {
    "engine": Lane(rate=MOST_PER_SECOND, concurrency=100),
    "web": Lane(rate=100, concurrency=40),
    "forum": Lane(rate=100, concurrency=80),
    "models": Lane(rate=200, concurrency=200),
    "images": Lane(rate=100, concurrency=100),
    "render": Lane(rate=20, concurrency=2),
}
"""One Cloud Tasks queue `{lane}-interactive` and one `{lane}-bulk` each. Rates protect the functions; the providers' limits
are kept by the limits port, over all lanes."""


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
    """Every flow by its outside name."""
    return _flows(packages())


@cache
def _registered(names: tuple[str, ...]) -> dict[str, Pipeline]:
    return {name: cast("Pipeline", load(f"{name}.pipeline:PIPELINE")) for name in names}


@cache
def _flows(names: tuple[str, ...]) -> dict[str, Flow]:
    flows = [cast("Flow", load(registered.flow)) for registered in _registered(names).values()]
    return {flow.pipeline: flow for flow in flows}
