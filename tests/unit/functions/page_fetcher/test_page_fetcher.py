"""The function that fetches strangers' pages, as a process, and the web port that asks it: what comes back is what a direct fetch gives."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message

from functions.page_fetcher.main import _fetch
from infra.emulators.cloud_run_proxy import CERTS, Front
from infra.emulators.function_process import Service
from infra.emulators.identity_tokens import Identity
from infra.local.uvicorn_server import serve
from shared import bootstrap
from shared.adapters.web.fetch_by_function import WebByFunction
from shared.errors import BadInput, HeadraceError, Permanent, Transient
from shared.page_fetch.messages import answer_body, page_of, read_request, request_body
from shared.ports.web import Page
from shared.settings import Settings
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[4]
TASKS, STRANGER = "tasks@p.iam", "stranger@p.iam"


async def _page(request: Request) -> Response:
    return PlainTextResponse(
        f"{request.method} {request.headers.get('accept')} {(await request.body()).decode()}", headers={"x-odd": "ä"}
    )


async def _large(_: Request) -> Response:
    return Response(bytes(range(256)) * 400)


async def _slow(_: Request) -> Response:
    await asyncio.sleep(5)
    return Response()


SITE = Starlette(
    routes=[
        Route("/page", _page, methods=["GET", "POST"]),
        Route("/large", _large),
        Route("/slow", _slow),
        Route("/moved", lambda _: RedirectResponse("/page")),
        Route("/inside", lambda _: RedirectResponse("http://10.0.0.1/")),
    ]
)


@dataclass
class World:
    """A site, the fetcher's process behind what stands before it, and settings of whoever asks it."""

    site: str
    fetcher: Service
    settings: Settings


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    identity, services = Identity(), dict[str, Service]()
    async with serve(SITE) as site, httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        front = Front(services, http, account=TASKS, key=identity.public_key, token=identity.token)
        async with serve(front.private) as private:
            given = {
                "HEADRACE_PROFILE": "emulator", "GOOGLE_CLOUD_PROJECT": "p", "HEADRACE_BUCKET": "b",
                "HEADRACE_FUNCTION_URL": f"{private}/{{function}}", "HEADRACE_TASKS_ACCOUNT": TASKS,
                "HEADRACE_CERTS_URL": f"{private}{CERTS}", "HEADRACE_METADATA_URL": private,
                "HEADRACE_FETCH_FUNCTION": "page_fetcher", "HEADRACE_ALLOW_HOSTS": site.removeprefix("http://"),
                "FIRESTORE_EMULATOR_HOST": "127.0.0.1:1", "STORAGE_EMULATOR_HOST": "http://127.0.0.1:1", "HEADRACE_TASKS_HOST": "127.0.0.1:1",
            }  # fmt: skip
            inherited = {name: os.environ[name] for name in ("PATH", "TZ", "TEST_CLOCK_OFFSET") if name in os.environ}
            roots = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
            process = {**inherited, "PYTHONPATH": roots, **given}  # it lives on the day on which its callers do
            source = ROOT / "functions" / "page_fetcher" / "main.py"
            services["page_fetcher"] = Service("page_fetcher", source, process, tmp_path / "log")
            yield World(site, services["page_fetcher"], Settings.load(given))
            await services["page_fetcher"].kill()


async def outcome(settings: Settings, url: str, **options: object) -> object:
    """The page, or the error's kind, code and advice."""
    ports = bootstrap.build(settings)
    try:
        page = await ports.web.fetch(url, **options)  # type: ignore[arg-type]
        return Page(page.url, page.status, {name: page.headers[name] for name in page.headers if name != "date"}, page.content)
    except HeadraceError as error:
        return type(error), error.code, error.message, error.advice
    finally:
        await bootstrap.close(ports)


FETCHES: tuple[tuple[str, dict[str, object]], ...] = (
    ("/page", {"headers": {"accept": "text/html"}}),
    ("/page", {"method": "POST", "form": {"a": "1 2"}}),
    ("/page", {"method": "POST", "content": b"\x41", "headers": {"content-type": "text/plain"}}),
    ("/large", {}),
    ("/large", {"max_bytes": 1000}),
    ("/slow", {"timeout": 0.3}),
    ("/moved", {"params": {"a": "b"}}),
    ("/inside", {}),
    ("/nowhere", {}),
)


