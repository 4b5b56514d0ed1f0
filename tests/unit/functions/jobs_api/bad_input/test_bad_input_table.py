"""The table of bad inputs, row by row, and two hundred variants of each class: a right status, a problem's shape, nothing half-written."""

from __future__ import annotations

import json
import random
import sqlite3
import string
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.unit.functions.jobs_api.bad_input.test_bad_requests import JSON, problem
from tests.unit.functions.jobs_api.toy import Api

GOOD: dict[str, Any] = {"pipeline": "toy-flow", "input": {"words": ["a"]}}
SCHEMES = [
    "file:///etc/passwd",
    "gopher://a.test/",
    "data:text/html,x",
    "javascript:alert(1)",
    "ftp://a.test/x",
    "ws://a.test/",
    "blob:https://a.test/x",
]
METADATA = [
    "http://169.254.169.254/computeMetadata/v1/",
    "http://metadata.google.internal/",
    "http://[fd20:ce::254]/",
    "http://metadata/",
    "http://169.254.169.254.:80/",
]
LOOPBACK = [
    "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost./",
    "http://127.1/", "http://0x7f000001/", "http://[::]/", "http://127.0.0.1.nip.io.localhost/", "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://127。0。0。1/",
]  # fmt: skip
SPECIAL = ["http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b:1::a9fe:a9fe]/", "http://224.0.0.1/", "http://100.64.0.1/", "http://10.0.0.1/",
           "http://192.168.1.1/", "http://172.16.0.1/", "http://198.18.0.1/", "http://240.0.0.1/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[ff02::1]/", "http://192.0.0.192/"]  # fmt: skip
CONFUSING = ["http://public@127.0.0.1/", "http://127.0.0.1#@public.test/", "http://public.test\\@127.0.0.1/", "http://pub\tlic.test/\n", "http://a.test:80@127.0.0.1/", "//host/x", "http:///x", "http://"]  # fmt: skip
PORTS = [
    "http://a.test:22/",
    "http://a.test:6379/",
    "http://a.test:0/",
    "http://a.test:65536/",
    "http://a.test:99999999999/",
    "http://a.test:-1/",
    "http://a.test:8o/",
]
LENGTHS = [f"http://{'a' * 64}.test/", f"http://a.test/{'a' * 8192}", f"http://{'a.' * 200}test/", "http://" + "[" * 500]


@pytest.fixture
def stored(api: Api) -> Callable[[], list[str]]:
    """All that is stored and queued."""

    def read() -> list[str]:
        with sqlite3.connect(api.world.tasks._database.file) as copy:
            return list(copy.iterdump())

    return read


def with_url(url: str) -> dict[str, Any]:
    return {**GOOD, "input": {"words": ["a"], "url": url}}


@pytest.mark.parametrize("url", [*SCHEMES, *METADATA, *LOOPBACK, *SPECIAL, *CONFUSING, *PORTS, *LENGTHS])
def test_an_address_that_is_not_fetched_is_refused_with_its_field(api: Api, stored: Callable[[], list[str]], url: str) -> None:
    before = stored()
    told = api.post(with_url(url))
    assert told.status_code == 422, told.text
    assert told.json()["code"] in {"url_scheme", "url_forbidden", "url_invalid"}
    assert told.json()["errors"][0]["pointer"] == "/input/url"
    assert stored() == before


@pytest.mark.parametrize(
    "url",
    ["https://bücher.example/x", "http://a.test./", "https://xn--bcher-kva.example/", "http://8.8.8.8/x", "https://a.test:443/x"],
)
def test_an_address_that_may_be_fetched_is_taken(api: Api, url: str) -> None:
    assert api.post(with_url(url)).status_code == 202


@pytest.mark.parametrize(
    "word",
    [
        "\u0000",
        "\u202egnp",
        "👩\u200d👩" * 1000,
        " ",
        "\u200b",
        "=HYPERLINK(1)",
        "<script>",
        "a\r\nx-y: z",
        "../x",
        "x" * 100_000,
    ],
)
def test_any_text_is_taken_or_refused_and_comes_back_as_it_was(api: Api, word: str) -> None:
    answer = api.post({**GOOD, "input": {"words": [word]}})
    assert answer.status_code in {202, 422}
    if answer.status_code == 202:
        assert api.job(answer.json()["id"])["input"]["words"] == [word]
        assert not any("\n" in value or "x-y" in name for name, value in answer.headers.items())


