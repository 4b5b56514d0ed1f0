"""A provider on loopback that says exactly what a test tells it to, and the real client on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from openai import AsyncOpenAI

from shared.adapters.openai.models import OpenAIModels
from shared.ports.models import Usage
from shared.settings import Settings
from tests.support.fakes import FakeLimits
from tests.unit.shared.adapters.web.conftest import NO_TLS
from tests.unit.shared.adapters.web.sites import Request, Site, http

Say = bytes | Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def answer(body: Any, **headers: Any) -> bytes:
    """A good answer."""
    return http(json.dumps(body), content_type="application/json", **headers)


def failure(status: int, code: str | None = None, *, kind: str = "error", message: str = "no", **headers: object) -> bytes:
    body = {"error": {"message": message, "type": kind, "code": code, "param": None}}
    return http(json.dumps(body), status=status, content_type="application/json", **headers)


@dataclass
class Provider:
    """Answers each path in order, the last answer for ever; the client's limits and what it used."""

    site: Site
    models: OpenAIModels
    limits: FakeLimits
    used: list[Usage] = field(default_factory=list)

    def says(self, path: str, *answers: Say) -> None:
        left = list(answers)

        async def say(request: Request, writer: asyncio.StreamWriter) -> None:
            said = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(said, bytes):
                writer.write(said)
            else:
                await said(request, writer)

        self.site.answers[f"/v1/{path}"] = say

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The requests' bodies."""
        return [json.loads(request.body) for request in self.site.requests]

    @property
    def settled(self) -> dict[str, Any]:
        """The one call that there was, as settled."""
        assert len(self.limits.acquired) == len(self.limits.settled) == 1
        return self.limits.settled[0]


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    site, limits, used = Site(), FakeLimits(), list[Usage]()
    await site.start()
    settings = Settings(
        openai_base_url=site.url("/v1"),
        openai_api_key="k",
        model_fast=("gpt-6-luna", "gpt-5.4-mini"),
        model_good=("gpt-6.1-terra",),
    )
    models = OpenAIModels(settings, limits, used.append)
    plain = httpx2.AsyncClient(verify=NO_TLS)  # spares each test the reading of the system's certificates
    models._provider._client = AsyncOpenAI(api_key="k", base_url=settings.openai_base_url, max_retries=0, http_client=plain)
    yield Provider(site, models, limits, used)
    await models.aclose()
    await site.stop()
