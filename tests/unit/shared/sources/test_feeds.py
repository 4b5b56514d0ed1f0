"""Reddit's feed and Hacker News as sources."""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.errors import Permanent, Transient
from shared.ports.web import Page
from shared.sources import hackernews, reddit_rss
from tests.support.fakes import FakeWeb, fake_ports, page

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>search</title>
<entry><author><name>/u/someone</name></author><category term="interviews" label="r/interviews"/>
<content type="html">&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;Two rounds &amp;amp; a chat.&lt;/p&gt;&lt;/div&gt;&lt;!-- SC_ON --&gt; &amp;#32; submitted by &amp;#32; &lt;a href=&quot;https://x.test&quot;&gt; /u/someone &lt;/a&gt; &lt;a&gt;[link]&lt;/a&gt; &lt;a&gt;[comments]&lt;/a&gt;</content>
<id>t3_abc1</id><link href="https://www.reddit.com/r/interviews/comments/abc1/acme_interview/"/>
<published>2025-03-01T10:00:00+00:00</published><title>Acme interview</title></entry>
<entry><id>t5_sub</id><link href="https://www.reddit.com/r/interviews/"/><title>a subreddit</title></entry>
<entry><id>t3_abc2</id><link href="javascript:x"/><title>a trap</title></entry>
<entry><id>t3_abc3</id><link href="https://www.reddit.com/r/jobs/comments/abc3/x/"/><published>9999-99-99T10:00:00Z</published><title>no date</title></entry>
</feed>"""
HOST = "https://x.test"


async def test_a_feed_becomes_posts() -> None:
    web = FakeWeb({HOST: page(HOST, FEED)})
    found = await reddit_rss.search("q", fake_ports(web=web, reddit_rss_url=HOST), places=("a", "b"))

    assert [post.id for post in found] == ["abc1", "abc3"]
    assert (found[0].title, found[0].body, found[0].place) == ("Acme interview", "Two rounds & a chat.", "interviews")
    assert (found[0].created, found[1].created) == (1740823200, 0)
    assert found[0].url == "https://www.reddit.com/r/interviews/comments/abc1/acme_interview/"
    url, call = web.calls[0]
    assert url == f"{HOST}/r/a+b/search.rss"
    assert (call["params"]["q"], call["params"]["restrict_sr"], call["trusted"]) == ("q", "1", True)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(HOST, status=429, retry_after="9"), Transient),
        (page(HOST, status=502), Transient),
        (page(HOST, status=403), Permanent),
        (page(HOST, "<html><body>blocked</body></html>", content_type="text/html"), Permanent),
        (page(HOST, b"\x00\xff"), Permanent),
    ],
)
async def test_a_feed_that_does_not_answer(answer: Page, kind: type[Exception]) -> None:
    with pytest.raises(kind) as error:
        await reddit_rss.search("q", fake_ports(web=FakeWeb({HOST: answer}), reddit_rss_url=HOST))
    assert getattr(error.value, "retry_after", None) is None  # another source is asked; nobody waits for a feed


def test_an_answer_that_names_a_file_opens_none(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text('<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>')
    with pytest.raises(Permanent) as caught:
        reddit_rss.posts(str(feed).encode())
    assert caught.value.code == "reddit_rss_odd_answer"


def test_an_empty_feed_is_an_answer() -> None:
    assert reddit_rss.posts(b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>') == []


async def test_hacker_news_stories() -> None:
    hits: list[Any] = [
        {
            "objectID": "11",
            "title": "Acme &amp; co",
            "story_text": "<p>Hi <i>there</i></p>",
            "points": 5,
            "num_comments": 2,
            "created_at_i": 1700000000,
        },
        {
            "objectID": "12",
            "title": "null everywhere",
            "story_text": None,
            "points": None,
            "num_comments": "3",
            "created_at_i": None,
        },
        {"objectID": "../x", "title": "trap"},
        {"objectID": "13"},
        None,
    ]
    web = FakeWeb({HOST: page(HOST, json.dumps({"hits": hits}))})
    first, second = await hackernews.search("Acme interview", fake_ports(web=web, hackernews_url=HOST), limit=20)

    assert (first.title, first.body, first.score, first.comment_count) == ("Acme & co", "Hi there", 5, 2)
    assert (second.body, second.score, second.comment_count, second.created) == ("", 0, 3, 0)
    assert first.url == "https://news.ycombinator.com/item?id=11"
    assert web.calls[0][0] == f"{HOST}/api/v1/search"
    assert web.calls[0][1]["params"] == {"query": "Acme interview", "tags": "story", "hitsPerPage": "20"}


async def test_hacker_news_comments_count_their_replies() -> None:
    item = {
        "children": [
            {"text": "<p>one</p>", "children": [{"text": "two", "children": None}, {"text": None}]},
            {"text": "[dead]"},
            5,
        ]
    }
    found = await hackernews.comments(
        "11", fake_ports(web=FakeWeb({f"{HOST}/api/v1/items/11": page(HOST, json.dumps(item))}), hackernews_url=HOST)
    )
    assert [(comment.body, comment.score) for comment in found] == [("one", 2), ("two", 0)]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(HOST, status=500), Transient),
        (page(HOST, status=429), Transient),
        (page(HOST, status=404), Permanent),
        (page(HOST, "<html>"), Permanent),
        (page(HOST, "[]"), Permanent),
        (page(HOST, '{"hits": 5}'), Permanent),
    ],
)
async def test_hacker_news_that_does_not_answer(answer: Page, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        await hackernews.search("q", fake_ports(web=FakeWeb({HOST: answer}), hackernews_url=HOST))
