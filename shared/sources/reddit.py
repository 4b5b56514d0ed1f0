"""Reddit's API with app-only OAuth: search and comments.

100 requests a minute per application, averaged over ten minutes, so every API request asks the `reddit` limit
first and tells it what the answer's `x-ratelimit-*` headers said. See Reddit's "Data API" wiki page.
"""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.web import Page
from shared.retry_after import retry_after
from shared.sources.forum import ForumComment, ForumPost
from shared.sources.untrusted_values import as_int, as_number, as_text, as_time, from_markdown, one_line

USER_AGENT = "python:headrace:0.1 (app-only, reads public posts)"
"""Reddit asks for `platform:application:version (who)` and throttles the common ones."""

_OK, _UNAUTHORISED, _TOO_MANY, _SERVER_ERROR = 200, 401, 429, 500
_WAIT, _LONGEST_WAIT = 10.0, 600.0  # seconds; the latter is Reddit's whole window
_GONE = frozenset({"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]", "[removed by moderator]"})
_FLAGS = ("removed_by_category", "over_18", "stickied", "pinned", "promoted", "is_created_from_ads_ui")
_ID = re.compile(r"(?:t3_)?([a-z0-9]{1,16})")


async def search(query: str, ports: Ports, *, places: Sequence[str] = (), limit: int = 100) -> list[ForumPost]:
    """Posts for a query in Reddit's search language, over several subreddits (or all of Reddit) in one request.

    Raises:
        PutBack: the limit has nothing left.
        Transient: 429 with its wait as `retry_after` (`reddit_rate_limited`), 5xx or no connection, without one.
        Permanent: refused, or the answer is no listing (`reddit_refused`, `reddit_odd_answer`, `not_json`).
    """
    path = f"/r/{'+'.join(places)}/search" if places else "/search"
    params = {"q": query, "sort": "relevance", "t": "all", "type": "link", "limit": str(limit), "raw_json": "1"}
    if places:
        params["restrict_sr"] = "1"
    return posts(await _get(path, params, ports))


async def comments(post_id: str, ports: Ports) -> list[ForumComment]:
    """A post's comments and their replies, two levels deep, in Reddit's order.

    Raises:
        PutBack, Transient, Permanent: as `search`.
    """
    name = _ID.fullmatch(post_id)
    if name is None:
        raise Permanent(f"{post_id[:40]!r} is no Reddit post", code="reddit_odd_answer")
    params = {"limit": "50", "depth": "2", "sort": "top", "raw_json": "1"}
    return thread(await _get(f"/comments/{name[1]}", params, ports))[1]


def posts(listing: Any) -> list[ForumPost]:
    """The posts of a raw listing, hidden ones marked.

    Raises:
        Permanent: it is no listing (`reddit_odd_answer`).
    """
    found = (_post(data) for kind, data in _children(listing) if kind == "t3")
    return [post for post in found if post is not None]


def crossposted_text(data: Mapping[str, Any]) -> str:
    """The text of the post that a crosspost shows; a crosspost has none of its own."""
    parents = data.get("crosspost_parent_list")
    first = parents[0] if isinstance(parents, list) and parents and isinstance(parents[0], dict) else {}
    return as_text(first.get("selftext"))


def thread(raw: Any) -> tuple[list[ForumPost], list[ForumComment]]:
    """The post and the comments of a raw thread; `more`, deleted, removed and moderators' comments are left out.

    Raises:
        Permanent: it is no thread (`reddit_odd_answer`).
    """
    if not isinstance(raw, list) or len(raw) < 2:  # noqa: PLR2004 -- a thread is two listings: the post, its comments
        raise Permanent("Reddit answered with something that is no thread", code="reddit_odd_answer")
    return posts(raw[0]), _comments(raw[1])


def _post(data: Mapping[str, Any]) -> ForumPost | None:
    name, title, body = (
        _ID.fullmatch(as_text(data.get("id"))),
        one_line(data.get("title")),
        as_text(data.get("selftext")) or crossposted_text(data),
    )
    if name is None or not title:
        return None
    gone = body.strip().lower() in _GONE or title.lower() in _GONE
    link = as_text(data.get("permalink"))
    return ForumPost(
        id=name[1],
        title=title,
        body="" if gone else from_markdown(body),
        url=f"https://www.reddit.com{link}"
        if re.fullmatch(r"/[\w/%.-]{1,300}", link)
        else f"https://www.reddit.com/comments/{name[1]}/",
        place=one_line(data.get("subreddit")),
        score=as_int(data.get("score")),
        created=as_time(data.get("created_utc")),
        comment_count=max(0, as_int(data.get("num_comments"))),
        hidden=gone or any(data.get(flag) for flag in _FLAGS),
    )


