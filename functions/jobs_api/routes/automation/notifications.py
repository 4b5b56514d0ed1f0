"""The log of what was told of jobs, by webhooks and mail: each message with its tries; one that did not arrive is sent again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions.events.job_notifications import COLLECTION, MAIL, resend
from functions.jobs_api.api_models import Cursor, Limit
from functions.jobs_api.http import newest_first_pages
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports.job_view import moment
from shared.errors import Permanent
from shared.ports.documents import Document, Where
from shared.text.redaction import origin_of


class NotificationQuery(BaseModel):
    """Which messages."""

    state: Literal["unsent", "sent", "given_up"] | None = None
    limit: Limit = 50
    cursor: Cursor = None


class Notification(BaseModel):
    """A message and how its sending goes. `reason`: why the last try failed; `status`: what its receiver answered (HTTP)."""

    model_config = ConfigDict(defer_build=True)

    id: str
    job: str
    type: str = Field(description="`job.succeeded`, `job.paused`, `job.waiting` …", examples=["job.succeeded"])
    to: str = Field(
        description="The job's own address without what is secret in it, `mail`, empty for HEADRACE_NOTIFY_URL, or `nobody` where none is set."
    )
    state: Literal["unsent", "sent", "given_up"]
    tries: int
    status: int | None
    reason: str | None
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


class NotificationPage(BaseModel):
    """Messages, the newest first."""

    model_config = ConfigDict(defer_build=True)

    items: list[Notification]
    next_cursor: str | None


async def list_notifications(call: Call) -> Response:
    """GET /api/v1/notifications."""
    query = call.query(NotificationQuery)
    where = [] if query.state is None else [Where("state", "==", query.state)]
    found, cursor = await newest_first_pages.page(call.ports.documents, COLLECTION, where, query.limit, query.cursor)
    return answer(NotificationPage(items=[_shown(one) for one in found], next_cursor=cursor))


async def resend_notification(call: Call) -> Response:
    """POST /api/v1/notifications/{id}/resend. Under the same `webhook-id`: a receiver knows by it what it has had."""
    found = await _find(call)
    await resend(found, call.ports)
    return answer(_shown(await _find(call)), 202)


async def _find(call: Call) -> Document:
    name = call.path["id"]
    usable = name.isascii() and len(name) <= 100 and name.replace("-", "").isalnum()  # noqa: PLR2004 - a job's id, and what it is about
    found = await call.ports.documents.get(f"{COLLECTION}/{name}") if usable else None
    if found is None:
        raise Permanent(
            "there is no such notification", code="not_found", advice="`headrace notifications list` shows those there are."
        )
    return found


def _shown(found: Document) -> Notification:
    data: dict[str, Any] = found.data
    to = "mail" if found.id.endswith(MAIL) else origin_of(str(data["url"])) if data.get("url") else ""
    if data["state"] == "unsent" and data.get("due_at") is None:
        to = "nobody"
    return Notification(
        id=found.id, job=data["message"]["data"]["id"], type=data["message"]["type"], to=to, state=data["state"], tries=data["tries"],
        status=data.get("status"), reason=data.get("reason"), created_at=moment(data["created_at"]),
        next_try_at=moment(data.get("due_at")), sent_at=moment(data.get("sent_at")),
    )  # fmt: skip


ROUTES = (
    Route(
        "GET", "/api/v1/notifications", list_notifications, "What was told of jobs, and whether it arrived.",
        {200: NotificationPage}, query=NotificationQuery,
    ),
    Route(
        "POST", "/api/v1/notifications/{id}/resend", resend_notification, "Send one again, now.", {202: Notification}
    ),
)  # fmt: skip
