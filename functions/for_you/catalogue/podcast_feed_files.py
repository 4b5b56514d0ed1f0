"""A podcast's feed file as episodes: RSS or Atom with `itunes:` tags. feedparser reads it from memory and fetches nothing."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.engine.store.paths import digest
from shared.errors import BadInput
from shared.records.given_file import bytes_of
from shared.sources.bounded_feedparser import bounded_feedparser
from shared.sources.news.feed_date_parser import is_impossible
from shared.sources.untrusted_values import from_html

ENDINGS = (".xml", ".rss", ".atom")
MOST_BYTES = 32 * 1024 * 1024
_DURATION = re.compile(r"\d{1,6}(?::\d{1,6}){0,2}")
_NUMBER = re.compile(r"\d{1,6}")


def read_file(path: Path) -> Iterator[dict[str, Any]]:
    """The episodes of a podcast's feed, saved as a file.

    Raises:
        BadInput: it cannot be read (`no_such_file`), or is no feed (`bad_import`).
    """
    if path.suffix.lower() not in ENDINGS:
        raise BadInput(
            f"{path} is of no kind that is read", code="bad_import", advice=f"Give .json, .jsonl, .csv or {', '.join(ENDINGS)}."
        )
    try:
        yield from episodes(bytes_of(path))
    except ValueError as error:
        raise BadInput(f"{path}: {error}", code="bad_import") from error


def episodes(content: bytes) -> Iterator[dict[str, Any]]:
    """The feed's episodes as rows of an import; their values are checked there.

    Raises:
        ValueError: it is no feed, or too large.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"the feed has more than {MOST_BYTES} bytes")
    parsed = bounded_feedparser().parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    feed, entries = parsed.get("feed", {}), parsed.get("entries", [])
    if not parsed.get("version") and not entries:
        raise ValueError("it is no feed")
    if not entries and parsed.get("bozo"):
        raise ValueError("the feed breaks off before its first episode")
    title = str(feed.get("title") or "")
    series = str(feed.get("podcast_guid") or digest(title, str(feed.get("link") or ""))[:24])
    shared = {
        "series_id": series, "series_title": title[:500], "language": str(feed.get("language") or "")[:20],
        "series_type": "serial" if str(feed.get("itunes_type") or "").strip().casefold() == "serial" else "episodic",
    }  # fmt: skip
    topics = _topics(feed)
    for entry in entries:
        yield {**shared, **_entry(entry, series), "categories": _topics(entry) or topics}


def _entry(entry: Any, series: str) -> dict[str, Any]:
    name = str(entry.get("id") or entry.get("link") or entry.get("title") or "")
    said = next((kind for kind in ("published", "updated") if entry.get(f"{kind}_parsed")), "")
    published = None if is_impossible(str(entry.get(said) or "")) else entry.get(f"{said}_parsed")
    described = entry.get("content", [{}])[0].get("value") if entry.get("content") else None
    made = {
        "id": f"{series}-{digest(name)[:16]}", "title": str(entry.get("title") or "").strip()[:500],
        "description": from_html(str(described or entry.get("summary") or ""))[:20_000], "url": _url(entry),
        "duration_s": _duration(entry.get("itunes_duration")), "season": _number(entry.get("itunes_season")),
        "number": _number(entry.get("itunes_episode")), "published_at": calendar.timegm(published) if published else 0,
    }  # fmt: skip
    return {field: value for field, value in made.items() if value not in ("", None)}


def _url(entry: Any) -> str:
    sounds = [link.get("href", "") for link in entry.get("links", ()) if link.get("rel") == "enclosure"]
    return str(next(iter(sounds), "") or entry.get("link") or "")[:2000]


def _duration(value: Any) -> str:
    """As the feed has it; nothing where that is no duration: an episode is not lost for it."""
    text = str(value or "").strip()
    return text if _DURATION.fullmatch(text) else ""


def _number(value: Any) -> int:
    found = _NUMBER.search(str(value or ""))
    return int(found[0]) if found else 0


def _topics(there: Any) -> list[str]:
    """Category names, the outer ones of nested ones first."""
    terms = (str(tag.get("term") or tag.get("label") or "").strip()[:100] for tag in there.get("tags", ()) or ())
    return [term for term in dict.fromkeys(terms) if term][:20]
