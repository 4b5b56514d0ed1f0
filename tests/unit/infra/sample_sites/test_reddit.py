"""The Reddit-shaped API against what Reddit sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from starlette.applications import Starlette

from infra.sample_sites.forum.rate_limit import RateWindow, reddit_limit
from infra.sample_sites.server import samples_app
from tests.support.real_data import REAL_DATA
from tests.unit.infra.sample_sites.conftest import TODAY, Ask

REAL = REAL_DATA / "reddit/api"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="no real samples beside the project")
SUBS = "cscareerquestions+interviews+jobs+ExperiencedDevs"
_RARE = {"facets", "geo_filter", "dist", "from", "from_id", "from_kind"}  # there in some of Reddit's versions only


def _real(name: str) -> Any:
    return json.loads((REAL / name).read_text("utf-8"))


def _things(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The data of every thing of a kind, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from _things(item, kind)
    elif isinstance(value, dict):
        if value.get("kind") == kind:
            yield value["data"]
        for item in value.values():
            yield from _things(item, kind)


def _same_shape(ours: dict[str, Any], real: dict[str, Any]) -> None:
    missing = set(real) - set(ours) - _RARE
    assert not missing
    for key in set(ours) & set(real):
        if ours[key] is not None and real[key] is not None:
            assert isinstance(real[key], (int, float)) == isinstance(ours[key], (int, float)), key
            assert isinstance(real[key], str) == isinstance(ours[key], str) or key in {"replies", "edited"}, key


@needs_real
async def test_a_search_has_the_shape_of_a_real_one(reddit: Ask) -> None:
    real, ours = _real("TestSubreddit.test_search.01.json"), await reddit(f"/r/{SUBS}/search", q="Larkmoor", restrict_sr="1")
    assert set(real) == set(ours)
    assert set(real["data"]) - _RARE <= set(ours["data"])
    for post in _things(ours, "t3"):
        _same_shape(post, real["data"]["children"][0]["data"])


@needs_real
async def test_a_thread_has_the_shape_of_a_real_one(reddit: Ask) -> None:
    real = _real("TestComment.test_refresh__removed_comment.02.json")
    found = await reddit("/search", q="Larkmoor full loop everything")
    ours = await reddit(f"/comments/{found['data']['children'][0]['data']['id']}")
    assert len(ours) == len(real) == 2
    for kind in ("t1", "more"):
        example = next(_things(real, kind))
        for thing in _things(ours, kind):
            _same_shape(thing, example)
    assert {type(comment["replies"]) for comment in _things(ours, "t1")} == {str, dict}


async def test_a_thread_holds_what_threads_hold(reddit: Ask) -> None:
    found = await reddit("/search", q="title:Larkmoor", limit="100", sort="comments")
    threads = [await reddit(f"/r/x/comments/{post['id']}", raw_json="1") for post in _things(found, "t3")]
    bodies = {comment["body"] for comment in _things(threads, "t1")}
    assert {"[deleted]", "[removed]"} <= bodies
    robots = [comment for comment in _things(threads, "t1") if comment["author"] == "AutoModerator"]
    assert all(robot["stickied"] and robot["distinguished"] == "moderator" for robot in robots)
    assert robots
    assert max(comment["depth"] for comment in _things(threads, "t1")) >= 2
    assert any(more["count"] > 2 for more in _things(threads, "more"))
    for post, tree in threads:
        data = post["data"]["children"][0]["data"]
        assert data["num_comments"] == len(list(_things(tree, "t1"))) + sum(more["count"] for more in _things(tree, "more"))


async def test_limit_and_depth_hide_comments_behind_more(reddit: Ask) -> None:
    found = await reddit("/search", q="Larkmoor full loop everything")
    address = f"/comments/{found['data']['children'][0]['data']['id']}"
    few = (await reddit(address, limit="2"))[1]
    assert len(list(_things(few, "t1"))) == 2
    flat = list(_things((await reddit(address, depth="1"))[1], "t1"))
    assert {comment["depth"] for comment in flat} == {0}
    newest = [comment["created_utc"] for comment in _things((await reddit(address, sort="new", depth="1"))[1], "t1")]
    assert newest == sorted(newest, reverse=True)


async def test_pages_follow_each_other(reddit: Ask) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = (await reddit("/search", q="Larkmoor", limit="20", after=after))["data"]
        assert page["dist"] == len(page["children"])
        seen += [child["data"]["name"] for child in page["children"]]
        if page["after"] is None:
            break
        after = page["after"]
    assert len(seen) == len(set(seen)) > 40
    whole = (await reddit("/search", q="Larkmoor", limit="500"))["data"]["children"]
    assert [child["data"]["name"] for child in whole] == seen


async def test_places_are_kept_only_when_asked(reddit: Ask) -> None:
    async def places(path: str, **more: str) -> set[str]:
        return {post["subreddit"] for post in _things(await reddit(path, q="Larkmoor", limit="100", **more), "t3")}

    assert await places("/r/Jobs+interviews/search", restrict_sr="1") == {"jobs", "interviews"}
    assert len(await places("/r/jobs/search")) > 3
    assert await places("/search", restrict_sr="1") == await places("/r/all/search", restrict_sr="on")


async def test_sort_and_time(reddit: Ask) -> None:
    async def values(field: str, **params: str) -> list[float]:
        return [post[field] for post in _things(await reddit("/search", q="Larkmoor", limit="100", **params), "t3")]

    assert await values("score", sort="top") == sorted(await values("score"), reverse=True)
    assert await values("created_utc", sort="new") == sorted(await values("created_utc"), reverse=True)
    assert 0 < len(await values("score", t="month")) < len(await values("score", t="year")) < len(await values("score"))


async def test_entities_unless_raw(reddit: Ask) -> None:
    query = {"q": "Larkmoor SELECT UPDATE", "limit": "100"}
    raw = next(_things(await reddit("/search", raw_json="1", **query), "t3"))
    cooked = next(_things(await reddit("/search", **query), "t3"))
    assert "<p>" in raw["selftext_html"]
    assert "&lt;p&gt;" in cooked["selftext_html"]


async def test_who_may_ask(client: httpx.AsyncClient, token: str, app: Starlette) -> None:
    form = {"grant_type": "client_credentials"}
    address = "/reddit/api/v1/access_token"
    assert (await client.post(address, data=form, auth=("headrace-demo", "guessed"))).status_code == 401
    assert (await client.post(address, data={"grant_type": "password"}, auth=("headrace-demo", "not-a-secret"))).json()["error"]
    assert (await client.get("/reddit/search", params={"q": "x"})).status_code == 401
    bearer = {"authorization": f"bearer {token}"}
    nobody = await client.get("/reddit/search", params={"q": "x"}, headers=bearer | {"user-agent": ""})
    assert nobody.status_code == 429
    assert (await client.get("/reddit/search", params={"q": "x"}, headers=bearer)).status_code == 200
    assert (await client.get("/reddit/comments/nosuch", headers=bearer)).status_code == 404
    app.state.reddit.tokens.clear()
    assert (await client.get("/reddit/search", params={"q": "x"}, headers=bearer)).status_code == 401
    assert app.state.reddit.window.refused == 0


def test_the_window_allows_bursts_and_then_waits() -> None:
    now = 0.0
    window = RateWindow(allowed=3, seconds=600, clock=lambda: now)
    assert [window.take() for _ in range(5)] == [True, True, True, False, False]
    assert window.refused == 2
    now = 200.5
    assert window.headers() == {"x-ratelimit-used": "3", "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "400"}
    now = 600.0
    assert window.take()
    assert window.headers()["x-ratelimit-remaining"] == "2.0"
    assert reddit_limit(100, 600).allowed == 1000


async def test_over_the_limit() -> None:
    app = samples_app(reddit_rpm=3, reddit_window=60, today=TODAY)
    app.state.reddit.tokens["known"] = float("inf")
    headers = {"authorization": "bearer known", "user-agent": "test/1"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:9", headers=headers) as client:
        answers = [await client.get("/reddit/search", params={"q": "Larkmoor", "limit": "1"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[2].headers["x-ratelimit-remaining"] == "0.0"
    assert 0 < int(answers[3].headers["x-ratelimit-reset"]) <= 60
    assert answers[3].json() == {"message": "Too Many Requests", "error": 429}
    assert app.state.reddit.window.refused == 2
    assert [seen.status for seen in app.state.log] == [200, 200, 200, 429, 429]


async def test_the_feed_is_atom(client: httpx.AsyncClient) -> None:
    answer = await client.get("/reddit-rss/r/interviews+jobs/search.rss", params={"q": "Larkmoor", "restrict_sr": "1"})
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = ET.fromstring(answer.content).findall("a:entry", space)  # noqa: S314 -- our own
    assert len(entries) > 5
    places = {place.get("term") for entry in entries for place in entry.findall("a:category", space)}
    assert places == {"interviews", "jobs"}
    assert all(entry.findtext("a:id", "", space).startswith("t3_zz") for entry in entries)
    assert (await client.get("/reddit-rss/search.rss?q=x", headers={"user-agent": ""})).status_code == 429
