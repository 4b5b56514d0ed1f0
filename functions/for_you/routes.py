"""The feed over HTTP: sessions and their pages, engagements, what a user is made of, and a reset of it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel
from starlette.responses import Response

from functions.for_you.imported_records import Engagement, Id
from functions.for_you.stage_messages import ForYouRequest, Session
from functions.jobs_api.http import record_owners
from functions.jobs_api.http import request_body as body
from functions.jobs_api.http.route_definition import Call, Route, answer
from shared.base_message import FewFaults
from shared.errors import BadInput
from shared.records.record_use import RecordUse

MOST = 1000


class SessionQuery(BaseModel):
    """Which items of a session."""

    after: int | None = Field(None, ge=0, le=100_000, description="Those after so many; without, the next ones.")


class Engagements(FewFaults, RootModel[list[Engagement] | Engagement]):
    """One engagement, or up to a thousand."""

    model_config = ConfigDict(json_schema_extra={"description": "One engagement, or a list of up to a thousand."})


class TakenIn(BaseModel):
    """What became of engagements: how many were new, and of how many users the queue was re-scored at once."""

    received: int
    new: int
    rescored: int


class Reset(BaseModel):
    """What is gone."""

    user_id: str
    deleted: int


async def create_session(call: Call) -> Response:
    """POST /api/sessions/create."""
    from functions.for_you.sessions.create_session import create  # noqa: PLC0415 - numpy, for these routes alone

    asked = await body.read(call.request, ForYouRequest)
    await record_owners.claim(asked.records_used(), call.caller, call.ports)
    made = await create(asked, call.ports)
    if made.id and (writes := record_owners.taking(RecordUse("sessions", made.id), call.caller, until=_end(call))):
        await call.ports.documents.commit(*writes)
    return answer(made)


def _end(call: Call) -> float:
    from functions.for_you.sessions.create_session import SESSIONS_KEPT  # noqa: PLC0415 - as above

    return call.ports.clock.now() + SESSIONS_KEPT


async def read_session(call: Call) -> Response:
    """GET /api/v1/sessions/{id}."""
    from functions.for_you.sessions.next_page import page  # noqa: PLC0415 - as above

    return answer(await page(call.path["id"], call.query(SessionQuery).after, call.ports))


async def take_engagements(call: Call) -> Response:
    """POST /api/v1/engagements."""
    from functions.for_you.sessions.record_engagements import take_in  # noqa: PLC0415 - as above

    given = (await body.read(call.request, Engagements)).root
    events: list[Engagement] = given if isinstance(given, list) else [given]
    if len(events) > MOST:
        raise BadInput(f"{len(events)} engagements are more than {MOST}", code="too_large", advice="Send fewer at a time.")
    await record_owners.claim([use for event in events for use in event.records_used()], call.caller, call.ports)
    new, rescored = await take_in(events, call.ports)
    return answer(TakenIn(received=len(events), new=new, rescored=rescored), 201 if new else 200)


async def reset_profile(call: Call) -> Response:
    """DELETE /api/v1/users/{id}/profile."""
    return await _reset(call, record=False)


async def forget_user(call: Call) -> Response:
    """DELETE /api/v1/users/{id}."""
    return await _reset(call, record=True)


async def _reset(call: Call, *, record: bool) -> Response:
    from functions.for_you.sessions.reset_profile import reset  # noqa: PLC0415 - as above

    user = body.fit(_User, {"id": call.path["id"]}, "/path", "invalid_path").id
    deleted = await reset(user, call.ports, record=record)
    if record:
        await call.ports.documents.commit(record_owners.leaving("users", user))
    await call.ports.documents.erase_deleted()
    return answer(Reset(user_id=user, deleted=deleted))


class _User(BaseModel):
    id: Id


_SESSION: Any = {200: Session}
ROUTES = (
    Route(
        "POST", "/api/sessions/create", create_session,
        "A For You session: from the user's prepared queue, or computed. Always an answer; `degraded` names what did not reply in time.",
        _SESSION, body=ForYouRequest,
    ),
    Route("GET", "/api/v1/sessions/{id}", read_session, "A session's next items; no item comes twice.", _SESSION, query=SessionQuery, record="sessions", missing="session_not_found"),
    Route(
        "POST", "/api/v1/engagements", take_engagements, "What users did: play, finish, like, skip, mute …; the same twice is once.",
        {200: TakenIn, 201: TakenIn}, body=Engagements,
    ),
    Route("DELETE", "/api/v1/users/{id}/profile", reset_profile, "Forget what a user did; their own settings stay.", {200: Reset}, record="users"),
    Route("DELETE", "/api/v1/users/{id}", forget_user, "Forget a user with all that they did.", {200: Reset}, record="users"),
)  # fmt: skip
