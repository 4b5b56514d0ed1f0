"""Every route of the API, in reading order."""

from __future__ import annotations

from functions.jobs_api.route import Route
from functions.jobs_api.routes import about, events, jobs, kept, parts, plans, posts, stream

ROUTES: tuple[Route, ...] = (
    *jobs.ROUTES,
    *plans.ROUTES,
    *parts.ROUTES,
    *events.ROUTES,
    *posts.ROUTES,
    *stream.ROUTES,
    *kept.ROUTES,
    *about.ROUTES,
)
