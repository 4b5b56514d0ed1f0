"""A feed's bytes as stories. feedparser reads every dialect; it never fetches here, and never opens a file."""

from __future__ import annotations

import calendar
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from shared.sources.bounded_feedparser import bounded_feedparser
from shared.sources.news.feed_date_parser import has_east_asian_date, is_impossible, is_standard, local_date
from shared.sources.news.feed_encoding import UTF_8, as_said, is_utf8, unpacked
from shared.sources.news.language import language_of
from shared.sources.news.long_texts import shortened
from shared.sources.news.story import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    LONGEST_URL,
    Story,
    is_general,
    link_key,
    plain_link,
    story_id,
    title_key,
)
from shared.sources.untrusted_values import as_text, as_time, clip, from_html, one_line, tidy
from shared.text.json_limits import check_json_size

MOST = 60
"""Stories kept of a feed, the latest."""
LOOKED_AT = 500
"""Entries looked at."""
LONGEST_OPENING = 120
"""Characters of a text's beginning that stand in for a title: short posts have none."""
MOST_BYTES = 2 * 1024 * 1024
"""Of a feed that are parsed."""
MOST_TAGS = 10_000
"""Of them: the parser for broken feeds takes a hundred microseconds for each."""
QUOTED, LINES = 8, 40
"""Tags and entities inside texts, and line ends, that take as long as one tag."""
IN_PLACE = 16 * 1024
"""Bytes of a feed that are parsed in this process; more go to a child process. feedparser has more patterns than anybody has tried."""
_ENTRY_ENDS = (b"</item>", b"</entry>")
_PREFIXED = re.compile(rb"(</?)rss:")
_NO_TAG = re.compile(
    r"<(?!/?(?:a|abbr|article|aside|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|li|link|main|mark"
    r"|nav|ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|video|audio|wbr)(?:[\s/>]|$)|!|\?)",
    re.IGNORECASE,
)
"""A sign that begins no tag of HTML: `List<String>`, `a < b`."""
_LINES = "text/plain; format=lines"
"""Our name for text whose line ends mean something."""
_HEADERS = ("content-type", "content-language")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed's stories, latest first; `published` is 0 for what has no date. Without stories, `reason` says why."""

    title: str = ""
    stories: tuple[Story, ...] = ()
    reason: str = ""


def parse(content: bytes, headers: Mapping[str, str], url: str) -> Parsed:
    """The stories of an answer fetched from `url` with these headers (lower-case names). Never raises."""
    content = unpacked(content)
    if not content.strip():
        return Parsed(reason="the answer was empty")
    if content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"{":  # as UTF-16, too
        return _json_feed(content, url)
    if len(fitting(content)) < len(content):
        content = fitting(shortened(content))
    try:
        parsed = _feedparser(content, headers, url)
        if not dict.get(parsed, "version") and not dict.get(parsed, "entries") and is_utf8(content):
            parsed = _feedparser(content, {**headers, "content-type": UTF_8}, url)  # whatever it says
    except Exception as error:  # noqa: BLE001 - strangers' bytes in a parser that is no fortress (it raises whatever it meets)
        return Parsed(reason=f"the feed is too broken to read ({type(error).__name__})")
    entries, version = dict.get(parsed, "entries", []), dict.get(parsed, "version", "")
    if not entries and _PREFIXED.search(content[:200_000]):
        return parse(_PREFIXED.sub(rb"\1", content), headers, url)
    if not version and not entries:
        return Parsed(reason=_no_feed(content, parsed))
    feed = dict.get(parsed, "feed", {})
    title = one_line(dict.get(feed, "title"))[:LONGEST_TITLE]
    declared = as_text(dict.get(feed, "language"))
    plain = version.startswith("atom")
    return _stories(entries, title, declared, url, plain=plain)


def _stories(entries: Sequence[Any], title: str, declared: str, url: str, *, plain: bool) -> Parsed:
    """The latest entries as stories: some feeds put their newest last."""
    latest = sorted(entries, key=lambda entry: -_published(entry))[:LOOKED_AT]
    found = [story for entry in latest if (story := _story(entry, title or url, declared, url, plain=plain)) is not None]
    once = {story.id: story for story in reversed(_told_apart(found))}
    stories = sorted(once.values(), key=lambda story: (-story.published, story.id))[:MOST]
    return Parsed(title, tuple(stories), "" if stories else "the feed has no entries that say anything")


