"""Posts: listed, read, approved, rejected, published; another version chosen."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Any

from pydantic import Field, create_model
from starlette.responses import Response

from functions import registrations
from functions.jobs_api.http import newest_first_pages, request_body
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.post_models import (
    ApproveRequest,
    CalendarPost,
    CalendarQuery,
    ChooseRequest,
    EditRequest,
    PostCalendar,
    PostPage,
    PostQuery,
    PostQueue,
    PostRecord,
    PublishRequest,
    QueuedPost,
    RejectRequest,
    RewriteRequest,
)
from functions.pipeline_registration import PostFilter, load
from shared import error_codes
from shared.engine.report import job_view
from shared.engine.store import paths
from shared.errors import BadInput, Conflict, Permanent
from shared.ports.documents import Data, Delete, Document, Where
from shared.publish import post_calendar, post_states, rewrite_limits
from shared.publish.publish_dispatcher import PostPublishing

LONGEST_CALENDAR = timedelta(days=92)
QUEUED = 200
"""Posts that the queue shows."""
HIDDEN = frozenset({"expires_at", "held_until"})
_ID = re.compile("[A-Za-z0-9_-]{1,100}")


async def list_posts(call: Call) -> Response:
    """GET /api/v1/posts."""
    filters = _filters()
    query, fields = call.query(_query(filters)), {"state": "state", **{each.parameter: each.field for each in filters}}
    wanted = {field: getattr(query, parameter) for parameter, field in fields.items()}
    where = [Where(name, "==", value) for name, value in wanted.items() if value is not None]
    found, cursor = await newest_first_pages.page(call.ports.documents, "posts", where, query.limit, query.cursor)
    return answer(PostPage(items=[_record(post) for post in await _seen_by(call, found)], next_cursor=cursor))


async def read_post(call: Call) -> Response:
    """GET /api/v1/posts/{id}."""
    return answer(_record(await post_states.read(await _path(call), call.ports)))


async def delete_post(call: Call) -> Response:
    """DELETE /api/v1/posts/{id}. Not while it goes out."""
    post = await post_states.read(await _path(call), call.ports)
    if post.data["state"] == "publishing":
        raise Conflict(f"{post.id} goes out just now", code="wrong_state", advice="Ask again in a minute, or reject it first.")
    registered = registrations().get(str(post.data.get("pipeline")))
    if registered is not None and registered.delete_post:
        await load(registered.delete_post)(post, call.ports)
    else:
        await call.ports.documents.commit(Delete(post.path))
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


async def approve_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/approve. Twice is once."""
    asked, path = await request_body.read(call.request, ApproveRequest), await _path(call)
    await _checked(await post_states.read(path, call.ports), call)
    approved = await post_states.approve(path, call.ports, by=asked.by)
    return answer(_record(await _send(approved, call) if asked.publish else approved))


async def reject_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/reject. Twice is once."""
    asked = await request_body.read(call.request, RejectRequest)
    record = await post_states.read(await _path(call), call.ports)
    outgoing = _publishing(record)
    refuse = outgoing.reject if outgoing is not None else post_states.reject
    return answer(_record(await refuse(record.path, call.ports, reason=asked.reason)))


async def publish_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/publish. Twice is once; 202 when it goes out later: at its time, after quiet hours, or when a try is repeated."""
    asked = await request_body.read(call.request, PublishRequest)
    sent = await _send(await post_states.read(await _path(call), call.ports), call, at=asked.at.timestamp() if asked.at else 0.0)
    return answer(_record(sent), 200 if sent.data["state"] == "published" else 202)


