"""Every route by requests that nobody means: odd ids, queries, headers and bodies. Never a 5xx, always a problem's shape."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from functions.jobs_api.routes import routes
from tests.unit.functions.jobs_api.toy import Api

IDS = [
    "a",
    "..",
    "%2e%2e",
    "a%2fb",
    "%00",
    "%ff",
    "a" * 300,
    "__x__",
    "🙂",
    "a:b",
    "a b",
    "-1",
    "9" * 400,
    "%F0%9F",
    "~",
    "null",
    "a?b",
    "a;b",
    "%E2%80%AE",
]
VALUES = ["", "x", "-1", "0", "1e309", "9" * 500, "nan", "true", "%00", "%ff", "%F0%9F", "a" * 3000, "[]", "{}", "2026-13-45", "a,b", "a=b", "=", "🙂", "'--", "%0d%0ax-y:%20z", "WyJhIl0", "WzFdXQ", "\u202e"]  # fmt: skip
NAMES = ["limit", "cursor", "status", "pipeline", "label", "q", "stage", "state", "after", "format", "since", "until", "key", "x", "", "limit[]", "%00", "kind", "user", "version"]  # fmt: skip
HEADERS: list[tuple[bytes, bytes]] = [
    (b"origin", b"http://["), (b"origin", b"null"), (b"origin", b"http://[::1"), (b"origin", b"//"), (b"origin", b"http://\xff"), (b"host", b"["), (b"host", b"]"),
    (b"host", b""), (b"host", b"localhost:99999999"), (b"host", b"[::1"), (b"authorization", b"Bearer"), (b"authorization", b"Bearer \xff\xfe"), (b"authorization", b"Bearer hr_" + b"a" * 3000),
    (b"authorization", b"Basic Og=="), (b"accept", b"\xff"), (b"accept", b"*/*;q=" + b"9" * 400), (b"range", b"bytes=0-,0-,0-"), (b"if-none-match", b"\xff"), (b"if-modified-since", b"9" * 300),
    (b"last-event-id", b"\xff"), (b"last-event-id", b"9" * 400), (b"last-event-id", b"-1"), (b"content-type", b"application/json; charset=\xff"), (b"content-type", b"application/json;charset=utf-7"),
    (b"content-length", b"0"), (b"idempotency-key", b"\xff"), (b"idempotency-key", b"a" * 300), (b"sec-fetch-site", b"\xff"), (b"x-forwarded-for", b"[" * 50), (b"cookie", b"=;" * 500),
    (b"accept-encoding", b"gzip;q=nan"), (b"traceparent", b"00-" + b"z" * 32 + b"-" + b"z" * 16 + b"-01"), (b"transfer-encoding", b"identity"), (b"expect", b"100-continue"),
]  # fmt: skip
BODIES = [b"", b"{}", b"[]", b"null", b"1", b'"a"', b'{"a": "\\ud800"}', b'{"id": null}', b'{"input": 1, "pipeline": []}', b"\xff\xfe", b"[" * 5000, b'{"versions": 1e309}', b'{"' + b"a" * 5000 + b'": 1}', b'[{"a": {}}]', b'{"limit": -9223372036854775809}']  # fmt: skip
TRIES = 12
"""Of each route."""


def _path(pattern: str, chance: random.Random) -> str:
    return re.sub(r"\(\?P<\w+>[^)]*\)", lambda _: chance.choice(IDS), pattern).replace("\\", "").replace("(?:", "").strip("^$")


@pytest.mark.parametrize("number", range(len(routes())), ids=[f"{one.method} {one.pattern.pattern[:60]}" for one in routes()])
def test_no_route_breaks(api: Api, number: int) -> None:
    route, chance = routes()[number], random.Random(number)
    for _ in range(TRIES):
        query = "&".join(f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _ in range(chance.randint(0, 3)))
        headers = [(b"content-type", b"application/json"), *chance.sample(HEADERS, chance.randint(0, 2))]
        path = _path(route.pattern.pattern, chance)
        asked: dict[str, Any] = {"content": chance.choice(BODIES)} if route.method in ("POST", "PUT", "PATCH") else {}
        answer = api.client.request(route.method, f"{path}?{query}", headers=headers, **asked)
        assert answer.status_code < 500, (route.method, path, query, headers, asked, answer.text)
        if answer.status_code >= 400 and answer.content:
            told = json.loads(answer.content)
            assert {"type", "title", "status", "code", "detail"} <= told.keys(), (path, told)
            assert "Traceback" not in answer.text
        assert not any("x-y" in name.lower() for name in answer.headers)
