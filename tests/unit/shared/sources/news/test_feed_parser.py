"""Feeds of every dialect, and answers that are none: stories, or a reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from shared.sources.news.feed_parser import MOST, parse
from shared.sources.news.language import language_of, primary
from tests.support.real_data import REAL_DATA

URL = "https://news.example/feeds/main.xml"
REAL = REAL_DATA / "feeds"

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A &amp; B</title><language>de-AT</language>
<item><title>Größere Züge &amp;amp; &lt;b&gt;mehr&lt;/b&gt;</title><link>/a/1?utm_source=x</link>
<pubDate>Mon, 02 Nov 2026 08:00:00 +0100</pubDate>
<description>&lt;p&gt;Erster Satz.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&lt;p&gt;Zweiter.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A &amp; B</title>
<entry><title type="html">Larger trains</title><id>tag:1</id><link href="https://news.example/a/1"/><updated>2026-11-02T07:00:00Z</updated>
<content type="html">&lt;p&gt;First.&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>A &amp; B</title></channel>
<item rdf:about="https://news.example/a/1"><title>Larger trains</title><link>https://news.example/a/1</link><description>First.</description>
<dc:date>2026-11-02T07:00:00Z</dc:date></item></rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "A & B",
    "items": [
        {"id": "1", "url": "https://news.example/a/1", "title": "Larger trains", "content_html": "<p>First.</p>", "date_published": "2026-11-02T07:00:00Z"},
        {"id": 5, "content_text": "A note without a title. And more of it."},
        {"title": "Odd", "url": 7, "date_published": "9999999", "content_html": "<script>alert(1)</script>"},
        "no item",
    ],
}  # fmt: skip


@pytest.mark.parametrize("feed", [ATOM, RDF, json.dumps(JSON)], ids=["atom", "rdf", "json"])
def test_dialects(feed: str) -> None:
    parsed = parse(feed.encode(), {}, URL)
    first = parsed.stories[0]
    assert (parsed.title, parsed.reason) == ("A & B", "")
    assert (first.title, first.summary, first.url) == ("Larger trains", "First.", "https://news.example/a/1")
    assert (first.published, first.feed, first.feeds) == (1793602800.0, "A & B", ("A & B",))


def test_rss_as_plain_text_with_whole_links() -> None:
    one = parse(RSS.encode(), {"content-type": "application/rss+xml; charset=utf-8"}, URL).stories[0]
    assert (one.title, one.summary) == ("Größere Züge & mehr", "Erster Satz.\n\nZweiter.")
    assert (one.url, one.language, one.published) == ("https://news.example/a/1", "de", 1793602800.0)


def test_a_json_feed_with_oddities() -> None:
    _, *others = parse(json.dumps(JSON).encode(), {}, URL).stories
    assert {(one.title, one.summary, one.url) for one in others} == {
        ("A note without a title. And more of it.", "A note without a title. And more of it.", ""),
        ("Odd", "", ""),
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the answer was empty"),
        (b" \n", "the answer was empty"),
        (b"<!DOCTYPE html><html><head><title>x</title></head><body>Hello</body></html>", "the address answers with a web page, no feed"),
        (
            b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
            "the address answers with a web page, no feed; the page names one: https://news.example/feed.xml",
        ),
        (b"\x00\x01\x02\xff" * 50, "the answer is no feed"),
        (b"%PDF-1.7", "the answer is no feed"),
        (b'{"error": "no"}', "the answer is JSON, but no JSON Feed"),
        (b"{" * 200_000, "the answer is JSON, but no JSON Feed"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "the feed has no entries that say anything"),
        (b"<rss version='2.0'><channel><item><link>https://x.example</link></item></channel></rss>", "the feed has no entries that say anything"),
    ],
)  # fmt: skip
def test_what_is_no_feed_has_a_reason(content: bytes, reason: str) -> None:
    parsed = parse(content, {"content-type": "text/html"}, URL)
    assert (parsed.stories, parsed.reason) == ((), reason)


def test_bytes_that_name_a_file_open_none(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS)
    assert parse(str(file).encode(), {}, URL).stories == ()


def test_entities_lead_nowhere_and_explode_into_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    item = "<rss version='2.0'><channel><item><title>x &a; y</title></item></channel></rss>"
    outside = f"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file://{secret}'>]>{item}"
    assert "secret" not in str(parse(outside.encode(), {}, URL))
    lol = "<!ENTITY z 'lol'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{('&' + (chr(97 + n) if n else 'z') + ';') * 10}'>" for n in range(10)
    )
    parsed = parse(f"<!DOCTYPE rss [{lol}]>{item.replace('&a;', '&k;')}".encode(), {}, URL)
    assert len(str(parsed)) < 2000


@pytest.mark.parametrize(
    ("encoding", "text", "language"),
    [
        ("big5", "台積電第三季營收創新高，法人看好明年成長動能，外資持續買超。", "zh"),
        (
            "koi8-r",
            "Как пережить новогоднюю ночь и не потерять деньги на бирже: советы опытных инвесторов и простые правила",
            "ru",
        ),
        (
            "euc-jp",
            "東京株式市場は続伸して取引を終えた。半導体関連が買われ、指数は一カ月ぶりの高値となった。投資家は来週の決算発表に注目している。",
            "ja",
        ),
    ],
)
def test_an_encoding_that_nobody_names_is_guessed(encoding: str, text: str, language: str) -> None:
    feed = f"<rss version='2.0'><channel><title>x</title><item><title>{text}</title><description>{text}!</description></item></channel></rss>"
    one = parse(feed.encode(encoding), {"content-type": "text/xml"}, URL).stories[0]
    assert (one.title, one.language) == (text, language)


def test_an_encoding_that_is_named_wrongly_does_no_harm() -> None:
    feed = RSS.replace('"1.0"?', '"1.0" encoding="utf-16"?').encode()
    assert parse(feed, {"content-type": "application/rss+xml; charset=x-none"}, URL).stories[0].title == "Größere Züge & mehr"


def test_only_the_latest_are_kept_each_once() -> None:
    items = "".join(
        f"<item><title>Story {n}</title><guid>g{n}</guid><pubDate>Mon, 02 Nov 2026 08:00:{n % 60:02} GMT</pubDate></item>"
        for n in range(90)
    )
    parsed = parse(f"<rss version='2.0'><channel>{items}{items}</channel></rss>".encode(), {}, URL)
    assert len(parsed.stories) == len({one.id for one in parsed.stories}) == MOST
    assert [one.published for one in parsed.stories] == sorted((one.published for one in parsed.stories), reverse=True)


def test_breaking_off_keeps_what_came() -> None:
    parsed = parse(RSS[: RSS.index("</channel>")].encode(), {}, URL)
    assert [one.title for one in parsed.stories] == ["Größere Züge & mehr"]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real samples are not here")
def test_every_real_sample_gives_stories_or_a_reason() -> None:
    kinds: Counter[str] = Counter()
    for file in sorted(path for path in REAL.rglob("*.*") if path.is_file()):
        content = file.read_bytes()
        said = re.findall(r"(?im)^\s*Header:\s*([\w-]+):\s*(.+)$", content[:3000].decode("latin-1"))
        parsed = parse(content, {name.lower(): value.strip() for name, value in said}, URL)
        assert bool(parsed.stories) != bool(parsed.reason), file
        kinds["stories" if parsed.stories else parsed.reason] += 1
    assert sum(kinds.values()) > 100
    assert kinds["stories"] >= 30
    assert not [reason for reason in kinds if "too broken" in reason]


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Larkmoor opens payouts", "", ""),
        ("Larkmoor opens payouts", "en-us", "en"),
        ("Larkmoor eröffnet", "DE_at", "de"),
        ("台積電 TSMC 第三季營收創新高", "en-us", "zh"),
        ("任天堂の新型機が発売された", "", "ja"),
        ("삼성전자 3분기 실적", "", "ko"),
        ("Новости дня", "uk", "uk"),
        ("Новости дня", "", "ru"),
        ("Plain words", "zh-TW", ""),
        ("", "", ""),
    ],
)
def test_languages(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


def test_tags() -> None:
    assert [primary(tag) for tag in ("zh-Hant-TW", "EN", "pt_BR", "", "english", "x")] == ["zh", "en", "pt", "", "", ""]


def test_feedparser_is_imported_when_a_feed_is_read() -> None:
    code = "import sys, shared.sources.news.read_feeds; print({'feedparser', 'charset_normalizer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == "set()"
