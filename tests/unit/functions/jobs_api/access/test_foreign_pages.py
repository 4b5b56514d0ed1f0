"""An API without a key is for this machine and for its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.functions.jobs_api.toy import Api

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, ""),
        ({"origin": HERE}, ""),
        ({"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:8080"}, ""),
        ({"host": "[::1]:8080"}, ""),
        ({"sec-fetch-site": "same-origin"}, ""),
        ({"sec-fetch-site": "none"}, ""),
        ({"origin": "https://evil.example"}, "foreign_origin"),
        ({"origin": "null"}, "foreign_origin"),
        ({"origin": "http://localhost:3000"}, "foreign_origin"),
        ({"sec-fetch-site": "cross-site"}, "foreign_origin"),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, "foreign_origin"),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, "foreign_origin"),
        ({"host": "rebound.example"}, "wrong_host"),
        ({"host": "rebound.example", "origin": "http://rebound.example"}, "wrong_host"),
        ({"host": "localhost.evil.example"}, "wrong_host"),
        ({"host": ""}, "wrong_host"),
    ],
)
def test_who_may_start_a_job_without_a_key(api: Api, headers: dict[str, str], code: str) -> None:
    answer = api.client.post("/api/v1/jobs", json={"pipeline": "toy-flow", "input": {"words": ["a"]}}, headers=headers)
    assert answer.status_code == {"": 202, "foreign_origin": 403, "wrong_host": 421}[code]
    assert answer.json().get("code", "") == code
    assert len(api.get("/api/v1/jobs").json()["items"]) == (not code)


def test_a_link_from_another_page_may_be_followed(api: Api) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert api.client.get("/docs", headers=headers).status_code == 200


@pytest.mark.parametrize("settings", [{"hosts": ("headrace.lan",)}, {"api_key": "k"}, {"profile": "cloud", "api_key": "k"}])
def test_a_name_that_is_set_and_a_key_let_in(make_api: Callable[..., Api], settings: dict[str, Any]) -> None:
    api = make_api(**settings)
    headers = {"host": "headrace.lan", "authorization": "Bearer k"}
    assert api.client.get("/api/v1/jobs", headers=headers).status_code == 200
