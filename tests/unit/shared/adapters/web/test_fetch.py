"""The client against sites that behave: what is sent, what comes back."""

from __future__ import annotations

import asyncio
import gzip
import json
from http import HTTPStatus
from importlib.metadata import version

import pytest

from shared.adapters.web.guarded_client import GuardedWeb
from shared.errors import BadInput
from shared.ports.web import Page, Web
from tests.unit.shared.adapters.web.sites import Site, http, redirect


async def test_a_page_comes_back_as_bytes(site: Site, web: GuardedWeb) -> None:
    site.answers["/jobs"] = http("Zürich".encode("latin-1"), content_type="text/html; charset=latin-1", X_Two="a")
    page = await web.fetch(site.url("/jobs#top"))
    assert (page.url, page.status, page.content_type) == (site.url("/jobs"), 200, "text/html")
    assert page.content == b"Z\xfcrich"
    assert page.headers["x-two"] == "a"


async def test_what_is_sent(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = http()
    await web.fetch(site.url("/?a=1"), params={"q": "x y&z"}, headers={"Accept": "text/html", "Host": "evil", "X-Key": "k"})
    request = site.requests[0]
    assert request.line == "GET /?a=1&q=x+y%26z HTTP/1.1"
    assert request.headers == {
        "host": site.host,
        "user-agent": f"Headrace/{version('headrace')} (+https://github.com/headrace/headrace)",
        "accept": "text/html",
        "accept-encoding": "gzip",
        "connection": "close",
        "x-key": "k",
    }


async def test_a_form_is_posted(site: Site, web: GuardedWeb) -> None:
    site.answers["/token"] = http('{"ok":true}', content_type="application/json")
    page = await web.fetch(site.url("/token"), method="POST", form={"grant_type": "client_credentials", "note": "ü &"})
    assert page.json() == {"ok": True}
    assert site.requests[0].line.startswith("POST ")
    assert site.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert site.requests[0].body == b"grant_type=client_credentials&note=%C3%BC+%26"


async def test_content_is_posted_as_it_is(site: Site, web: GuardedWeb) -> None:
    site.answers["/hook"] = http(status=202)
    body = '{"note": "ü"} '.encode()
    page = await web.fetch(site.url("/hook"), method="POST", content=body, headers={"Content-Type": "application/json"})
    assert page.status == 202
    assert site.requests[0].headers["content-type"] == "application/json"
    assert (site.requests[0].headers["content-length"], site.requests[0].body) == (str(len(body)), body)


async def test_no_content_is_a_body_of_nothing(site: Site, web: GuardedWeb) -> None:
    site.answers["/hook"] = http()
    await web.fetch(site.url("/hook"), method="POST", content=b"")
    assert (site.requests[0].headers["content-length"], site.requests[0].body) == ("0", b"")


@pytest.mark.parametrize("status", [204, 304, 404, 418, 429, 500, 503])
async def test_statuses_are_answers(site: Site, web: GuardedWeb, status: int) -> None:
    body = b"" if status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED} else b"why"
    site.answers["/"] = http(body, status=status, retry_after=7)
    page = await web.fetch(site.url())
    assert (page.status, page.headers["retry-after"], page.content) == (status, "7", body)


async def test_gzip_is_unpacked(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = http(gzip.compress(b"[1, 2]"), content_encoding="gzip")
    assert (await web.fetch(site.url())).json() == [1, 2]


async def test_chunks_and_bodies_ended_by_closing(site: Site, web: GuardedWeb) -> None:
    async def until_closed(request: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nall of it")
        writer.close()

    site.answers["/closed"] = until_closed
    site.answers["/chunks"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nall\r\n6\r\n of it\r\n0\r\n\r\n"
    assert (await web.fetch(site.url("/closed"))).content == b"all of it"
    assert (await web.fetch(site.url("/chunks"))).content == b"all of it"


async def test_head_has_no_body_whatever_its_headers_say(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: br\r\n\r\n"
    page = await web.fetch(site.url(), method="head")
    assert (page.status, page.content) == (200, b"")


async def test_repeated_headers_are_joined(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: 1\r\nx-a: 2\r\nX-B: \xff\xfe\r\n\r\n"
    page = await web.fetch(site.url())
    assert page.headers["x-a"] == "1, 2"
    assert "x-b" in page.headers


@pytest.mark.parametrize(("trusted", "connections"), [(True, [1, 1, 1]), (False, [1, 2, 3])])
async def test_trusted_connections_are_kept_and_cookies_never(
    site: Site, web: GuardedWeb, trusted: bool, connections: list[int]
) -> None:
    site.answers["/"] = http("x", set_cookie="session=1; Path=/")
    for _ in range(3):
        await web.fetch(site.url(), trusted=trusted)
    assert [request.connection for request in site.requests] == connections
    assert not any("cookie" in request.headers for request in site.requests)


async def test_many_at_once(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = http("x" * 1000)
    pages = await asyncio.gather(*(web.fetch(site.url(f"/?n={n}")) for n in range(50)))
    assert [page.url for page in pages] == [site.url(f"/?n={n}") for n in range(50)]


async def test_the_environment_is_not_asked(site: Site, web: GuardedWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.answers["/"] = http("direct")
    assert (await web.fetch(site.url())).content == b"direct"


async def test_it_opens_again_after_closing(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = http("x")
    await web.aclose()
    await web.fetch(site.url())
    await web.aclose()
    assert (await web.fetch(site.url())).content == b"x"
    assert site.connections == 2


@pytest.mark.parametrize(
    ("url", "trusted", "code"),
    [
        ("http://localhost/", False, "url_forbidden"),
        ("file:///etc/passwd", False, "url_scheme"),
        ("http://a b/", False, "url_invalid"),
        ("file:///etc/passwd", True, "url_scheme"),
        ("http://a b/", True, "url_invalid"),
        ("http://2130706433/", True, "url_forbidden"),
    ],
)
async def test_what_may_not_be_fetched(web: GuardedWeb, url: str, trusted: bool, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        await web.fetch(url, trusted=trusted)
    assert caught.value.code == code


async def test_trust_reaches_a_local_origin_and_its_own_redirects(site: Site) -> None:
    site.answers |= {"/a": redirect("/b"), "/b": http(json.dumps({"hits": []}))}
    web = GuardedWeb()
    try:
        page = await web.fetch(site.url("/a"), trusted=True, headers={"authorization": "bearer t"})
        assert page.json() == {"hits": []}
        assert [request.headers.get("authorization") for request in site.requests] == ["bearer t", "bearer t"]
        assert (await web.fetch(f"http://localhost:{site.port}/b", trusted=True)).status == HTTPStatus.OK
    finally:
        await web.aclose()


async def test_the_port_is_met(site: Site, web: GuardedWeb) -> None:
    port: Web = web  # the type checker's part of the test
    site.answers["/"] = http()
    assert await port.fetch(site.url()) == Page(site.url(), 200, {"content-length": "0"}, b"")
