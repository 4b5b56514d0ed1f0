"""API keys: made, listed, revoked. By whoever has scope `admin`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions.jobs_api.http import api_key_store, request_body
from functions.jobs_api.http.callers import Scope
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports import job_view
from shared.ports.documents import Document

Owner = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.@-]{0,99}$")]


class KeyRequest(BaseModel):
    """A key to make: for whom, what it may, and for how long."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    owner: Owner = Field(description="Whose jobs it starts and sees: a person, a team, a tenant.")
    scopes: list[Scope] = Field(
        ["read", "write"], min_length=1, max_length=4,
        description="`read` and `write` one's own jobs and posts; `records`: the deployment's shared ones; `admin`: everything of everybody.",
    )  # fmt: skip
    days: float | None = Field(90.0, gt=0, le=3650, description="How long it is taken; null: until it is revoked.")
    note: str = Field("", max_length=200, description="What it is for.")


class KeyLine(BaseModel):
    """A key as it is listed: never itself."""

    model_config = ConfigDict(defer_build=True)

    id: str
    owner: str
    scopes: list[Scope]
    note: str
    created_at: datetime
    valid_until: datetime | None
    state: Literal["valid", "revoked", "expired"]


class NewKey(KeyLine):
    """A key that was just made. `key` is shown this once, and kept nowhere."""

    key: str


class KeyList(BaseModel):
    """All keys, the newest first."""

    model_config = ConfigDict(defer_build=True)

    items: list[KeyLine]


async def create_key(call: Call) -> Response:
    """POST /api/v1/keys."""
    asked = await request_body.read(call.request, KeyRequest)
    key, record = await api_key_store.create(asked.owner, asked.scopes, call.ports, days=asked.days, note=asked.note)
    return answer(NewKey(**dict(_line(record, call)), key=key), 201)


async def list_keys(call: Call) -> Response:
    """GET /api/v1/keys."""
    return answer(KeyList(items=[_line(key, call) for key in await api_key_store.listed(call.ports)]))


async def revoke_key(call: Call) -> Response:
    """DELETE /api/v1/keys/{id}."""
    return answer(_line(await api_key_store.revoke(call.path["id"], call.ports), call))


def _line(key: Document[api_key_store.KeyRecord], call: Call) -> KeyLine:
    data = key.data
    return KeyLine(
        id=key.id, owner=data["owner"], scopes=data["scopes"], note=data["note"],
        created_at=job_view.moment(data["created_at"]), valid_until=job_view.moment(data["valid_until"]),
        state=api_key_store.state_of(data, call.ports.clock.now()),
    )  # fmt: skip


ROUTES = (
    Route(
        "POST", "/api/v1/keys", create_key, "Make an API key. It is shown this once.", {201: NewKey}, body=KeyRequest, scope="admin"
    ),
    Route("GET", "/api/v1/keys", list_keys, "The API keys, without themselves.", {200: KeyList}, scope="admin"),
    Route("DELETE", "/api/v1/keys/{id}", revoke_key, "Refuse an API key from now on.", {200: KeyLine}, scope="admin"),
)  # fmt: skip
