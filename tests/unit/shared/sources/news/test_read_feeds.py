"""Several feeds as one list: side by side, within one time, each story once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from infra.sample_sites.news.feeds import FEEDS, ODD
from infra.sample_sites.server import samples_app
from shared.ports.web import Page
from shared.sources.news.read_feeds import MOST_FEEDS, merged, read_feeds
from shared.sources.news.story import Story, from_json, link_key, plain_link, title_key
from tests.bench.posts.topics import world
from tests.unit.shared.sources.news.news_site import NewsSite, news_site, rss, xml


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[NewsSite]:
    async with news_site(tmp_path) as site:
        yield site


def story(title: str, url: str = "", feed: str = "A", published: float = 100.0, summary: str = "") -> Story:
    return Story(link_key(url) if url else title, title, summary, url, published, feed, feeds=(feed,))


async def test_a_feed_that_fails_costs_no_other(site: NewsSite) -> None:
    site.answers |= {
        "/good": xml(rss("Larkmoor opens payouts")),
        "/gone": xml("", 410),
        "/page": xml("<!doctype html><html><p>Hi</p></html>"),
    }
    news = await read_feeds([site.url(path) for path in ("/good", "/gone", "/page", "/good")], site.ports)
    assert [one.title for one in news.stories] == ["Larkmoor opens payouts"]
    assert len(news.problems) == 2
    assert any("410" in problem for problem in news.problems)
    assert any("web page, no feed" in problem for problem in news.problems)
    assert site.asked("/good") == 1


async def test_feeds_are_read_side_by_side_within_one_time(site: NewsSite) -> None:
    together = asyncio.Barrier(10)

    class Slow:
        def check(self, url: str) -> str:
            return url

        async def fetch(self, url: str, **_: Any) -> Page:
            await (asyncio.sleep(3600) if url.endswith("stuck") else together.wait())  # none comes before all are asked
            return Page(url, 200, {}, rss(url[-3:] + " has some news of its own").encode())

    object.__setattr__(site.ports, "web", Slow())
    news = await read_feeds(
        [*(f"https://feeds.example/{number:03}" for number in range(10)), "https://feeds.example/stuck"], site.ports, within=3.0
    )
    assert len(news.stories) == 10
    assert news.problems == ("https://feeds.example/stuck: it did not answer within 3 s",)


async def test_there_is_a_most_of_feeds_and_none_is_no_news(site: NewsSite) -> None:
    site.answers |= {f"/{number}": xml(rss(f"Story number {number} of them all")) for number in range(MOST_FEEDS + 3)}
    news = await read_feeds([site.url(path) for path in site.answers], site.ports)
    assert len(news.stories) == MOST_FEEDS
    assert news.problems == (f"3 more feeds were not read: at most {MOST_FEEDS} are",)
    assert (await read_feeds([], site.ports)).stories == ()


def test_a_story_that_several_feeds_tell_is_one() -> None:
    stories = [
        story("Larkmoor opens instant payouts", "https://a.example/x?utm_source=rss", "A", 300, "Short."),
        story("Larkmoor Opens Instant Payouts! - The Daily", "https://b.example/y", "B", 200, "A longer telling of it."),
        story("Payouts, instantly", "http://www.a.example/x/", "C", 250),
        story("Morning news", "https://a.example/1", "A", 90),
        story("Morning news", "https://b.example/2", "B", 80),
    ]
    one, *others = merged(stories)
    assert (one.title, one.published, one.feeds) == ("Larkmoor Opens Instant Payouts! - The Daily", 200, ("B", "C", "A"))
    assert one.also == ("http://www.a.example/x/", "https://a.example/x?utm_source=rss")
    assert [other.title for other in others] == ["Morning news", "Morning news"], "a title that says nothing joins nothing"
    assert merged(reversed(stories)) == merged(stories)
    assert from_json(one.as_json()) == one


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("https://News.Example:443/a?id=5&utm_source=x&UTM_medium=y&fbclid=z#top", "https://news.example/a?id=5"),
        ("http://news.example", "http://news.example/"),
        ("https://news.example/a?q=%E5%8F%B0&gclid=1", "https://news.example/a?q=%E5%8F%B0"),
        ("https://news.example/a?b=1&c", "https://news.example/a?b=1&c"),
        ("javascript:alert(1)", ""),
        ("https://[half", ""),
        ("https://x.example:99999/", ""),
        ("//news.example/a", ""),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_links_lose_what_only_counts_readers(link: str, plain: str) -> None:
    assert plain_link(link) == plain


def test_keys() -> None:
    assert (
        len(
            {
                link_key(link)
                for link in (
                    "https://a.example/x",
                    "http://www.a.example/x/",
                    "https://m.a.example/x/amp",
                    "https://a.example/x?gclid=1",
                )
            }
        )
        == 1
    )
    assert link_key("https://a.example/x?id=1") != link_key("https://a.example/x?id=2")
    assert title_key("台積電第三季營收創新高") == title_key("台積電第三季　營收創新高！") != ""
    assert title_key("早安新聞") == title_key("News today") == ""


async def test_the_sample_feeds_are_read(tmp_path: Path) -> None:
    async with world(tmp_path) as w:
        news = await read_feeds(w.feeds(*FEEDS, *ODD), w.ports)
        assert len(news.stories) > 80
        assert {one.language for one in news.stories} == {"en", "zh"}
        assert all("utm_" not in one.url and "<" not in one.summary and one.published <= w.clock.now() for one in news.stories)
        assert sorted(problem.rpartition("/")[2] for problem in news.problems) == [
            "busy.rss: it is asked too often (HTTP 429)", "gone.rss: it is gone for good (410), and is asked no more"
        ]  # fmt: skip
        assert len({one.title for one in news.stories}) == len(news.stories), "what moved or broke off tells nothing twice"
        before = {one.id for one in news.stories}
        w.set(w.clock.today.replace(day=20))
        after = {one.id for one in (await read_feeds(w.feeds(*FEEDS), w.ports)).stories}
        assert not before & after, "the samples go on with the days"
        statuses = [seen.status for seen in w.requests if seen.path == "/news/old.rss"]
        assert statuses == [301, 301]
        assert samples_app().state.news.today is None
