"""The sample sites behind a client that speaks to them without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from infra.sample_sites.forum.reddit_api import CLIENT_ID, CLIENT_SECRET
from infra.sample_sites.server import samples_app

TODAY = date(2026, 11, 23)
Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
def app() -> Starlette:
    return samples_app(today=TODAY)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:9", headers={"user-agent": "test/1"}) as client:
        yield client


@pytest.fixture
async def token(client: httpx.AsyncClient) -> str:
    answer = await client.post(
        "/reddit/api/v1/access_token", data={"grant_type": "client_credentials"}, auth=(CLIENT_ID, CLIENT_SECRET)
    )
    assert answer.json()["token_type"] == "bearer"
    return str(answer.json()["access_token"])


@pytest.fixture
def reddit(client: httpx.AsyncClient, token: str) -> Ask:
    """`await reddit(path, **params)`: the JSON of an API call."""

    async def ask(path: str, **params: str) -> Any:
        answer = await client.get(f"/reddit{path}", params=params, headers={"authorization": f"bearer {token}"})
        assert answer.status_code == 200
        return answer.json()

    return ask