def fitting(content: bytes) -> bytes:
    """As much of a feed as is read: of one that is too long its beginning and its end, whichever has the newest."""
    most = min(MOST_BYTES, int(len(content) * min(1.0, MOST_TAGS / max(_work(content), 1))))
    if len(content) <= most:
        return content
    half = most // 2
    head = max(content.rfind(end, 0, half) + len(end) for end in _ENTRY_ENDS)
    tail = max(content.find(end, len(content) - half) + len(end) for end in _ENTRY_ENDS)
    return content[:head] + content[tail:] if len(content) - half < tail else content[:head]


def _work(content: bytes) -> int:
    """What a parser has to do with it, in tags. Those in a CDATA section or escaped are text to it, cleaned afterwards."""
    first, *sections = content.split(b"<![CDATA[")
    ends = [max(section.find(b"]]>"), 0) for section in sections]
    quoted = sum(section.count(b"<", 0, end) for section, end in zip(sections, ends, strict=True)) + content.count(b"&")
    tags = first.count(b"<") + sum(section.count(b"<", end) for section, end in zip(sections, ends, strict=True))
    return tags + quoted // QUOTED + content.count(b"\n") // LINES


def _feedparser(content: bytes, headers: Mapping[str, str], url: str) -> Any:
    content, charset = as_said(content, headers)
    sent = {name: headers[name] for name in _HEADERS if name in headers} | ({"content-type": charset} if charset else {})
    # A file object on purpose: feedparser takes bare bytes for the name of a file, if there is one of that name.
    return bounded_feedparser().parse(io.BytesIO(content), response_headers={**sent, "content-location": url})


def _story(entry: Any, feed: str, declared: str, address: str = "", *, plain: bool = False) -> Story | None:
    # `dict.get`: feedparser's own would answer with another field, and a warning, for one that is missing.
    title = clip(one_line(_text(entry, "title", plain=plain)), LONGEST_TITLE)
    parts = dict.get(entry, "content", [])
    told = [_text(entry, "summary", plain=plain), *(_typed(part.get("value"), part, plain=plain) for part in parts)]
    summary = next((text for value in told if (text := clip(value, LONGEST_SUMMARY)) and text != title), "")
    title = title or clip(summary.partition("\n")[0], LONGEST_OPENING)
    if not title:
        return None
    url = plain_link(as_text(dict.get(entry, "feedburner_origlink"))) or plain_link(as_text(dict.get(entry, "link")))
    published = _published(entry)
    guid = as_text(dict.get(entry, "id"))[:LONGEST_URL]
    language = language_of(f"{title} {summary}", declared)
    general = is_general(url)
    named = story_id("", "", f"{url} {title}") if general and not guid else story_id(url, guid, title, address)
    return Story(named, title, summary, url, published, feed, language, feeds=(feed,), common_link=general)


def _text(entry: Any, name: str, *, plain: bool) -> str:
    value = dict.get(entry, name)
    same = (
        part for part in dict.get(entry, "content", []) if part.get("value") == value
    )  # feedparser's summary of an entry without one
    return _typed(value, dict.get(entry, f"{name}_detail") or next(same, {}), plain=plain)


def _typed(value: Any, detail: Any, *, plain: bool) -> str:
    """A text by its type: what an Atom or JSON feed calls text is text, whatever it looks like; a JSON feed's has its own lines."""
    kind = dict.get(detail, "type") if plain else ""
    if kind == _LINES:
        return tidy(as_text(value))
    return " ".join(as_text(value).split()) if kind == "text/plain" else _html(value)


def _html(value: Any) -> str:
    """Markup as text: line breaks of its source are spaces, only its tags break lines; what is no tag of HTML stays."""
    return from_html(_NO_TAG.sub(lambda match: match[0].replace("<", "&lt;"), " ".join(as_text(value).split())))


