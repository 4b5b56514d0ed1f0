"""What a local cloud loads only when somebody asks for it."""

from __future__ import annotations

import asyncio

import httpx2
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from infra.local.local_cloud import _when_asked


async def test_an_app_that_few_ask_is_made_once_for_its_first_request() -> None:
    made: list[int] = []

    def make() -> Starlette:
        made.append(1)
        return Starlette(routes=[Route("/", lambda _: PlainTextResponse("here"))])

    app = _when_asked(make)
    assert made == []
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://app") as client:
        assert {answer.text for answer in await asyncio.gather(client.get("/"), client.get("/"))} == {"here"}
        assert (await client.get("/")).text == "here"
    assert made == [1]
