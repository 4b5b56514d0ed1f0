"""Reddit's API as a source: what it is asked, what its answers become, and each way of not answering."""

import asyncio
import base64
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.limits import Grant
from shared.ports.web import Page
from shared.sources import reddit
from tests.support.fakes import FakeLimits, FakeWeb, fake_ports, page
from tests.support.real_data import REAL_DATA
from tests.support.stopped_clock import StoppedClock

DATA = REAL_DATA / "reddit"
real = pytest.mark.skipif(not DATA.is_dir(), reason="real Reddit answers are not beside the project")

API, AUTH = "https://api.test", "https://auth.test"
Answer = Page | Exception | Callable[..., Page]


def listing(*children: Any, kind: str = "t3") -> str:
    return json.dumps({"kind": "Listing", "data": {"children": [{"kind": kind, "data": child} for child in children]}})


def token(value: str = "one", seconds: Any = 3600) -> Page:
    return page(AUTH, json.dumps({"access_token": value, "expires_in": seconds}))


def ports(answer: Answer, *, auth: Answer | None = None, limits: FakeLimits | None = None) -> tuple[Ports, FakeWeb]:
    web = FakeWeb({API: answer, AUTH: auth or token()})
    keys: dict[str, Any] = {"reddit_client_id": "id", "reddit_client_secret": "secret"}
    return fake_ports(web=web, limits=limits, reddit_url=API + "/", reddit_auth_url=AUTH, **keys), web


def api_calls(web: FakeWeb) -> list[tuple[str, dict[str, Any]]]:
    return [call for call in web.calls if call[0].startswith(API)]


async def test_a_search_is_one_request_over_several_places() -> None:
    limits = FakeLimits()
    here, web = ports(page(API, listing({"id": "a1", "title": "T"}), x_ratelimit_remaining="9"), limits=limits)

    found = await reddit.search("q", here, places=("a", "b"), limit=100)

    assert [post.id for post in found] == ["a1"]
    ((url, call),) = api_calls(web)
    assert url == f"{API}/r/a+b/search"
    assert call["params"] == {
        "q": "q",
        "restrict_sr": "1",
        "limit": "100",
        "sort": "relevance",
        "t": "all",
        "type": "link",
        "raw_json": "1",
    }
    assert call["trusted"]
    assert call["headers"]["authorization"] == "bearer one"
    assert call["headers"]["user-agent"] == reddit.USER_AGENT
    assert limits.acquired == ["reddit"]
    (settled,) = limits.settled
    assert (settled["resource"], settled["headers"], settled["status"]) == ("reddit", {"x-ratelimit-remaining": "9"}, 200)


async def test_without_places_all_of_reddit_is_searched() -> None:
    here, web = ports(page(API, listing()))
    assert await reddit.search("q", here) == []
    assert api_calls(web)[0][0] == f"{API}/search"
    assert "restrict_sr" not in api_calls(web)[0][1]["params"]


async def test_many_at_once_fetch_one_token_by_basic_auth() -> None:
    here, web = ports(page(API, listing()))
    await asyncio.gather(*(reddit.search("q", here) for _ in range(8)))
    tokens = [call for url, call in web.calls if url.startswith(AUTH)]
    assert len(tokens) == 1
    assert tokens[0]["method"] == "POST"
    assert tokens[0]["form"] == {"grant_type": "client_credentials"}
    assert tokens[0]["headers"]["authorization"] == "Basic " + base64.b64encode(b"id:secret").decode()


@pytest.mark.fault(38)
async def test_an_expired_token_is_fetched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    here, web = ports(page(API, listing()))
    await reddit.search("q", here)
    later = time.monotonic() + 3600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    await reddit.search("q", here)
    assert sum(url.startswith(AUTH) for url, _ in web.calls) == 2


@pytest.mark.fault(38)
async def test_a_refused_token_is_replaced_once() -> None:
    names = iter(["old", "new", "never"])

    def api(url: str, **call: Any) -> Page:
        good = call["headers"]["authorization"] == "bearer new"
        return page(url, listing({"id": "a", "title": "T"})) if good else page(url, status=401)

    limits = FakeLimits()
    here, _ = ports(api, auth=lambda url, **_: token(next(names)), limits=limits)
    assert len(await reddit.search("q", here)) == 1
    assert limits.acquired == ["reddit", "reddit"]  # both were requests
    assert next(names) == "never"


