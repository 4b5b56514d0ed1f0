"""The API's route of this pipeline alone: one post, its text as server-sent events while it is written."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from pydantic import ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from functions.forum_posts.stage_messages import PostItem, PostsRequest, Publish
from functions.jobs_api import job_request
from functions.jobs_api.api_models import JobOptions
from functions.jobs_api.http import record_owners, request_body
from functions.jobs_api.http.route_definition import Call, Route
from shared.base_message import FewFaults
from shared.errors import BadInput

HEARTBEAT = 10.0
"""Seconds of silence at most."""


class StreamRequest(FewFaults):
    """One post to write."""

    model_config = ConfigDict(extra="forbid")

    item: PostItem
    versions: int = Field(5, ge=1, le=10, description="Texts, of which one is chosen.")
    publish: Publish = Field("draft", description="`draft` waits for approval; `post` approves and publishes what is chosen.")
    options: JobOptions = JobOptions()


async def stream_post(call: Call) -> Response:
    """POST /api/v1/posts/stream."""
    from functions.forum_posts.streaming import post_stream  # noqa: PLC0415 - the whole pipeline, for this one route

    key = job_request.idempotency_key(call)
    asked = await request_body.read(call.request, StreamRequest)
    options = job_request.options(asked.options, call.ports)
    if options.start_at is not None:
        fault = {"pointer": "/options/start_at", "detail": "a post that is streamed is written now"}
        raise BadInput(f"start_at: {fault['detail']}", code="invalid_body", errors=[fault])
    item = asked.item.model_copy(update={"fresh": asked.item.fresh or options.fresh})
    request = PostsRequest(items=(item,), versions=asked.versions, publish=asked.publish)
    await record_owners.claim(request.records_used(), call.caller, call.ports)
    made = await post_stream.begin(request, request.model_dump(mode="json"), options, key, call.ports, owner=call.caller.owner)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(made.listen()), headers=headers, media_type="text/event-stream")


async def _events(heard: AsyncIterator[tuple[str, object]]) -> AsyncIterator[str]:
    """The events as text, and a comment in every `HEARTBEAT` seconds of silence: nobody in between closes a connection that speaks."""
    async with contextlib.aclosing(heard) as events:  # type: ignore[type-var]  # a generator, which can be closed
        following = asyncio.ensure_future(anext(events, None))
        try:
            while True:
                done, _ = await asyncio.wait({following}, timeout=HEARTBEAT)
                if not done:
                    yield ": still here\n\n"
                    continue
                if (event := following.result()) is None:
                    return
                kind, data = event
                yield f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"
                following = asyncio.ensure_future(anext(events, None))
        finally:
            following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await following


ROUTES = (
    Route(
        "POST", "/api/v1/posts/stream", stream_post,
        "One forum post as server-sent events: `job` (which goes on whatever becomes of this connection), `delta` (text as the model writes it), `main` (checked), `version`, `warning`, `error`, "
        "and `done` with the post and its job. Who leaves loses nothing: the job goes on.",
        {200: "text/event-stream"}, body=StreamRequest, scope="write",
        headers={"Idempotency-Key": "The same key gives the same job."},
    ),
)  # fmt: skip
