"""Reddit's search as an Atom feed: no account needed, often refused (429), no scores and no comments."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from shared.errors import Permanent, Transient
from shared.parser_process.run_in_child import aside
from shared.ports import Ports
from shared.sources.bounded_feedparser import bounded_feedparser
from shared.sources.forum_types import ForumPost
from shared.sources.news.feed_date_parser import is_impossible
from shared.sources.news.feed_parser import IN_PLACE, fitting
from shared.sources.reddit import USER_AGENT
from shared.sources.untrusted_values import as_time, from_html, one_line

_OK, _TOO_MANY, _SERVER_ERROR = 200, 429, 500
_SIGNATURE = re.compile(r"(?:(?<!\s)\s+)?submitted by\s+/?u/\S+.*\Z", re.DOTALL | re.IGNORECASE)
_PERMALINK = re.compile(r"/r/(\w{1,40})/comments/([a-z0-9]{1,16})/[\w%.-]*/?")


async def search(query: str, ports: Ports, *, places: Sequence[str] = (), limit: int = 100) -> list[ForumPost]:
    """Posts for a query in Reddit's search language. A link's post has an empty body.

    Raises:
        Transient: 429, 5xx or no connection (`reddit_rss_unavailable`, `fetch_failed`); it says no wait, so ask another source.
        Permanent: refused, or the answer is no feed (`reddit_rss_refused`, `reddit_rss_odd_answer`, `parser_limits`).
    """
    path = f"/r/{'+'.join(places)}/search.rss" if places else "/search.rss"
    params = {"q": query, "sort": "relevance", "t": "all", "limit": str(limit)}
    if places:
        params["restrict_sr"] = "1"
    page = await ports.web.fetch(
        ports.settings.reddit_rss_url.rstrip("/") + path,
        params=params,
        headers={"user-agent": USER_AGENT},
        max_bytes=4 * 1024 * 1024,
        timeout=10.0,
        trusted=True,
    )
    if page.status == _TOO_MANY or page.status >= _SERVER_ERROR:
        raise Transient(f"Reddit's feed answered with status {page.status}", code="reddit_rss_unavailable")
    if page.status != _OK:
        raise Permanent(f"Reddit's feed answered with status {page.status}", code="reddit_rss_refused")
    return await aside(len(page.content) > IN_PLACE, posts, page.content, limit=limit)


def posts(feed: bytes, *, limit: int = 100) -> list[ForumPost]:
    """The posts of a feed; entries that are no posts are left out.

    Raises:
        Permanent: it is no feed (`reddit_rss_odd_answer`).
    """
    try:
        parsed = bounded_feedparser().parse(io.BytesIO(fitting(feed)))  # of bare bytes it would make a file's name or an address
    except Exception as error:  # it raises whatever odd bytes bring about
        raise Permanent(f"Reddit's feed is too broken to read ({type(error).__name__})", code="reddit_rss_odd_answer") from error
    if not parsed.get("version"):
        raise Permanent("Reddit answered with something that is no feed", code="reddit_rss_odd_answer")
    found = (_post(entry) for entry in parsed.entries[:limit])
    return [post for post in found if post is not None]


def _post(entry: Any) -> ForumPost | None:
    try:
        link = _PERMALINK.fullmatch(urlsplit(str(entry.get("link", ""))).path)
    except ValueError:
        return None
    title = one_line(entry.get("title"))
    if link is None or not title:
        return None
    content = entry.get("content") or [{"value": entry.get("summary", "")}]
    return ForumPost(
        id=link[2],
        title=title,
        body=_SIGNATURE.sub("", from_html(content[0].get("value"))).strip(),
        url=f"https://www.reddit.com{link[0]}",
        place=link[1],
        created=_time(entry),
    )


def _time(entry: Any) -> float:
    said = next((kind for kind in ("published", "updated") if entry.get(f"{kind}_parsed")), "")
    when = None if is_impossible(str(entry.get(said) or "")) else entry.get(f"{said}_parsed")
    try:
        return as_time(calendar.timegm(when)) if when else 0.0
    except (ValueError, OverflowError):
        return 0.0