@pytest.mark.fault(38)
async def test_a_token_refused_twice_is_the_end() -> None:
    here, web = ports(page(API, status=401))
    with pytest.raises(Permanent) as error:
        await reddit.search("q", here)
    assert error.value.code == "reddit_refused"
    assert "REDDIT_CLIENT_ID" in error.value.advice
    assert len(api_calls(web)) == 2


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7),
        ({"x_ratelimit_reset": "42.0"}, 42),
        ({}, 10),
        ({"retry_after": "soon"}, 10),
        ({"retry_after": "-1"}, 10),
        ({"retry_after": "99999"}, 600),
        ({"retry_after": "Mon, 99 Foo 2026 99:99:99 GMT"}, 10),
    ],
)
async def test_429_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    limits = FakeLimits()
    here, _ = ports(page(API, status=429, **headers), limits=limits)
    with pytest.raises(Transient) as error:
        await reddit.search("q", here)
    assert error.value.code == "reddit_rate_limited"
    assert error.value.retry_after == seconds
    assert limits.settled[0]["status"] == 429


async def test_429_may_name_a_date() -> None:
    here, _ = ports(page(API, status=429, retry_after="Mon, 23 Nov 2026 10:00:30 GMT"))
    here = replace(here, clock=StoppedClock(datetime(2026, 11, 23, 10, tzinfo=UTC)))
    with pytest.raises(Transient) as error:
        await reddit.search("q", here)
    assert error.value.retry_after == 30


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page(API, status=403), "reddit_refused"),
        (page(API, status=404), "reddit_refused"),
        (page(API, "<html>log in</html>", content_type="text/html"), "not_json"),
        (page(API, '{"kind": "Listing"}'), "reddit_odd_answer"),
        (page(API, '{"kind": "Listing", "data": {"children": {}}}'), "reddit_odd_answer"),
        (page(API, "[]"), "reddit_odd_answer"),
        (page(API, "null"), "reddit_odd_answer"),
    ],
)
async def test_other_answers_are_no_answer(answer: Page, code: str) -> None:
    here, _ = ports(answer)
    with pytest.raises(Permanent) as error:
        await reddit.search("q", here)
    assert error.value.code == code


@pytest.mark.fault(23)
async def test_a_server_error_names_no_wait() -> None:
    here, _ = ports(page(API, status=503))
    with pytest.raises(Transient) as error:
        await reddit.search("q", here)
    assert (error.value.code, error.value.retry_after) == ("reddit_unavailable", None)


@pytest.mark.parametrize(
    "auth",
    [
        page(AUTH, status=401),
        page(AUTH, "<html>"),
        page(AUTH, "{}"),
        page(AUTH, '{"access_token": 5}'),
        page(AUTH, '{"access_token": "a\\nb"}'),
        page(AUTH, "[1]"),
    ],
)
async def test_no_token_is_no_answer_and_asks_nothing(auth: Page) -> None:
    here, web = ports(page(API, listing()), auth=auth)
    with pytest.raises(Permanent):
        await reddit.search("q", here)
    assert api_calls(web) == []


async def test_a_full_limit_passes_through() -> None:
    class Full(FakeLimits):
        async def acquire(self, resource: str, **_: float) -> Grant:
            raise PutBack(resource, 30)

    here, web = ports(page(API, listing()), limits=Full())
    with pytest.raises(PutBack):
        await reddit.search("q", here)
    assert api_calls(web) == []


def test_hidden_posts_are_marked() -> None:
    raw = json.loads(
        listing(
            {"id": "a", "title": "fine"},
            {"id": "b", "title": "x", "selftext": "[removed]"},
            {"id": "c", "title": "[deleted by user]"},
            {"id": "d", "title": "x", "removed_by_category": "moderator"},
            {"id": "e", "title": "x", "over_18": True},
            {"id": "f", "title": "x", "stickied": True},
            {"id": "g", "title": "x", "promoted": True},
        )
    )
    assert [post.id for post in reddit.posts(raw) if not post.hidden] == ["a"]


