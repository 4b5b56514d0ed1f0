"""Posts: listed, read, deleted; what goes out next, and a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import Field, create_model
from starlette.responses import Response

from functions import registrations
from functions.jobs_api.http import newest_first_pages
from functions.jobs_api.http.route_definition import Call, answer
from functions.jobs_api.post_models import (
    CalendarPost,
    CalendarQuery,
    HeldPost,
    PostCalendar,
    PostPage,
    PostQuery,
    PostQueue,
    QueuedPost,
)
from functions.jobs_api.reports import job_view
from functions.jobs_api.routes.posts.post_access import deliveries_of, path_of, record_of, record_with_picture, seen_by
from functions.pipeline_registration import PostFilter, load
from shared.errors import BadInput, Conflict
from shared.ports.documents import Delete, Document, Where
from shared.publish import post_calendar, post_queue, post_states

LONGEST_CALENDAR = timedelta(days=92)


async def list_posts(call: Call) -> Response:
    """GET /api/v1/posts."""
    filters = _filters()
    query, fields = call.query(_query(filters)), {"state": "state", **{each.parameter: each.field for each in filters}}
    wanted = {field: getattr(query, parameter) for parameter, field in fields.items()}
    where = [Where(name, "==", value) for name, value in wanted.items() if value is not None]
    found, cursor = await newest_first_pages.page(call.ports.documents, "posts", where, query.limit, query.cursor)
    return answer(PostPage(items=[record_of(post) for post in await seen_by(call, found)], next_cursor=cursor))


async def read_post(call: Call) -> Response:
    """GET /api/v1/posts/{id}."""
    return answer(await record_with_picture(await post_states.read(await path_of(call), call.ports), call))


async def delete_post(call: Call) -> Response:
    """DELETE /api/v1/posts/{id}. Not while it goes out."""
    post = await post_states.read(await path_of(call), call.ports)
    if post.data["state"] == "publishing":
        raise Conflict(f"{post.id} goes out just now", code="wrong_state", advice="Ask again in a minute, or reject it first.")
    registered = registrations().get(str(post.data.get("pipeline")))
    if registered is not None and registered.delete_post:
        await load(registered.delete_post)(post, call.ports)
    else:
        await call.ports.documents.commit(Delete(post.path))
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


async def list_queued_posts(call: Call) -> Response:
    """GET /api/v1/posts/queue."""
    waiting, held = await post_queue.waiting_posts(call.ports), await post_queue.held_posts(call.ports)
    seen = {post.path for post in await seen_by(call, [*(one.post for one in waiting), *(one.post for one in held)])}
    about = _telling()
    items = [
        QueuedPost(**about(one.post), publish_at=job_view.moment(one.at), why=one.why) for one in waiting if one.post.path in seen
    ]
    kept = [
        HeldPost(
            **about(one.post), created_at=job_view.moment(one.post.data["created_at"]), reasons=list(one.reasons),
            pictured=bool((one.post.data.get("image") or {}).get("prompt")),
        )
        for one in held
        if one.post.path in seen
    ]  # fmt: skip
    return answer(PostQueue(items=items, held=kept))


def _telling() -> Callable[[Document], dict[str, str]]:
    """What a queue tells of each post, by the registrations as they are."""
    registered = registrations()
    by = {name: pipeline.page.by for name, pipeline in registered.items() if pipeline.page is not None}
    fields = [one.field for one in _filters()]

    def about(post: Document) -> dict[str, str]:
        persona = _persona(post, fields)
        name = post.data.get(by.get(str(post.data["pipeline"]), ""))
        return {
            "id": post.id, "pipeline": post.data["pipeline"], "state": post.data["state"], "text": post.data.get("text", ""),
            "persona": persona, "persona_name": str(name or persona),
        }  # fmt: skip

    return about


def _persona(post: Document, fields: Sequence[str]) -> str:
    return next((str(post.data[field]) for field in fields if post.data.get(field)), "")


async def show_calendar(call: Call) -> Response:
    """GET /api/v1/posts/calendar."""
    asked = call.query(CalendarQuery)
    if not asked.start < asked.end <= asked.start + LONGEST_CALENDAR:
        why = f"`to` is after `from`, by {LONGEST_CALENDAR.days} days at most"
        raise BadInput(why, code="invalid_query", errors=[{"pointer": "/query/to", "detail": why}])
    fields = [each.field for each in _filters()]
    found = await post_calendar.calendar(
        asked.start.timestamp(), asked.end.timestamp(), call.ports, persona=asked.persona, fields=fields
    )
    seen = {post.path for post in await seen_by(call, [entry.post for entry in found])}
    items = [
        CalendarPost(
            id=entry.post.id, pipeline=entry.post.data["pipeline"], state=entry.post.data["state"], at=job_view.moment(entry.at),
            persona=_persona(entry.post, fields),
            text=entry.post.data.get("text", ""), receipt=(entry.post.data.get("publish") or {}).get("receipt"),
            deliveries=deliveries_of(entry.post),
        )
        for entry in found
        if entry.post.path in seen
    ]  # fmt: skip
    return answer(PostCalendar(items=items))


def _filters() -> tuple[PostFilter, ...]:
    return tuple(each for registered in registrations().values() for each in registered.filters)


def posts_query() -> type[PostQuery]:
    """What posts can be narrowed by, with the pipelines' own parameters."""
    return _query(_filters())


@cache
def _query(filters: tuple[PostFilter, ...]) -> type[PostQuery]:
    """The query's model, with the pipelines' own parameters."""
    more: dict[str, Any] = {
        each.parameter: (str | None, Field(None, max_length=64, description=each.meaning)) for each in filters
    }
    return create_model("PostQuery", __base__=PostQuery, __doc__=PostQuery.__doc__, **more)