def _published(entry: Any) -> float:
    """POSIX seconds by the first date that can be read; 0 without one."""
    every = ("published", "created", "updated")
    kinds = [kind for kind in every if not is_impossible(as_text(dict.get(entry, kind)))]
    said = [as_text(dict.get(entry, kind)) for kind in kinds]
    if east_asian := next((when for text in said if has_east_asian_date(text) and (when := local_date(text))), 0.0):
        return east_asian
    odd = next((when for text in said if text and not is_standard(text) and (when := local_date(text))), 0.0)
    parsed = odd or next((when for kind in kinds if (when := _time(dict.get(entry, f"{kind}_parsed")))), 0.0)
    return parsed or next((when for text in said if (when := local_date(text))), 0.0)


def _time(date: Any) -> float:
    try:
        return as_time(calendar.timegm(date)) if date else 0.0
    except (ValueError, OverflowError, TypeError):
        return 0.0


def _told_apart(found: Sequence[Story]) -> list[Story]:
    """Stories that share a link, which tells nothing of them then: by the names that their feed has for them, else by their titles."""
    alike = defaultdict(set)
    for story in found:
        alike[story.url].add((story.id, title_key(story.title) or story.title))
    return [
        story
        if not story.url or len(alike[story.url]) == 1
        else replace(
            story,
            common_link=True,
            id=story.id if story.id != link_key(story.url) else story_id("", "", f"{story.url} {story.title}"),
        )
        for story in found
    ]


def _no_feed(content: bytes, parsed: Any) -> str:
    if not re.search(rb"<(?:!doctype\s+)?html[\s>]", content[:2000], re.IGNORECASE):
        return "the answer is no feed"
    links = dict.get(dict.get(parsed, "feed", {}), "links", [])
    named = [as_text(link.get("href")) for link in links if link.get("rel") == "alternate" and "xml" in link.get("type", "")]
    return (
        f"the address answers with a web page, no feed; the page names one: {named[0][:200]}"
        if named
        else ("the address answers with a web page, no feed")
    )


def _json_feed(content: bytes, url: str) -> Parsed:
    """JSON Feed 1.1 (jsonfeed.org), which feedparser does not read."""
    try:
        check_json_size(content)
        data = json.loads(content)
        items, said = data["items"], as_text(data.get("version"))
    except (ValueError, KeyError, RecursionError):
        return Parsed(reason="the answer is JSON, but no JSON Feed")
    if "jsonfeed.org/version/" not in said or not isinstance(items, list):
        return Parsed(reason="the answer is JSON, but no JSON Feed")
    entries = [_json_entry(item, url) for item in items if isinstance(item, dict)]
    return _stories(entries, one_line(data.get("title"))[:LONGEST_TITLE], as_text(data.get("language")), url, plain=True)


def _json_entry(item: dict[str, Any], feed: str) -> dict[str, Any]:
    """A JSON Feed's item by feedparser's names. Its HTML is used only where nothing plainer is there, and holds no script."""
    markup = as_text(item.get("content_html"))
    safe = "" if re.search(r"<(?:script|style)", markup, re.IGNORECASE) else markup
    dates = {"published": as_text(item.get("date_published")), "updated": as_text(item.get("date_modified"))}
    return {
        "title": item.get("title"),
        "title_detail": {"type": "text/plain"},
        "link": _whole(feed, as_text(item.get("url") or item.get("external_url"))),
        "id": item.get("id") if not isinstance(item.get("id"), int) else str(item["id"]),
        "content": [
            *({"value": as_text(item.get(name)), "type": _LINES} for name in ("summary", "content_text")),
            {"value": safe, "type": "text/html"},
        ],
        **dates,
        **{f"{name}_parsed": _iso(value) for name, value in dates.items()},
    }


def _whole(feed: str, link: str) -> str:
    """A link as its feed means it: some are written from the feed's own address on."""
    try:
        return urljoin(feed, link) if link else ""
    except ValueError:
        return ""


def _iso(value: Any) -> Any:
    try:
        return datetime.fromisoformat(as_text(value)).astimezone(UTC).timetuple()
    except (ValueError, OverflowError):
        return None
