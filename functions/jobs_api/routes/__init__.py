"""Every route of the API, in reading order."""

from __future__ import annotations

from functions.for_you import routes as feed
from functions.jobs_api.http.route import Route
from functions.jobs_api.routes import about, events, job_parts, jobs, plans, posts, records, stream

ROUTES: tuple[Route, ...] = (
    *jobs.ROUTES,
    *plans.ROUTES,
    *job_parts.ROUTES,
    *events.ROUTES,
    *posts.ROUTES,
    *stream.ROUTES,
    *feed.ROUTES,
    *records.ROUTES,
    *about.ROUTES,
)
