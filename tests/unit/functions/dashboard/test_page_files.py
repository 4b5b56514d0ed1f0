from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import functions_framework.aio
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from functions.dashboard.page_files import MEDIA, STATIC, files, serving
from shared.settings import Settings

CHIP = re.compile(r"\.chip\.([\w-]+)")
SELECTOR = re.compile(r"(?m)(?:^|[{}])\s*(\.[^{}]*)\{")
VENDORED = re.compile(r"(?m)^(\S+\.js)\s+\S+\s+[\d.]+\s+(\S+)\s+([0-9a-f]{64})$")


class Ports:
    """What the page's files want of the ports."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**settings)


@pytest.fixture
def visit() -> Iterator[Callable[..., TestClient]]:
    opened: list[TestClient] = []

    async def rest(request: Request) -> Response:
        return PlainTextResponse(f"the API at {request.url.path}")

    def make(**settings: Any) -> TestClient:
        ports: Any = Ports(**settings)
        wrap: Any = functions_framework.aio._create_asgi_app_with_function
        client = TestClient(wrap(serving(rest, lambda: ports), "http", False), base_url="http://localhost")
        opened.append(client.__enter__())
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


def test_the_page_is_at_the_root_and_everything_else_is_the_apis(visit: Callable[..., TestClient]) -> None:
    client = visit()
    page = client.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<title>Headrace</title>" in page.text
    assert client.get("/api/v1/jobs").text == "the API at /api/v1/jobs"
    assert client.post("/").text == "the API at /"
    assert client.get("/static/../main.py").text.startswith("the API")


def test_what_is_known_already_is_not_sent_again(visit: Callable[..., TestClient]) -> None:
    client = visit()
    first = client.get("/static/js/main.js")
    again = client.get("/static/js/main.js", headers={"if-none-match": first.headers["etag"]})
    assert (first.headers["content-encoding"], again.status_code, again.content) == ("gzip", 304, b"")
    plain = client.get("/static/js/main.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == (STATIC / "js" / "main.js").read_bytes()
    assert client.head("/").content == b""


def test_the_policy_lets_in_nothing_from_elsewhere(visit: Callable[..., TestClient]) -> None:
    policy = visit().get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)
    assert "https://storage.googleapis.com" in visit(profile="cloud", api_key="k").get("/").headers["content-security-policy"]


def test_the_page_is_refused_under_a_name_that_is_not_its_own(visit: Callable[..., TestClient]) -> None:
    refused = visit().get("/", headers={"host": "rebound.example"})
    assert (refused.status_code, refused.json()["code"]) == (421, "wrong_host")


def test_no_file_names_another_origin_or_holds_inline_code() -> None:
    for path, file in files().items():
        text = file.content.decode()
        if "/vendor/" not in path and not path.endswith(".svg"):
            assert not re.search(r"""(src|href|import|fetch)\S{0,3}["'`]https?:""", text), path
        assert not re.search(r"<script>|<style|\sstyle=|\son\w+=", text) or not path.endswith("/"), path


def test_every_file_is_served() -> None:
    there = {path for path in STATIC.rglob("*") if path.is_file()}
    assert {path.suffix for path in there} <= set(MEDIA)
    assert len(files()) == len(there)


@pytest.mark.parametrize("folder", [STATIC / "vendor", Path(__file__).parents[3] / "browser" / "vendor"], ids=["page", "tests"])
def test_what_is_vendored_is_what_its_page_says(folder: Path) -> None:
    told = {name: (licence, digest) for name, licence, digest in VENDORED.findall((folder / "README.txt").read_text())}
    assert set(told) == {path.name for path in folder.glob("*.js")}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, (_, digest) in told.items())
    assert {licence for licence, _ in told.values()} <= {"MIT", "MPL-2.0"}


def test_every_module_that_is_imported_or_loaded_ahead_is_there() -> None:
    for path in (STATIC / "js").rglob("*.js"):
        for name in re.findall(r"""(?:from|import\()\s*["'](\.[^"']+)["']""", path.read_text()):
            assert (path.parent / name).resolve().exists(), f"{path}: {name}"
    page = (STATIC / "index.html").read_text()
    assert all(f"/static/{name}" in files() for name in re.findall(r"/static/([\w./-]+)", page))


def test_no_rule_is_for_all_that_is_in_a_state_where_chips_are_meant() -> None:
    """`.queued` for a row of a list makes an oval of every chip that says so."""
    styles = [path.read_text() for path in sorted((STATIC / "css").glob("*.css"))]
    states = {name for style in styles for name in CHIP.findall(style)}
    assert {"queued", "failed", "draft"} <= states
    selectors = [one.strip() for style in styles for found in SELECTOR.findall(style) for one in found.split(",")]
    assert not [one for one in selectors if re.split(r"[\s:>]", one)[0].removeprefix(".") in states]
