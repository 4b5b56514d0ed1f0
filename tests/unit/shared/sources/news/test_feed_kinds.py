"""Kinds of feeds that were misread: shared links, newest last, dates in words, types of text, prefixes, sizes, hard-wrapped lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from shared.sources.news.feed_date_parser import local_date
from shared.sources.news.feed_parser import MOST_BYTES, parse
from shared.sources.news.long_texts import shortened
from shared.sources.news.read_feeds import merged

URL = "http://news.example/feed"
XML = {"content-type": "application/xml; charset=utf-8"}


def rss(*items: str, prefix: str = "") -> bytes:
    body = "".join(items)
    return f'<?xml version="1.0"?><{prefix}rss version="2.0"><{prefix}channel><{prefix}title>t</{prefix}title>{body}</{prefix}channel></{prefix}rss>'.encode()


def item(title: str, link: str = "", guid: str = "", date: str = "", text: str = "") -> str:
    return (
        f"<item><title>{title}</title>" + (f"<link>{link}</link>" if link else "") + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
        + (f"<pubDate>{date}</pubDate>" if date else "") + f"<description>{text or 'Something happened in the harbour of the northern town.'}</description></item>"
    )  # fmt: skip


@pytest.mark.parametrize(
    "link", ["http://news.example/advisories/", "http://news.example/", "http://news.example/a/b/notices.php"]
)
def test_stories_that_share_a_link_are_several_and_a_later_one_is_new(link: str) -> None:
    first = parse(rss(*(item(f"Story number {n} of the northern harbour", link, f"ADV-{n}") for n in range(4))), XML, URL).stories
    assert len({story.id for story in first}) == len(merged(first)) == 4
    (later,) = parse(rss(item("Ferry company orders three hydrogen ships", link, "ADV-9")), XML, URL).stories
    assert later.id not in {story.id for story in first}


def test_one_link_in_two_feeds_is_one_story() -> None:
    link = "http://news.example/2026/ferry-orders-ships"
    one = parse(rss(item("Ferry company orders ships", link, "a-1")), XML, URL).stories
    other = parse(rss(item("Ships ordered by the ferry company", link, "b-7")), XML, "http://other.example/feed").stories
    assert len(merged((*one, *other))) == 1


def test_a_feed_with_its_newest_last_gives_its_newest() -> None:
    dates = [datetime.fromtimestamp(1_700_000_000 + 3600 * n, UTC) for n in range(700)]
    found = parse(
        rss(
            *(
                item(f"Bulletin number {n}", f"http://news.example/b/{n}", "", f"{date:%a, %d %b %Y %H:%M:%S} +0000")
                for n, date in enumerate(dates)
            )
        ),
        XML,
        URL,
    )
    assert found.stories[0].title == "Bulletin number 699"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("samedi 28 novembre 2026 17:07:24 +0100", "2026-11-28T16:07:24"), ("Sat, Nov 28 2026 19:07:24 +0000", "2026-11-28T19:07:24"), ("28. März 2026 08:00", "2026-03-28T08:00:00"),
        ("1er août 2026", "2026-08-01T00:00:00"), ("lunes, 5 de octubre de 2026 9:30", "2026-10-05T09:30:00"), ("2026年11月28日 20:15", "2026-11-28T20:15:00"), ("November 3rd, 2026 4:05 pm", "2026-11-03T16:05:00"),
        ("28 listopada 2026", "2026-11-28T00:00:00"), ("28 Kasım 2026 10:00", "2026-11-28T10:00:00"), ("3 Aralık 2026", "2026-12-03T00:00:00"), ("2026년 11월 28일", "2026-11-28T00:00:00"), ("soon", ""), ("", ""), ("31 février 2026", ""),
    ],
)  # fmt: skip
def test_a_date_in_words_is_a_date(text: str, iso: str) -> None:
    assert local_date(text) == (datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() if iso else 0)


def test_text_that_looks_like_tags_is_text() -> None:
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><title>Browsers drop the &lt;marquee&gt; element</title><id>u:1</id></entry><entry><title type="text">List&lt;String&gt; is slower than List&lt;int&gt;</title><id>u:2</id></entry><entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; claim</title><id>u:3</id></entry></feed>'
    assert {story.title for story in parse(atom, XML, URL).stories} == {
        "Browsers drop the <marquee> element",
        "List<String> is slower than List<int>",
        "A bold claim",
    }
    (story,) = parse(rss(item("Why List&lt;String&gt; is &lt;b&gt;slow&lt;/b&gt;")), XML, URL).stories
    assert story.title == "Why List<String> is slow"


def test_prefixed_elements_are_read() -> None:
    prefixed = (
        rss(item("A story with a prefix on all its names"), prefix="rss:")
        .replace(b"<item>", b"<rss:item>")
        .replace(b"</item>", b"</rss:item>")
    )
    prefixed = prefixed.replace(b"<title>A", b"<rss:title>A").replace(b"names</title>", b"names</rss:title>")
    assert [story.title for story in parse(prefixed, XML, URL).stories] == ["A story with a prefix on all its names"]


def test_hard_wrapped_lines_are_no_breaks() -> None:
    (story,) = parse(rss(item("One\n title", text="The first\nline goes\non.&lt;br&gt;The second.")), XML, URL).stories
    assert (story.title, story.summary) == ("One title", "The first line goes on.\nThe second.")


@pytest.mark.parametrize("newest_last", [False, True])
def test_of_a_feed_that_is_too_long_what_fits_is_read(newest_last: bool) -> None:
    days = range(1, 29) if newest_last else range(28, 0, -1)
    items = [
        item(f"Story {day}-{n}", f"http://news.example/{day}/{n}", "", f"{day} Nov 2026 10:00:00 +0000", "word " * 600)
        for day in days
        for n in range(60)
    ]
    content = rss(*items)
    assert len(content) > MOST_BYTES
    assert parse(content, XML, URL).stories[0].title.startswith("Story 28-")


XHTML = '<content type="xhtml" xml:lang="en"><div xmlns="http://www.w3.org/1999/xhtml">{}</div></content>'


@pytest.mark.parametrize(
    "form",
    [XHTML, '<content type="html">{}</content>', "<content type='html'><![CDATA[{}]]></content>"],
    ids=["xhtml", "escaped", "section"],
)
@pytest.mark.parametrize(("entries", "paragraphs"), [(80, 330), (1300, 20)])
def test_of_a_feed_with_long_texts_every_story_is_read_with_its_beginning(form: str, entries: int, paragraphs: int) -> None:
    """Texts in markup are most of what such a feed has; a summary needs the first of it."""
    body = "".join(
        f'<p>Paragraph {n} of <em>Tea &amp; Co</em>, <a href="http://a.example/{n}">more</a> 茶葉.</p>\n'
        for n in range(paragraphs)
    )
    if 'type="html">{}' in form:
        body = body.replace("&", "&amp;").replace("<", "&lt;")
    made = [
        f"<entry><title>Story {n}</title><id>{n}</id><link href='http://a.example/s{n}'/><updated>2026-{1 + n % 12:02}-{1 + n // 12 % 28:02}T10:00:00Z</updated>{form.format(body)}</entry>"
        for n in range(entries)
    ]
    content = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{"".join(made)}</feed>'.encode()
    assert len(content) > MOST_BYTES
    stories = parse(content, {"content-type": "application/atom+xml"}, URL).stories
    assert len(stories) == 60
    assert all(story.summary.startswith("Paragraph 0 of Tea & Co, more 茶葉.") for story in stories)
    if entries == 80:  # the 60 newest of all of them
        assert {story.title for story in stories} == {
            f"Story {n}" for n in sorted(range(80), key=lambda n: (n % 12, n // 12))[20:]
        }


def test_a_long_text_is_cut_where_no_sign_is_broken() -> None:
    tags = b'<content type="xhtml"><div>' + b"<p class='x'>" * 2000 + b"</div></content><id>1</id>"
    assert shortened(tags).count(b"&lt;p class='x'>") == 461
    assert shortened(tags).endswith(b"</content><id>1</id>")
    entities = b"<summary>" + b"a&amp;" * 3000 + b"</summary>"
    assert shortened(entities) == b"<summary>" + b"a&amp;" * 1000 + b"</summary>"
    for whole in (
        b"<summary>" + b"x" * 9000 + b"</summary>",
        b"<summary>short</summary>",
        b"<content>open",
        b"<content/><id>1</id>",
    ):
        assert shortened(whole) == whole


@pytest.mark.parametrize(
    "said",
    [
        "2026年11月28日 20:15",
        "2026年11月28日(土) 20:15",
        "2026년 11월 28일 20:15",
        "28 Kasım 2026 20:15",
        "Cmt, 28 Kasım 2026 20:15",
    ],
)
def test_a_story_of_a_feed_with_such_dates_is_of_its_day(said: str) -> None:
    (story,) = parse(rss(item("Ferry company orders three hydrogen ships", "", "n-1", said)), XML, URL).stories
    assert datetime.fromtimestamp(story.published, UTC) == datetime(2026, 11, 28, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("mar, 20 gen 2026 08:30:00 GMT", "2026-01-20T08:30:00"), ("sex, 20 fev 2026 08:30:00 GMT", "2026-02-20T08:30:00"), ("Пт, 20 ноя 2026 11:30:00 +0300", "2026-11-20T08:30:00"),
        ("2026. november 20. 08:30", "2026-11-20T08:30:00"), ("5. října 2026 7:05", "2026-10-05T07:05:00"), ("3. kesäkuuta 2026", "2026-06-03T00:00:00"), ("20 листопада 2026 08:30", "2026-11-20T08:30:00"),
        ("9 أغسطس 2026 08:30", "2026-08-09T08:30:00"), ("17 Agustus 2026 10:00", "2026-08-17T10:00:00"), ("20261120T083000Z", "2026-11-20T08:30:00"), ("1795163400", "2026-11-20T08:30:00"),
        ("20/11/2026 08:30", "2026-11-20T08:30:00"), ("11/20/2026 8:30:00 AM", "2026-11-20T08:30:00"), ("20.11.2026 08:30", "2026-11-20T08:30:00"), ("20-Nov-2026 08:30", "2026-11-20T08:30:00"),
        ("Fri, 20 Nov 2026 03:30 EST", "2026-11-20T08:30:00"), ("Tue, 3 Mar 2026 08:30:00 GMT", "2026-03-03T08:30:00"), ("2026-11-20T09:30:00+01:00", "2026-11-20T08:30:00"),
    ],
)  # fmt: skip
def test_a_feed_s_date_is_read_however_it_is_written(text: str, iso: str) -> None:
    (story,) = parse(rss(item("Ferry runs on ammonia", "http://news.example/a", "", text)), XML, URL).stories
    assert story.published == datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "said",
    [
        "2026-02-30T10:00:00Z", "2026-02-30", "2026-02-29T10:00:00Z", "2026-06-31 10:00:00", "2026-13-05T10:00:00Z", "2026-00-10T10:00:00Z", "2026-11-32", "2026/2/30 10:00", "20260230T100000Z", "2026年2月30日",
        "2026-11-05T25:00:00Z", "2026-11-05T24:00:01Z", "2026-11-05T10:61:00Z", "2026-11-05T10:00:00+25:00", "2026-11-05T10:00:00+14:60", "2026-11-05T10:00:00-13:00", "2026-366", "2026-W54-1",
        "Mon, 30 Feb 2026 10:00:00 GMT", "29 Feb 2025 10:00:00 GMT", "05 Nov 2026 25:00:00 GMT", "05 Nov 2026 10:00:00 +9900", "05 Nov 2026 10:00:00 +1500", "30.02.2026", "Nov 31 2026 10:00",
    ],
)  # fmt: skip
def test_a_day_an_hour_or_a_zone_that_there_is_not_is_no_date(said: str) -> None:
    (story,) = parse(rss(item("Hello", "https://a.example/1", date=said)), {}, "https://a.example/f").stories
    assert story.published == 0
    (told,) = parse(json_feed({"id": "1", "title": "Hello", "date_published": said}), {}, "https://a.example/f").stories
    assert told.published == 0


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2028-02-29T10:00:00Z", "2028-02-29T10:00:00"), ("2026-11-05T24:00:00Z", "2026-11-06T00:00:00"), ("2026-11-05T23:59:60Z", "2026-11-06T00:00:00"), ("2026-11-05T10:00:00+14:00", "2026-11-04T20:00:00"),
        ("2026-11-05T10:00:00-12:00", "2026-11-05T22:00:00"), ("Thu, 05 Nov 2026 10:00:00 +0530", "2026-11-05T04:30:00"), ("2026-365", "2026-12-31T00:00:00"), ("20261105", "2026-11-05T00:00:00"),
    ],
)  # fmt: skip
def test_the_last_day_hour_and_zone_that_there_are_are_dates(said: str, iso: str) -> None:
    (story,) = parse(rss(item("Hello", "https://a.example/1", date=said)), {}, "https://a.example/f").stories
    assert story.published == datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp()


def test_another_date_stands_in_for_one_that_there_is_not() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>Hello</title><id>a</id>'
        "<published>2026-02-30T10:00:00Z</published><updated>2026-03-04T10:00:00Z</updated></entry></feed>"
    )
    (story,) = parse(atom.encode(), {}, "https://a.example/f").stories
    assert story.published == datetime(2026, 3, 4, 10, tzinfo=UTC).timestamp()


def test_a_date_that_might_be_two_is_none() -> None:
    assert local_date("5/11/2026 08:30") == 0
    assert local_date("5/5/2026") == datetime(2026, 5, 5, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_json_feed_with_relative_links_is_read_in_any_unicode(encoding: str) -> None:
    feed = '{"version": "https://jsonfeed.org/version/1.1", "title": "H", "items": [{"id": "1", "url": "/a", "title": "Ferry runs on ammonia"}]}'
    (story,) = parse(feed.encode(encoding), {}, "http://news.example/sub/feed.json").stories
    assert (story.url, story.title) == ("http://news.example/a", "Ferry runs on ammonia")


def test_a_link_that_counts_readers_gives_way_to_the_storys_own() -> None:
    body = item("Ferry runs on ammonia", "http://count.example/~r/x/1").replace(
        "</item>", "<fb:origLink>http://news.example/a</fb:origLink></item>"
    )
    feed = rss(body).replace(b"<rss ", b'<rss xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" ')
    (story,) = parse(feed, XML, URL).stories
    assert story.url == "http://news.example/a"


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("Sun, 08 Mar 2026 21:15:00 CET", "2026-03-08T20:15:00"), ("Sun, 08 Mar 2026 21:15:00 JST", "2026-03-08T12:15:00"), ("Sun, 08 Mar 2026 21:15:00 AEDT", "2026-03-08T10:15:00"),
        ("Sun, 08 Mar 2026 21:15:00 EST", "2026-03-09T02:15:00"), ("Sun, 08 Mar 2026 21:15:00 GMT", "2026-03-08T21:15:00"), ("Sun, 08 Mar 2026 21:15:00 UTC+8", "2026-03-08T13:15:00"),
        ("Sun, 08 Mar 2026 21:15:00 GMT-3:30", "2026-03-09T00:45:00"), ("8 mars 2026 à 21h15", "2026-03-08T21:15:00"), ("2026年3月8日 21時15分", "2026-03-08T21:15:00"), ("2026年3月8日 下午9:15", "2026-03-08T21:15:00"),
        ("2026년 3월 8일 오후 9:15", "2026-03-08T21:15:00"), ("8. März 2026, 21.15 Uhr", "2026-03-08T21:15:00"), ("8. mars 2026 kl. 21.15", "2026-03-08T21:15:00"), ("8 Mart 2026 21:15", "2026-03-08T21:15:00"),
        ("ndz., 8 mar 2026 21:15:00 +0100", "2026-03-08T20:15:00"), ("Paz, 8 Kas 2026 21:15:00 +0300", "2026-11-08T18:15:00"), ("8 paź 2026 21:15", "2026-10-08T21:15:00"), ("8 Αυγούστου 2026 9:15 μμ", "2026-08-08T21:15:00"),
        ("8 בנובמבר 2026", "2026-11-08T00:00:00"), ("8 พฤศจิกายน 2569", "2026-11-08T00:00:00"), ("8 พ.ย. 2569 21:15", "2026-11-08T21:15:00"), ("8 नवंबर 2026", "2026-11-08T00:00:00"), ("٨ نوفمبر ٢٠٢٦", "2026-11-08T00:00:00"),
        ("8 tháng 11, 2026", "2026-11-08T00:00:00"), ("民國115年11月8日", "2026-11-08T00:00:00"), ("令和8年11月8日", "2026-11-08T00:00:00"), ("8 d’abril de 2026", "2026-04-08T00:00:00"), ("2 hours ago", ""), ("30 lutego 2026", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_by_its_language_its_clock_and_its_zone(said: str, iso: str) -> None:
    (story,) = parse(rss(item("A story of that very day", "http://news.example/a/1", date=said)), XML, URL).stories
    assert story.published == (datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp() if iso else 0)


@pytest.mark.parametrize("guid", ["", "http://news.example/2026/log"])
def test_stories_of_one_page_without_names_of_their_own_are_told_apart_by_title(guid: str) -> None:
    bulletins = [
        item(f"Bulletin {word} of the northern harbour", "http://news.example/2026/log#top", guid)
        for word in ("one", "two", "three")
    ]
    found = parse(rss(*bulletins), XML, URL).stories
    assert len({story.id for story in found}) == len(merged(found)) == 3
    assert {story.links for story in found} == {()}


def test_a_page_that_is_linked_again_with_another_bulletin_is_another_story() -> None:
    (first,) = parse(rss(item("Bulletin one of the northern harbour", "http://news.example/live")), XML, URL).stories
    (later,) = parse(rss(item("Ferry company orders hydrogen ships", "http://news.example/live")), XML, URL).stories
    assert len(merged((first, later))) == 2


def test_a_story_that_is_told_twice_in_a_feed_is_one() -> None:
    twice = [item("One bulletin of the northern harbour", f"http{s}://news.example/2026/log?utm_source={s}") for s in ("", "s")]
    assert len(parse(rss(*twice), XML, URL).stories) == 1


@pytest.mark.parametrize(
    ("title", "said", "written"),
    [
        ("深水埗嘅舖頭喺邊度", "big5", "big5hkscs"), ("開发區鎔基喆", "gb2312", "gb18030"), ("①髙橋の店が開いた", "shift_jis", "cp932"), ("똠방각하가 왔다", "euc-kr", "cp949"), ("“It’s done”, they said…", "iso-8859-1", "cp1252"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by_header", [False, True])
def test_an_encoding_is_what_its_writers_mean_by_the_name(title: str, said: str, written: str, by_header: bool) -> None:
    declared = (
        rss(item(title, "http://news.example/a/1"))
        .decode()
        .replace('"1.0"', '"1.0"' if by_header else f'"1.0" encoding="{said}"', 1)
    )
    headers = {"content-type": f"text/xml; charset={said}"} if by_header else {}
    (story,) = parse(declared.encode(written), headers, URL).stories
    assert story.title == title


def json_feed(*items: Mapping[str, object]) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "f", "items": items}).encode()


def test_a_json_feeds_texts_are_plain_and_its_dates_are_read() -> None:
    found = parse(
        json_feed(
            {"id": 7, "title": "How <template> became an element", "content_html": "<p>It was <b>long</b>.</p>", "date_published": "3 février 2026"},
            {"id": "8", "content_text": "The first line is a title.\nThe second says more.", "date_published": "2026-02-02T10:00:00.123456789Z"},
        ),
        {}, URL,
    ).stories  # fmt: skip
    assert [(story.title, story.summary) for story in found] == [
        ("How <template> became an element", "It was long."),
        ("The first line is a title.", "The first line is a title.\nThe second says more."),
    ]
    assert [datetime.fromtimestamp(story.published, UTC).day for story in found] == [3, 2]


def test_a_json_feed_beyond_what_is_read_of_others_gives_its_newest() -> None:
    items = [
        {"id": str(n), "title": f"Bulletin number {n}", "content_text": "word " * 900, "date_published": f"2026-01-{n // 40 + 1:02d}T{n % 24:02d}:00:00Z"}
        for n in range(800)
    ]  # fmt: skip
    content = json_feed(*items)
    assert len(content) > MOST_BYTES
    assert parse(content, {}, URL).stories[0].published == datetime(2026, 1, 20, 23, tzinfo=UTC).timestamp()


def test_an_atom_feeds_plain_content_is_text() -> None:
    atom = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><title>A title of some length</title><id>u:1</id><content type="text">of &lt;i&gt; and others</content></entry></feed>'
    assert [story.summary for story in parse(atom, XML, URL).stories] == ["of <i> and others"]


def test_a_packed_file_is_read_and_a_broken_one_is_empty() -> None:
    packed = gzip.compress(rss(item("A story of some length", "http://news.example/a/1")))
    assert [story.title for story in parse(packed, {"content-type": "application/gzip"}, URL).stories] == [
        "A story of some length"
    ]
    assert parse(packed[:10] + b"no gzip", {}, URL).reason == "the answer was empty"