def _comments(listing: Any) -> list[ForumComment]:
    """Depth first, without recursion: strangers choose how deep it is."""
    found: list[ForumComment] = []
    waiting = list(reversed(_children(listing)))
    while waiting:
        kind, data = waiting.pop()
        if kind != "t1":
            continue
        body = from_markdown(data.get("body"))
        official = data.get("stickied") or data.get("author") == "AutoModerator"
        if body and body.lower() not in _GONE and not official:
            found.append(ForumComment(body, as_int(data.get("score"))))
        if isinstance(data.get("replies"), dict):
            waiting += reversed(_children(data["replies"], strict=False))
    return found


def _children(listing: Any, *, strict: bool = True) -> list[tuple[Any, Mapping[str, Any]]]:
    data = listing.get("data") if isinstance(listing, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    if isinstance(children, list):
        return [(c.get("kind"), c["data"]) for c in children if isinstance(c, dict) and isinstance(c.get("data"), dict)]
    if strict:
        raise Permanent("Reddit answered with something that is no listing", code="reddit_odd_answer")
    return []


async def _get(path: str, params: Mapping[str, str], ports: Ports) -> Any:
    token = await _token(ports)
    page = await _ask(path, params, token, ports)
    if page.status == _UNAUTHORISED:  # revoked before its time: one new token, no more
        page = await _ask(path, params, await _token(ports, refused=token), ports)
    _check(page, ports.clock.now())
    return page.json()


async def _ask(path: str, params: Mapping[str, str], token: str, ports: Ports) -> Page:
    grant = await ports.limits.acquire("reddit")
    page: Page | None = None
    try:
        page = await ports.web.fetch(
            ports.settings.reddit_url.rstrip("/") + path,
            params=params,
            headers={"authorization": f"bearer {token}", "user-agent": USER_AGENT, "accept": "application/json"},
            max_bytes=8 * 1024 * 1024,
            timeout=10.0,
            trusted=True,
        )
    finally:
        ports.limits.settle(grant, headers=page.headers if page else None, status=page.status if page else 0)
    return page


def _check(page: Page, now: float) -> None:
    if page.status == _TOO_MANY:
        raise Transient("Reddit asked for a pause", code="reddit_rate_limited", retry_after=_pause(page.headers, now))
    if page.status >= _SERVER_ERROR:
        raise Transient(f"Reddit answered with status {page.status}", code="reddit_unavailable")
    if page.status != _OK:
        raise Permanent(
            f"Reddit answered with status {page.status}",
            code="reddit_refused",
            advice="Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET, and that Reddit approved the application.",
        )


def _pause(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait: `retry-after` (seconds or a date), else `x-ratelimit-reset`, else ten."""
    seconds = retry_after(headers, now, most=_LONGEST_WAIT) or as_number(headers.get("x-ratelimit-reset"))
    return min(seconds, _LONGEST_WAIT) if seconds > 0 else _WAIT


@dataclass
class _Token:
    """An access token; `until` is on the monotonic clock."""

    value: str = ""
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


# Per event loop, for a lock belongs to its loop; per application, for tests and rotated keys.
_TOKENS: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, ...], _Token]] = WeakKeyDictionary()


async def _token(ports: Ports, *, refused: str = "") -> str:
    """The access token, fetched once however many ask at the same time; `refused` is one that no longer works."""
    settings = ports.settings
    key = (settings.reddit_auth_url, settings.reddit_client_id, settings.reddit_client_secret)
    token = _TOKENS.setdefault(asyncio.get_running_loop(), {}).setdefault(key, _Token())
    async with token.lock:
        if not token.value or token.value == refused or time.monotonic() >= token.until:
            token.value, seconds = await _new_token(ports)
            token.until = time.monotonic() + seconds
        return token.value


async def _new_token(ports: Ports) -> tuple[str, float]:
    settings = ports.settings
    basic = base64.b64encode(f"{settings.reddit_client_id}:{settings.reddit_client_secret}".encode()).decode()
    page = await ports.web.fetch(
        settings.reddit_auth_url.rstrip("/") + "/api/v1/access_token",
        method="POST",
        form={"grant_type": "client_credentials"},
        headers={"authorization": f"Basic {basic}", "user-agent": USER_AGENT},
        timeout=10.0,
        trusted=True,
    )
    _check(page, ports.clock.now())
    answer = page.json()
    value = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(value, str) or not re.fullmatch(r"[\x21-\x7e]{1,4096}", value):
        raise Permanent(
            "Reddit gave no access token", code="reddit_refused", advice="Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET."
        )
    # A minute early: a token must outlive the request it is sent with.
    return value, max(30.0, as_number(answer.get("expires_in")) - 60.0)