async def list_queued_posts(call: Call) -> Response:
    """GET /api/v1/posts/queue."""
    found = await call.ports.documents.query("posts", Where("publish_due", ">", 0), order_by="publish_due", limit=QUEUED)
    waiting = [
        QueuedPost(
            id=post.id, pipeline=post.data["pipeline"], state=post.data["state"], publish_at=job_view.moment(post.data["publish_due"]),
            text=post.data.get("text", ""),
        )
        for post in await _seen_by(call, found)
    ]  # fmt: skip
    return answer(PostQueue(items=waiting))


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
    seen = {post.path for post in await _seen_by(call, [entry.post for entry in found])}
    items = [
        CalendarPost(
            id=entry.post.id, pipeline=entry.post.data["pipeline"], state=entry.post.data["state"], at=job_view.moment(entry.at),
            persona=next((str(entry.post.data[name]) for name in fields if entry.post.data.get(name)), ""),
            text=entry.post.data.get("text", ""), receipt=(entry.post.data.get("publish") or {}).get("receipt"),
        )
        for entry in found
        if entry.post.path in seen
    ]  # fmt: skip
    return answer(PostCalendar(items=items))


async def edit_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/edit. Only of a draft; the record keeps what stood there before, and `findings` what is wrong with it now."""
    asked = await request_body.read(call.request, EditRequest)
    words = asked.model_dump(exclude={"by"}, exclude_none=True)
    edited = await post_states.edit(await _path(call), words, call.ports, by=asked.by)
    async with rewrite_limits.limited():
        return answer(_record(await _checked(edited, call, reviewed=True)))


async def rewrite_post(call: Call) -> Response:
    """POST /api/v1/posts/{id}/rewrite. Only of a draft; the other part stays as it is."""
    asked = await request_body.read(call.request, RewriteRequest)
    record = await post_states.read(await _path(call), call.ports)
    post_states.check_draft(record)
    make = _outgoing(record).rewriting.get(asked.part)
    if make is None:
        raise Permanent(f"{record.id} has no {asked.part} that can be made anew", code=error_codes.NOT_REWRITTEN)
    await rewrite_limits.count(record, call.ports)
    async with rewrite_limits.limited():
        made = await load(make)(record, call.ports)
        return answer(_record(await _checked(made, call, reviewed=asked.part == "text")))


async def choose_version(call: Call) -> Response:
    """POST /api/v1/posts/{id}/choose. Only of a draft: what is approved stays as it was approved."""
    asked = await request_body.read(call.request, ChooseRequest)
    chosen = await post_states.change(await _path(call), lambda found: _chosen(found, asked.version), call.ports)
    return answer(_record(await _checked(chosen, call)))


def _chosen(found: Document, number: int) -> Data | None:
    if found.data["state"] != "draft":
        raise Conflict(f"{found.id} is {found.data['state']}", code="wrong_state", advice="Another version is chosen of a draft.")
    if found.data.get("chosen") == number:
        return None
    version = next((each for each in found.data.get("versions", ()) if each["number"] == number), None)
    if version is None or not version["text"]:
        why = f"it was dropped: {version['dropped']}" if version else "there is no such version"
        raise BadInput(why, code="no_such_version", errors=[{"pointer": "/version", "detail": why}])
    return {"chosen": number, "text": version["text"], "why": "chosen by hand"}


async def _checked(record: Document, call: Call, *, reviewed: bool = False) -> Document:
    """A draft with what is found in it as it stands; others, and those of pipelines without rules, as they are."""
    outgoing = _publishing(record)
    return record if outgoing is None else await outgoing.checked(record, call.ports, reviewed=reviewed)


async def _send(record: Document, call: Call, at: float = 0.0) -> Document:
    """Publish it as its pipeline does, at a time (POSIX seconds) if one is given."""
    outgoing = _outgoing(record)
    return await (outgoing.send_at(record.path, at, call.ports) if at else outgoing.send(record.path, call.ports))


def _outgoing(record: Document) -> PostPublishing:
    """Its pipeline's way out.

    Raises:
        Permanent: its pipeline is none that publishes, or is no more (`no_publishing`).
    """
    if (outgoing := _publishing(record)) is None:
        raise Permanent(f"{record.id} is of no pipeline that publishes", code="no_publishing")
    return outgoing


def _publishing(record: Document) -> PostPublishing | None:
    registered = registrations().get(str(record.data.get("pipeline")))
    return load(registered.publishing) if registered is not None and registered.publishing else None


def _filters() -> tuple[PostFilter, ...]:
    return tuple(each for registered in registrations().values() for each in registered.filters)


@cache
def _query(filters: tuple[PostFilter, ...]) -> type[PostQuery]:
    """The query's model, with the pipelines' own parameters."""
    more: dict[str, Any] = {
        each.parameter: (str | None, Field(None, max_length=64, description=each.meaning)) for each in filters
    }
    return create_model("PostQuery", __base__=PostQuery, __doc__=PostQuery.__doc__, **more)


async def _path(call: Call) -> str:
    """Where the post is that the path names.

    Raises:
        Permanent: there is none, or it is of another owner's job (`post_not_found`).
    """
    post = call.path["id"]
    path = f"posts/{post}" if _ID.fullmatch(post) else ""
    found = await call.ports.documents.get(path) if path and call.caller.sees is not None else None
    if not path or (call.caller.sees is not None and (found is None or not await _seen_by(call, [found]))):
        raise Permanent("there is no such post", code="post_not_found")
    return path


async def _seen_by(call: Call, posts: list[Document]) -> list[Document]:
    """Those that the caller may see: of their own jobs, or all."""
    if call.caller.sees is None or not posts:
        return posts
    jobs = {str(post.data.get("job")) for post in posts}
    found = await call.ports.documents.get_many([paths.job(job) for job in jobs])
    own = {job.id for job in found if job is not None and job.data["owner"] == call.caller.sees}
    return [post for post in posts if post.data.get("job") in own]


def _record(found: Document) -> PostRecord:
    """A record as it is shown: times as times, without what is the store's own."""
    shown: dict[str, Any] = {
        name: job_view.moment(value) if name.endswith("_at") and isinstance(value, int | float) else value
        for name, value in found.data.items()
        if name not in HIDDEN and not name.startswith("_")
    }
    return PostRecord(**shown)


