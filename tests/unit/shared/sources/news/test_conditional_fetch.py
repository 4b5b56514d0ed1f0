"""One feed over real HTTP: asked again only with what we have, followed where it went, left alone when it says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.ports.clock import SystemClock
from shared.sources.news import conditional_fetch
from shared.sources.news.conditional_fetch import BACK_OFF, FRESH, LEASE, LONGEST_RETRY, FeedRead, read_feed
from tests.unit.shared.sources.news.news_site import NewsSite, news_site, rss, xml

HOUR, DAY = 3600.0, 86400.0


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[NewsSite]:
    async with news_site(tmp_path) as site:
        yield site


def titles(read: FeedRead) -> list[str]:
    return sorted(story.title for story in read.stories)


async def test_a_feed_that_has_not_changed_is_not_sent_again(site: NewsSite) -> None:
    def answer(request: Request) -> Response:
        same = (
            request.headers.get("if-none-match") == '"v1"'
            and request.headers.get("if-modified-since") == "Mon, 02 Nov 2026 08:00:00 GMT"
        )
        if same:
            return Response(status_code=304)
        return xml(rss("Larkmoor opens payouts"), etag='"v1"', last_modified="Mon, 02 Nov 2026 08:00:00 GMT")

    site.answers["/a"] = answer
    first = await site.read("/a")
    assert (await site.read("/a"), site.asked("/a")) == (first, 1), "what is fresh is not asked for"
    site.clock.time += FRESH
    assert await site.read("/a") == first
    assert (site.asked("/a"), titles(first), first.title) == (2, ["Larkmoor opens payouts"], "The Daily")
    sent = site.seen[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Mon, 02 Nov 2026 08:00:00 GMT")


async def test_what_moved_for_good_is_remembered_and_what_moved_for_now_is_not(site: NewsSite) -> None:
    site.answers |= {
        "/for-good": RedirectResponse("/new", 301),
        "/for-now": RedirectResponse("/new", 302),
        "/new": xml(rss("One")),
    }
    for path in ("/for-good", "/for-now"):
        for _ in range(3):
            assert titles(await site.read(path)) == ["One"]
            site.clock.time += DAY
    assert (await site.known("/for-good"))["address"] == site.url("/new")
    assert site.asked("/for-good") == 2, "once, and once more for how it moved"
    assert (await site.known("/for-now"))["address"] == site.url("/for-now")
    assert site.asked("/for-now") == 6


async def test_each_of_several_moves_is_learnt_and_only_up_to_the_first_for_now(site: NewsSite) -> None:
    site.answers |= {
        "/a": RedirectResponse("/b", 308),
        "/b": RedirectResponse("/c", 301),
        "/c": RedirectResponse("/d", 307),
        "/d": xml(rss("One")),
    }
    for _ in range(4):
        assert (await site.read("/a")).reason == ""
        site.clock.time += DAY
    assert (await site.known("/a"))["address"] == site.url("/c")


async def test_an_address_it_moved_to_that_keeps_failing_is_given_up(site: NewsSite) -> None:
    site.answers |= {"/old": RedirectResponse("/new", 301), "/new": xml(rss("One"))}
    await site.read("/old")
    site.answers |= {"/new": xml("", 404), "/old": xml(rss("Two"))}
    for _ in range(3):
        site.clock.time += 2 * DAY
        assert "nothing at this address (HTTP 404)" in (await site.read("/old")).reason
    site.clock.time += 2 * DAY
    assert titles(await site.read("/old")) == ["Two"]


async def test_what_is_gone_is_never_asked_again(site: NewsSite) -> None:
    site.answers["/gone"] = xml("", 410)
    for _ in range(3):
        read = await site.read("/gone")
        site.clock.time += 400 * DAY
    assert (read.stories, site.asked("/gone")) == ((), 1)
    assert "410" in read.reason


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("said", ["7200", "date"])
async def test_a_busy_site_is_left_alone_for_as_long_as_it_asks(site: NewsSite, status: int, said: str) -> None:
    site.answers["/busy"] = xml(
        "", status, retry_after=formatdate(site.clock.now() + 7200, usegmt=True) if said == "date" else said
    )
    assert f"HTTP {status}" in (await site.read("/busy")).reason
    site.answers["/busy"] = xml(rss("One"))
    site.clock.time += 7190
    assert ((await site.read("/busy")).stories, site.asked("/busy")) == ((), 1)
    site.clock.time += 20
    assert titles(await site.read("/busy")) == ["One"]


@pytest.mark.parametrize("said", ["soon", "-5", "99999999999999999999", "Mon, 99 Foo 2026"])
async def test_a_retry_after_that_makes_no_sense_does_no_harm(site: NewsSite, said: str) -> None:
    site.answers["/busy"] = xml("", 429, retry_after=said)
    await site.read("/busy")
    assert 0 < (await site.known("/busy"))["next_at"] - site.clock.now() <= LONGEST_RETRY


async def test_failures_are_asked_less_and_less_and_cost_no_story_that_is_known(site: NewsSite) -> None:
    site.answers["/a"] = xml(rss("One"))
    await site.read("/a")
    site.answers["/a"] = xml("<html><body>down for maintenance</body></html>", 500)
    pauses = []
    for _ in range(3):
        site.clock.time = (await site.known("/a"))["next_at"]
        read = await site.read("/a")
        assert (titles(read), "HTTP 500" in read.reason) == (["One"], True)
        pauses.append((await site.known("/a"))["next_at"] - site.clock.now())
    assert pauses == [BACK_OFF, 2 * BACK_OFF, 4 * BACK_OFF]
    site.answers["/a"] = xml(rss("Two"))
    site.clock.time += DAY
    assert (await site.read("/a")).reason == ""
    assert (await site.known("/a"))["failures"] == 0


async def test_a_broken_answer_is_not_taken_for_the_last_word(site: NewsSite) -> None:
    site.answers["/a"] = xml("<rss", etag='"broken"')
    assert (await site.read("/a")).reason
    assert (await site.known("/a"))["etag"] == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/feed", "http"),
        ("http://169.254.169.254/feed", "may not be fetched"),
        ("http://127.0.0.1:1/feed", "may not be fetched"),
        ("not an address", "http"),
    ],
)
async def test_an_address_that_may_not_be_fetched_is_a_reason(site: NewsSite, url: str, reason: str) -> None:
    assert reason in (await read_feed(url, site.ports, until=site.clock.now() + 15)).reason


async def test_a_redirect_into_the_network_is_a_reason(site: NewsSite) -> None:
    site.answers["/a"] = RedirectResponse("http://169.254.169.254/latest", 301)
    assert "may not be fetched" in (await site.read("/a")).reason
    assert (await site.known("/a"))["address"] == site.url("/a")


async def test_a_feed_without_end_is_a_reason(site: NewsSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditional_fetch, "MAX_BYTES", 10_000)
    site.answers["/a"] = xml(rss(*(f"Story number {number}" for number in range(200))))
    assert "larger than" in (await site.read("/a")).reason


async def test_many_who_want_it_at_once_ask_once(site: NewsSite) -> None:
    object.__setattr__(site.ports, "clock", SystemClock())
    site.answers["/a"] = xml(rss("One"))
    reads = await asyncio.gather(*(site.read("/a") for _ in range(12)))
    assert {tuple(titles(read)) for read in reads} == {("One",)}
    assert site.asked("/a") == 1


async def test_a_reader_that_died_is_not_waited_for_beyond_its_lease(site: NewsSite) -> None:
    site.answers["/a"] = xml(rss("One"))
    await conditional_fetch._take(conditional_fetch._unknown(site.url("/a")), None, site.clock.now(), site.ports)
    assert (await site.read("/a")).stories == ()
    site.clock.time += LEASE
    assert titles(await site.read("/a")) == ["One"]


async def test_dates_are_never_ahead_and_never_renewed(site: NewsSite) -> None:
    entry = "<item><title>{}</title><link>https://news.example/{}</link><pubDate>{}</pubDate></item>"
    began = site.clock.now()

    def answer(_: Request) -> Response:
        soon = formatdate(site.clock.now() + 5 * DAY, usegmt=True)
        now = formatdate(site.clock.now(), usegmt=True)
        items = entry.format("Ahead", 1, soon) + entry.format("Renewed", 2, now) + entry.format("Undated", 3, "")
        return xml(
            f"<rss version='2.0'><channel><title>x</title>{items}{entry.format('Old', 4, 'Mon, 05 Oct 2020 08:00:00 GMT')}</channel></rss>"
        )

    site.answers["/a"] = answer
    for _ in range(3):
        read = await site.read("/a")
        site.clock.time += 2 * DAY
    by_title = {story.title: story.published for story in read.stories}
    assert by_title == {"Ahead": began, "Renewed": began, "Undated": began, "Old": 1601884800.0}


async def test_the_answer_says_how_long_it_is_fresh_within_bounds(site: NewsSite) -> None:
    for path, said, fresh in (
        ("/a", "max-age=1800", 1800),
        ("/b", "max-age=5", 600),
        ("/c", "max-age=99999999", 3600),
        ("/d", "no-cache", 600),
    ):
        site.answers[path] = xml(rss("One"), cache_control=said)
        await site.read(path)
        assert (await site.known(path))["next_at"] == site.clock.now() + fresh