@pytest.mark.parametrize(
    "query",
    [
        "limit=-1",
        "limit=0",
        "limit=1e9",
        "limit=abc",
        "limit=101",
        "limit=",
        "status=x",
        f"cursor={'A' * 9000}",
        "limit=1&limit=x",
    ],
)
def test_a_query_that_does_not_fit(api: Api, query: str) -> None:
    problem(api.get(f"/api/v1/jobs?{query}"), 422, "invalid_query")


@pytest.mark.parametrize("cursor", ["x", "!!", "e30", "WyJhIl0", "WzFlOTk5LFtdXQ", "W251bGwsW11d", "A" * 7999, "WzEsWzFdXQ"])
def test_a_cursor_of_nobodys(api: Api, cursor: str) -> None:
    problem(api.get(f"/api/v1/jobs?cursor={cursor}"), 400, "invalid_cursor")


@pytest.mark.parametrize(
    "job_id", ["..%2fx", "%2e%2e", "__reserved__", "a" * 2048, "a%2fb", "%00", "jobs", "🙂", "a b", "a.json"]
)
@pytest.mark.parametrize("part", ["", "/progress", "/result", "/events", "/tasks"])
def test_an_id_of_no_job(api: Api, job_id: str, part: str) -> None:
    answer = api.get(f"/api/v1/jobs/{job_id}{part}")
    assert answer.status_code == 404, (job_id, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("key", ["", "a" * 256, "é", "a\tb", "\x7f"])
def test_a_key_that_is_none(api: Api, key: str) -> None:
    answer = api.client.post("/api/v1/jobs", json=GOOD, headers=[(b"idempotency-key", key.encode("latin-1"))])
    problem(answer, 400, "invalid_idempotency_key")


def test_the_same_key_again(api: Api) -> None:
    first = api.post(GOOD, idempotency_key="k")
    again = api.post(GOOD, idempotency_key="k")
    assert (first.status_code, again.status_code, again.json()) == (202, 202, first.json())
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    problem(api.post({**GOOD, "input": {"words": ["b"]}}, idempotency_key="k"), 422, "idempotency_mismatch")


def variants(kind: str) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Two hundred requests of a class, the same in every run."""
    chance, good = random.Random(kind), json.dumps(GOOD).encode()
    for _ in range(200):
        body, headers = bytearray(good), dict(JSON)
        if kind == "bytes":
            for _ in range(chance.randint(1, 6)):
                body[chance.randrange(len(body))] = chance.randrange(256)
        elif kind == "cut":
            body = body[: chance.randrange(len(body))] + bytes(chance.choices(b'[]{}",:\\x0', k=chance.randint(0, 40)))
        elif kind == "values":
            body = bytearray(
                json.dumps({name: _odd(chance) for name in chance.sample(["pipeline", "input", "options", "x"], 3)}).encode()
            )
        elif kind == "input":
            body = bytearray(json.dumps({**GOOD, "input": {chance.choice(["words", "url", "x"]): _odd(chance)}}).encode())
        else:
            headers["content-type"] = "".join(chance.choices(string.printable[:95], k=chance.randint(0, 300)))
        yield bytes(body), headers


def _odd(chance: random.Random, depth: int = 0) -> Any:
    plain: list[Any] = [None, True, -1, 0, 1e308, 10**40, "", "\u0000", "a" * 5000, "http://[", [], {}]
    if depth > 3 or chance.random() < 0.5:
        return chance.choice(plain)
    if chance.random() < 0.5:
        return [_odd(chance, depth + 1) for _ in range(chance.randint(0, 20))]
    return {
        chance.choice(["a", "words", "", "\u202e", "a/b~c"]) + str(number): _odd(chance, depth + 1)
        for number in range(chance.randint(0, 8))
    }


@pytest.mark.parametrize("kind", ["bytes", "cut", "values", "input", "content types"])
def test_two_hundred_variants_of_a_class(api: Api, stored: Callable[[], list[str]], kind: str) -> None:
    for body, headers in variants(kind):
        before = stored()
        answer = api.client.post("/api/v1/jobs", content=body, headers=headers)
        assert answer.status_code in {202, 400, 415, 422}, (body[:200], answer.text)
        if answer.status_code != 202:
            problem(answer, answer.status_code, answer.json()["code"])
            assert stored() == before
