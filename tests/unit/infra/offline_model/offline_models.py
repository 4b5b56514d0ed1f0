"""The real adapter on the offline model, without a socket between them."""

from __future__ import annotations

from functools import cache

import httpx2
from openai import AsyncOpenAI

from infra.offline_model.server import offline_app
from shared.adapters.openai.models import OpenAIModels
from shared.ports.models import Usage
from shared.settings import Settings
from tests.support.fakes import FakeLimits


def models_on(
    transport: httpx2.AsyncBaseTransport,
    *,
    settings: Settings | None = None,
    limits: FakeLimits | None = None,
    used: list[Usage] | None = None,
) -> OpenAIModels:
    """The adapter with its client's transport replaced; what it used is added to `used`."""
    settings = settings or Settings(openai_base_url="http://models.test/v1")
    models = OpenAIModels(settings, limits or FakeLimits(), used.append if used is not None else None)
    http = httpx2.AsyncClient(transport=transport)
    models._provider._client = AsyncOpenAI(api_key="none", base_url="http://models.test/v1", max_retries=0, http_client=http)
    return models


@cache
def offline_models() -> OpenAIModels:
    """The same for all tests: making a client takes longer than most of them."""
    return models_on(httpx2.ASGITransport(offline_app()))
