"""Keys for people: asked for where there is one, and in the cloud in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.functions.jobs_api.toy import Api

RIGHT = {"authorization": "Bearer the key"}


@pytest.mark.parametrize(
    ("settings", "headers", "status"),
    [
        ({}, {}, 200),
        ({"api_key": "the key"}, {}, 401),
        ({"api_key": "the key"}, {"authorization": "Bearer another"}, 401),
        ({"api_key": "the key"}, {"authorization": "Basic the key"}, 401),
        ({"api_key": "the key"}, RIGHT, 200),
        ({"profile": "cloud"}, {}, 401),
        ({"profile": "cloud"}, {"authorization": "Bearer "}, 401),
        ({"profile": "cloud", "api_key": "the key"}, RIGHT, 200),
    ],
)
def test_who_may(make_api: Callable[..., Api], settings: dict[str, Any], headers: dict[str, str], status: int) -> None:
    api = make_api(**settings)
    answer = api.get("/api/v1/jobs", **headers)
    assert api.get("/healthz").status_code == 200
    assert answer.status_code == status
    if status == 401:
        assert answer.json()["code"] == "unauthorised"
        assert answer.headers["www-authenticate"] == 'Bearer realm="headrace"'
