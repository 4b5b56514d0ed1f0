"""One feed, asked as a good guest asks: not too often, with what we have, and not at all once it is gone.

What is known of it is one document, `feeds/{hash}`: its address by now, its `etag` and `last_modified`, its latest stories,
and `next_at`, before which nobody asks it. That one time is freshness, back-off, `Retry-After`, and the lease of whoever is
reading it: many agents that want a feed at the same moment ask it once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from shared.errors import Conflict, Permanent, PutBack, Transient
from shared.parser_process.run_in_child import aside
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update
from shared.ports.web import Page
from shared.retry_after import retry_after
from shared.sources.news.feed_encoding import GZIP
from shared.sources.news.feed_parser import IN_PLACE, parse
from shared.sources.news.story import Story, digest, from_json

FRESH, FRESHEST = 600.0, 3600.0
"""Seconds for which an answer is used again; longer if it says so (`Cache-Control: max-age`), up to the second."""
BACK_OFF, LONGEST_OFF = 900.0, 86400.0
"""Seconds after the first failure; doubled by each further one, up to the second."""
LONGEST_RETRY = 7 * 86400.0
"""A `Retry-After` beyond this is taken for a mistake."""
TIMEOUT, ASIDE, LEASE = 10.0, 3.0, 30.0
"""Seconds for one answer, for a question about a redirect, and after which a reader that has said nothing is given up."""
PERSISTENT = 3
"""Failures after which the address that a feed moved to is no longer believed."""
KEPT, EVER = 90 * 86400.0, 3650 * 86400.0
"""Seconds for which a feed is known that nobody asks for, and one that is gone."""
MAX_BYTES = 16 * 1024 * 1024
ACCEPT = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

_OK, _NOT_MODIFIED, _GONE, _BUSY = 200, 304, 410, (429, 503)
_FOR_GOOD = (301, 308)
_SAYS = {
    401: "it asks for a password",
    403: "it is closed to us",
    404: "there is nothing at this address",
    429: "it is asked too often",
}


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What a feed told, now or when it last answered. `reason` says what is wrong with it, if anything is."""

    url: str
    title: str = ""
    stories: tuple[Story, ...] = ()
    reason: str = ""


def path_of(url: str) -> str:
    """The document in which a feed is known."""
    return f"feeds/{digest(url)}"


async def read_feed(url: str, ports: Ports, *, until: float) -> FeedRead:
    """A feed's stories. Broken, gone, busy and slow feeds are answers too; `until` (POSIX seconds) bounds the wait.

    Raises:
        PutBack, Cancelled: the task that asks may not go on.
    """
    try:
        ports.web.check(url)
    except Permanent as error:
        return FeedRead(url, reason=error.message)
    while True:
        known, now = await ports.documents.get(path_of(url)), ports.clock.now()
        if known is not None and (known.data["gone"] or now < known.data["next_at"]):
            if not known.data["reading"] or now >= until:
                return _told(known.data)
            await ports.clock.sleep(0.2)  # somebody else is reading it
            continue
        data = known.data if known is not None else _unknown(url)
        with suppress(Conflict):
            version = await _take(data, known, now, ports)
            return await _read(data, version, until, ports)


def _unknown(url: str) -> Data:
    return {
        "url": url, "address": url, "etag": "", "last_modified": "", "title": "", "stories": [], "reason": "",
        "failures": 0, "gone": False, "reading": False, "next_at": 0.0, "expires_at": 0.0,
    }  # fmt: skip


def _told(data: Data) -> FeedRead:
    return FeedRead(data["url"], data["title"], tuple(map(from_json, data["stories"])), data["reason"])


async def _take(data: Data, known: Document | None, now: float, ports: Ports) -> int:
    taken = {"reading": True, "next_at": now + LEASE, "expires_at": now + KEPT}
    write = Create(path_of(data["url"]), {**data, **taken}) if known is None else Update(known.path, taken, version=known.version)
    return (await ports.documents.commit(write)).version