async def test_what_comes_back_is_what_a_direct_fetch_gives(world: World) -> None:
    for path, options in FETCHES:
        direct = await outcome(replace(world.settings, fetch_function=""), f"{world.site}{path}", **options)
        assert await outcome(world.settings, f"{world.site}{path}", **options) == direct, path
    assert world.fetcher.starts == 1


@pytest.mark.parametrize("url", ["http://169.254.169.254/", "http://10.0.0.1/", "ftp://example.com/", "no address"])
async def test_what_may_not_be_fetched_is_refused_before_anybody_is_asked(world: World, url: str) -> None:
    told = await outcome(world.settings, url)
    assert isinstance(told, tuple)
    assert told[0] is BadInput
    assert world.fetcher.starts == 0


async def test_addresses_of_settings_are_asked_directly(world: World) -> None:
    page = await outcome(world.settings, f"{world.site}/page", trusted=True)
    assert isinstance(page, Page)
    assert world.fetcher.starts == 0


async def test_the_fetcher_trusts_no_address_that_it_is_given_and_no_stranger(world: World) -> None:
    identity = Identity()
    own = await world.fetcher.url()
    body = {"url": "http://127.0.0.1:1/", "options": {"trusted": True}}
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        for headers in ({}, {"authorization": f"Bearer {identity.token(STRANGER, 'http://x')}"}):
            assert (await http.post(own, json=body, headers=headers)).status_code == 401
        signed = f"{world.settings.metadata_url}/computeMetadata/v1/instance/service-accounts/default/identity"
        token = (
            await http.get(signed, params={"audience": world.settings.metadata_url}, headers={"metadata-flavor": "Google"})
        ).text
        headers = {"authorization": f"Bearer {token}"}
        told = (await http.post(own, json=body, headers=headers)).json()
        assert (told["error"]["kind"], told["error"]["code"]) == ("BadInput", "url_forbidden")
        told = (await http.post(own, content=b"?", headers=headers)).json()
        assert (told["error"]["kind"], told["error"]["code"]) == ("BadInput", "poison")


class _Direct:
    """A function that answers with what a test gives it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def check(self, url: str) -> str:
        return url

    async def fetch(self, url: str, **options: object) -> Page:
        return self.page


@pytest.mark.parametrize(
    "page",
    [
        Page("u", 403, {}, b"{}\n"),
        Page("u", 200, {}, b"<html>"),
        Page("u", 200, {}, b"[]\n"),
        Page("u", 200, {}, b'{"error": {"kind": "Odd", "code": "x", "message": "y", "advice": ""}}\n'),
        Page("u", 200, {}, b'{"url": "u"}\n'),
    ],
)
async def test_a_function_that_does_not_answer_as_it_should_is_a_passing_fault(page: Page) -> None:
    async def token() -> str:
        return "t"

    web = WebByFunction(_Direct(page), "http://fetcher/", token)
    with pytest.raises(Transient, match="does not answer"):
        await web.fetch("https://example.com/")


def test_pages_and_errors_survive_the_way() -> None:
    page = Page("https://a/", 200, {"x": "ä"}, b"\n\n\x00")
    assert page_of(answer_body(page)) == page
    assert read_request(request_body("u", {"content": b"\xff", "max_bytes": 3})) == ("u", {"content": b"\xff", "max_bytes": 3})
    for error in (
        BadInput("a", code="url_invalid", advice="b"),
        Permanent("a", code="too_large"),
        Transient("a", code="fetch_failed"),
    ):
        with pytest.raises(type(error)) as told:
            page_of(answer_body(error))
        assert (type(told.value), told.value.code, told.value.message) == (type(error), error.code, error.message)


async def test_a_request_without_end_is_refused_and_one_of_lists_within_lists_too() -> None:
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"a" * 2**20, "more_body": True}

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    answer = await _fetch(request, cast("Any", None))
    with pytest.raises(BadInput) as refused:
        page_of(bytes(answer.body))
    assert (refused.value.code, asked) == ("too_large", 5)
    with pytest.raises(BadInput, match="no request for a page"):
        read_request(b"[" * 5_000)