@pytest.mark.fault(23)
def test_strange_types_never_crash() -> None:
    odd: dict[str, Any] = {
        "id": "a", "title": "T", "selftext": None, "author": None, "score": "12", "num_comments": None, "created_utc": "x",
        "permalink": "javascript:alert(1)", "subreddit": 7,
    }  # fmt: skip
    (post,) = reddit.posts(
        {"data": {"children": [{"kind": "t3", "data": odd}, {"kind": "t3"}, None, {"kind": "t3", "data": {}}, 5]}}
    )
    assert (post.score, post.comment_count, post.created, post.place) == (12, 0, 0, "")
    assert post.url == "https://www.reddit.com/comments/a/"
    values: list[Any] = [None, [], {}, 1.5, "x", True, {"a": 1}]
    for value in values:
        reddit.posts({"data": {"children": [{"kind": "t3", "data": dict.fromkeys(odd, value) | {"id": "a", "title": "T"}}]}})
        reddit.thread(
            [
                json.loads(listing()),
                {"data": {"children": [{"kind": "t1", "data": {"body": value, "score": value, "replies": value}}]}},
            ]
        )


@pytest.mark.fault(23)
async def test_comments_leave_out_what_is_no_comment() -> None:
    def comment(body: Any, replies: Any = "", **more: Any) -> dict[str, Any]:
        return {"kind": "t1", "data": {"body": body, "score": 3, "replies": replies, **more}}

    inner = {
        "kind": "Listing",
        "data": {"children": [comment("a reply &amp; more"), {"kind": "more", "data": {"children": ["x"]}}]},
    }
    children = [
        comment("**top**", inner),
        comment("[deleted]"),
        comment("[removed]"),
        comment("rules", author="AutoModerator"),
        comment("pinned", stickied=True),
        comment(None),
        {"kind": "more", "data": {"count": 739}},
    ]
    raw = [json.loads(listing({"id": "a", "title": "T"})), {"kind": "Listing", "data": {"children": children}}]
    here, web = ports(page(API, json.dumps(raw)))

    assert [comment.body for comment in await reddit.comments("t3_a", here)] == ["top", "a reply & more"]
    ((url, call),) = api_calls(web)
    assert url == f"{API}/comments/a"
    assert call["params"] == {"limit": "50", "depth": "2", "sort": "top", "raw_json": "1"}


async def test_a_post_id_never_becomes_another_path() -> None:
    here, web = ports(page(API, "[]"))
    with pytest.raises(Permanent):
        await reddit.comments("../../api/v1/me", here)
    assert web.calls == []


@real
def test_real_search_and_listings() -> None:
    assert len(reddit.posts(json.loads((DATA / "api/TestSubreddit.test_search.01.json").read_text()))) == 6
    listed = reddit.posts(json.loads((DATA / "api/TestCommentForest.test_comment_forest_refresh_error.01.json").read_text()))
    assert len(listed) == 100
    assert all(post.url.startswith("https://www.reddit.com/r/") and post.created > 0 for post in listed)


@real
@pytest.mark.parametrize(
    "name", ["graw/thread", "api/TestCommentForest.test_replace__all.01", "api/TestComment.test_refresh__removed_comment.02"]
)
def test_real_threads(name: str) -> None:
    posts, comments = reddit.thread(json.loads((DATA / f"{name}.json").read_text()))
    assert len(posts) == 1
    assert len(comments) >= 30
    assert not {comment.body.lower() for comment in comments} & {"", "[deleted]", "[removed]"}
    assert not any("&amp;" in comment.body for comment in comments)


@real
@pytest.mark.parametrize("path", sorted(DATA.glob("*/*.json")), ids=lambda path: path.stem)
def test_any_real_answer_is_read_or_refused(path: Path) -> None:
    raw = json.loads(path.read_text())
    for read in (reddit.posts, reddit.thread):
        with contextlib.suppress(Permanent):  # and no other error
            read(raw)
