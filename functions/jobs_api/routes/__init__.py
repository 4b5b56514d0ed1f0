"""Every route of the API, in reading order: ours, then those that pipelines register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from functions import by_package
from functions.jobs_api.http.callers import Scope
from functions.jobs_api.http.route_definition import Route
from functions.jobs_api.routes import (
    api_keys,
    bulk_jobs,
    dead_letters,
    docs_and_health,
    imported_records,
    job_events,
    job_progress_result,
    job_tasks,
    jobs,
    pipelines,
    plans,
    posts,
)
from functions.jobs_api.routes.automation import notifications, questions, recurring_jobs
from functions.jobs_api.routes.monitoring import job_inspection, system_overview
from functions.pipeline_registration import load


def routes() -> tuple[Route, ...]:
    """All of them, for the pipelines that there are.

    Raises:
        ValueError: two want the same method of the same path.
    """
    return _routes(tuple(by_package()))


@cache
def _routes(_: tuple[str, ...]) -> tuple[Route, ...]:
    own: tuple[Route, ...] = (
        *jobs.ROUTES,
        *bulk_jobs.ROUTES,
        *plans.ROUTES,
        *pipelines.ROUTES,
        *job_progress_result.ROUTES,
        *job_tasks.ROUTES,
        *job_events.ROUTES,
        *questions.ROUTES,
        *recurring_jobs.ROUTES,
        *_of_scope("admin", notifications.ROUTES),
        *job_inspection.ROUTES,
        *_of_scope("admin", system_overview.ROUTES),
        *api_keys.ROUTES,
        *posts.routes(),
        *_of_scope("admin", dead_letters.ROUTES),
    )
    registered = [route for one in by_package().values() if one.routes for route in load(one.routes)]
    shared = (*imported_records.routes(registered), *registered)  # what they show is by ids that all share
    made = (*own, *_of_scope("records", shared), *docs_and_health.ROUTES)
    places = [(route.method, route.path) for route in made]
    if twice := {place for place in places if places.count(place) > 1}:
        raise ValueError(f"two routes for {twice}")
    return made


def _of_scope(scope: Scope, routes: Iterable[Route]) -> list[Route]:
    return [replace(route, scope=route.scope or scope) for route in routes]
