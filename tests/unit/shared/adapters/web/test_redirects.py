from __future__ import annotations

from http import HTTPStatus

import pytest

from shared.adapters.web.guarded_client import GuardedWeb
from shared.adapters.web.single_request import Call, complete
from shared.adapters.web.url_parts import parse
from shared.errors import BadInput, HeadraceError, Permanent
from tests.unit.shared.adapters.web.sites import PUBLIC, Dials, Site, http, redirect


async def code(web: GuardedWeb, url: str) -> str:
    with pytest.raises(HeadraceError) as caught:
        await web.fetch(url)
    assert caught.value.advice
    return caught.value.code


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_to_where_it_ends(site: Site, web: GuardedWeb, status: int) -> None:
    site.answers |= {"/a/b": redirect("../c?d=1#e", status), "/c": http("here")}
    page = await web.fetch(site.url("/a/b"))
    assert (page.url, page.content) == (site.url("/c?d=1"), b"here")


async def test_five_are_followed_and_six_are_not(site: Site, web: GuardedWeb) -> None:
    site.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": http("end")}
    assert (await web.fetch(site.url("/1"))).content == b"end"
    assert await code(web, site.url("/0")) == "too_many_redirects"


@pytest.mark.fault(24)
async def test_a_loop_ends(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = redirect("/")
    with pytest.raises(Permanent) as caught:
        await web.fetch(site.url())
    assert caught.value.code == "too_many_redirects"
    assert len(site.requests) == 6


@pytest.mark.parametrize("status", [300, 304])
async def test_other_3xx_are_answers(site: Site, web: GuardedWeb, status: int) -> None:
    site.answers |= {"/": redirect("/x", status)}
    assert (await web.fetch(site.url())).status == status


async def test_a_redirect_to_nowhere_is_an_answer(site: Site, web: GuardedWeb) -> None:
    site.answers |= {"/": http("moved", status=302)}
    assert (await web.fetch(site.url())).content == b"moved"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://169.254.169.254/latest/meta-data/", "url_forbidden"),
        ("http://127.0.0.1/", "url_forbidden"),
        ("//localhost/", "url_forbidden"),
        ("http://[::ffff:10.0.0.1]/", "url_forbidden"),
        ("http://example.com:22/", "url_forbidden"),
        ("http://2130706433/", "url_forbidden"),
        ("file:///etc/passwd", "url_scheme"),
        ("http://user@example.com/", "url_invalid"),
        ("http:\\\\127.0.0.1/", "url_invalid"),
        ("http://[broken/", "url_invalid"),
    ],
)
async def test_each_hop_is_checked(site: Site, web: GuardedWeb, location: str, expected: str) -> None:
    site.answers["/"] = redirect(location)
    assert await code(web, site.url()) == expected
    assert len(site.requests) == 1


async def test_trust_ends_where_the_origin_does(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    """A trusted base URL that redirects to a stranger, who redirects back inside: the way back is guarded."""
    site.answers |= {"/a": redirect("http://stranger.example/b"), "/b": redirect(site.url("/c")), "/c": http("inside")}
    dials.names["stranger.example"] = [[PUBLIC]]
    with pytest.raises(BadInput) as caught:
        await stranger.fetch(site.url("/a"), trusted=True)
    assert caught.value.code == "url_forbidden"
    assert [request.path for request in site.requests] == ["/a", "/b"]


async def test_credentials_stay_with_their_origin(site: Site, dials: Dials, stranger: GuardedWeb) -> None:
    site.answers |= {
        "/1": redirect("/2"),
        "/2": redirect("http://other.example/3"),
        "/3": redirect("http://first.example/4"),
        "/4": http("end"),
    }
    dials.names |= {"first.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
    sent = {"Authorization": "bearer t", "Cookie": "a=b", "X-Api-Key": "k", "User-Agent": "special", "Accept": "text/html"}
    await stranger.fetch("http://first.example/1", headers=sent)
    secret = [{"authorization", "cookie", "x-api-key"} & request.headers.keys() for request in site.requests]
    assert [len(names) for names in secret] == [3, 3, 0, 0]
    assert [request.headers["host"] for request in site.requests] == ["first.example"] * 2 + ["other.example", "first.example"]
    assert {request.headers["accept"] for request in site.requests} == {"text/html"}
    assert site.requests[1].headers["user-agent"] == "special"
    assert site.requests[2].headers["user-agent"].startswith("Headrace/")


@pytest.mark.parametrize(
    ("start", "to", "same"),
    [
        ("https://a.example/", "https://a.example:443/x", True),
        ("http://a.example/", "https://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://b.a.example/", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(start: str, to: str, same: bool) -> None:
    call = Call("GET", parse(start), complete({"authorization": "t"}), None, 1, trusted=True).onward(to)
    assert ("authorization" in call.headers, call.trusted) == (same, same)


@pytest.mark.parametrize("trusted", [False, True])
def test_https_never_falls_back_to_http(trusted: bool) -> None:
    call = Call("GET", parse("https://a.example/"), complete({}), None, 1, trusted)
    with pytest.raises(BadInput) as caught:
        call.onward("http://a.example/")
    assert caught.value.code == "url_forbidden"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_form_is_never_sent_on(site: Site, web: GuardedWeb, status: int, method: str) -> None:
    site.answers |= {"/form": redirect("/elsewhere", status), "/elsewhere": http("stolen")}
    page = await web.fetch(site.url("/form"), method=method, form={"secret": "s"})
    assert page.status == status
    assert [request.path for request in site.requests] == ["/form"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "GET"])
async def test_content_is_never_sent_on(site: Site, web: GuardedWeb, status: int, method: str) -> None:
    site.answers |= {"/hook": redirect("/elsewhere", status), "/elsewhere": http("stolen")}
    page = await web.fetch(site.url("/hook"), method=method, content=b"secret", trusted=True)
    assert page.status == status
    assert [request.path for request in site.requests] == ["/hook"]


async def test_content_goes_to_no_private_address_unless_it_is_trusted(site: Site, stranger: GuardedWeb) -> None:
    with pytest.raises(BadInput) as caught:
        await stranger.fetch(site.url("/hook"), method="POST", content=b"x")
    assert caught.value.code == "url_forbidden"
    assert site.requests == []


async def test_a_head_stays_a_head(site: Site, web: GuardedWeb) -> None:
    site.answers |= {"/": redirect("/x"), "/x": http()}
    assert (await web.fetch(site.url(), method="HEAD")).status == HTTPStatus.OK
    assert [request.line.split()[0] for request in site.requests] == ["HEAD", "HEAD"]