def routes() -> tuple[Route, ...]:
    """The routes, with what pipelines' posts can be narrowed by."""
    return (
        Route("GET", "/api/v1/posts", list_posts, "Posts, the newest first.", {200: PostPage}, query=_query(_filters())),
        *ROUTES,
    )


ROUTES = (
    Route("GET", "/api/v1/posts/queue", list_queued_posts, "What goes out next, the first one first.", {200: PostQueue}),
    Route(
        "GET", "/api/v1/posts/calendar", show_calendar, "What goes out and went out in a stretch of time, of one persona or of all.",
        {200: PostCalendar}, query=CalendarQuery,
    ),
    Route("POST", "/api/v1/posts/{id}/edit", edit_post, "Word a draft differently.", {200: PostRecord}, body=EditRequest),
    Route(
        "POST", "/api/v1/posts/{id}/rewrite", rewrite_post, "Make a draft's text, or its picture, anew; the other part stays.",
        {200: PostRecord}, body=RewriteRequest,
    ),
    Route("GET", "/api/v1/posts/{id}", read_post, "A post with its versions and its audit trail.", {200: PostRecord}),
    Route("DELETE", "/api/v1/posts/{id}", delete_post, "Delete a post. Of a daily one it stays known that there was one.", {204: ""}),
    Route(
        "POST", "/api/v1/posts/{id}/approve", approve_post, "Let a draft be published; with `publish`, publish it as well.",
        {200: PostRecord}, body=ApproveRequest,
    ),
    Route("POST", "/api/v1/posts/{id}/reject", reject_post, "Keep a post from being published.", {200: PostRecord}, body=RejectRequest),
    Route(
        "POST", "/api/v1/posts/{id}/publish", publish_post,
        "Publish an approved post, once. One that may not go out yet, in quiet hours say, goes out later.",
        {200: PostRecord, 202: PostRecord}, body=PublishRequest,
    ),
    Route(
        "POST", "/api/v1/posts/{id}/choose", choose_version, "Let another version of a draft stand.", {200: PostRecord}, body=ChooseRequest
    ),
)  # fmt: skip
