"""The pipelines, by name, and the lanes their stages run in. A sixth pipeline is one folder here and its name in `PIPELINES`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from shared import bootstrap
from shared.engine.flow import Flow, Lane

PIPELINES = ("interview_prep", "forum_posts", "daily_post", "for_you")
"""Folders with a `flow.py` and a `main.py`. Named, not imported: a function loads its own pipeline alone."""

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
    "compute": Lane(rate=20, concurrency=2),
}
"""One Cloud Tasks queue `{lane}-interactive` and one `{lane}-bulk` each. Rates protect the functions; the providers' limits
are kept by the limits port, over all lanes."""


def packages() -> tuple[str, ...]:
    """Every pipeline's package: those here, and the further ones of HEADRACE_PIPELINES."""
    return (*(f"{__name__}.{name}" for name in PIPELINES), *bootstrap.settings().pipelines)


def pipelines() -> dict[str, Flow]:
    """Every flow by its outside name (`interview-prep`)."""
    return _flows(packages())


@cache
def _flows(names: tuple[str, ...]) -> dict[str, Flow]:
    flows = [cast("Flow", import_module(f"{name}.flow").FLOW) for name in names]
    return {flow.pipeline: flow for flow in flows}