async def _read(data: Data, version: int, until: float, ports: Ports) -> FeedRead:
    try:
        learnt = await _ask(data, until, ports)
    except PutBack:
        raise
    except (Transient, Permanent) as error:
        learnt = _failed(data, error.message, ports.clock.now())
    learnt = {**learnt, "reading": False}
    with suppress(Conflict):  # we took too long, and somebody else has read it
        await ports.documents.commit(Update(path_of(data["url"]), learnt, version=version))
    return _told({**data, **learnt})


async def _ask(data: Data, until: float, ports: Ports) -> Data:
    """What the feed's answer changes in what is known of it."""
    asked = {"If-None-Match": data["etag"], "If-Modified-Since": data["last_modified"]}
    headers = {"Accept": ACCEPT, **{name: value for name, value in asked.items() if value}}
    timeout = max(1.0, min(TIMEOUT, until - ports.clock.now()))
    page = await ports.web.fetch(data["address"], headers=headers, max_bytes=MAX_BYTES, timeout=timeout)
    now = ports.clock.now()
    if page.status == _GONE:
        return {
            "gone": True,
            "stories": [],
            "reason": "it is gone for good (410), and is asked no more",
            "expires_at": now + EVER,
        }
    if page.status == _NOT_MODIFIED:
        return {"failures": 0, "reason": "", "next_at": now + _fresh(page.headers)}
    if page.status != _OK:
        why = _SAYS.get(page.status, "it did not answer")
        return _failed(data, f"{why} (HTTP {page.status})", now, _wait(page, now))
    moved = await _moved(data["address"], page, ports)
    return await _learnt(data, page, now) | ({"address": moved} if moved else {})


async def _learnt(data: Data, page: Page, now: float) -> Data:
    parsed = await aside(
        len(page.content) > IN_PLACE or page.content.startswith(GZIP), parse, page.content, dict(page.headers), page.url
    )
    if not parsed.stories:
        return _failed(data, parsed.reason, now)
    before = {story["id"]: story["published"] for story in data["stories"]}
    stories = [_dated(story, before.get(story.id, now), now).as_json() for story in parsed.stories]
    stories.sort(key=lambda story: (-story["published"], story["id"]))
    return {
        "etag": page.headers.get("etag", "")[:500], "last_modified": page.headers.get("last-modified", "")[:100],
        "title": parsed.title, "stories": stories, "failures": 0, "reason": "", "next_at": now + _fresh(page.headers),
    }  # fmt: skip


def _dated(story: Story, first_seen: float, now: float) -> Story:
    """Its date, but never in the future, and never later than it was before: an undated story is as old as our knowledge of it."""
    return replace(story, published=min(first_seen, story.published if 0 < story.published <= now else now))


def _failed(data: Data, reason: str, now: float, wait: float = 0.0) -> Data:
    failures = data["failures"] + 1
    back = {"address": data["url"], "etag": "", "last_modified": ""} if failures >= PERSISTENT else {}
    pause = wait or min(LONGEST_OFF, BACK_OFF * 2 ** min(failures - 1, 10))
    return {"failures": failures, "reason": reason, "next_at": now + pause, **back}


def _fresh(headers: Mapping[str, str]) -> float:
    said = re.search(r"max-age=(\d{1,9})", headers.get("cache-control", ""))
    return min(FRESHEST, max(FRESH, float(said[1]))) if said else FRESH


def _wait(page: Page, now: float) -> float:
    """Seconds that a busy site asks to be left alone for, or 0."""
    return (retry_after(page.headers, now, most=LONGEST_RETRY) or 0.0) if page.status in _BUSY else 0.0


async def _moved(address: str, page: Page, ports: Ports) -> str:
    """Where the feed says it lives from now on, or empty. Only a page found elsewhere is asked once more, for how it got there."""
    if page.url == ports.web.check(address):
        return ""
    with suppress(Transient, Permanent):
        # With a form, even an empty one, a redirect is the answer itself: its status says for how long it holds.
        answer = await ports.web.fetch(address, form={}, max_bytes=MAX_BYTES, timeout=ASIDE)
        if answer.status in _FOR_GOOD and (location := answer.headers.get("location")):
            return ports.web.check(urljoin(address, location))
    return ""
