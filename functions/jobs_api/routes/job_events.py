"""A job's events, as they happen."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from functions.jobs_api import event_stream
from functions.jobs_api.http.route_definition import Call, Route


async def stream_events(call: Call) -> Response:
    """GET /api/v1/jobs/{id}/events."""
    job = await call.job()
    last = event_stream.read_id(call.request.headers.get("last-event-id", ""), job.id)
    content = event_stream.stream(call.flows, job.id, last, call.ports)
    # The last header tells proxies that hold answers back to let each event through.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(content, headers=headers, media_type="text/event-stream")


ROUTES = (
    Route(
        "GET",
        "/api/v1/jobs/{id}/events",
        stream_events,
        "Server-sent events: `progress` (a job's state), `partial` (what there is already), `warning`, and `done` at the end.",
        {200: "text/event-stream"},
        headers={"Last-Event-ID": "The last event's id: what came since follows."},
    ),
)
