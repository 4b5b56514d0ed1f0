"""Hacker News by Algolia's search API: stories and their comments. See hn.algolia.com/api."""

from __future__ import annotations

from typing import Any

from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.sources.forum import ForumComment, ForumPost
from shared.sources.untrusted_values import as_int, as_text, as_time, from_html, one_line

_OK, _TOO_MANY, _SERVER_ERROR = 200, 429, 500


async def search(query: str, ports: Ports, *, limit: int = 100) -> list[ForumPost]:
    """Stories that hold all words of a query. A link's story has an empty body.

    Raises:
        Transient: 429, 5xx or no connection (`hackernews_unavailable`, `fetch_failed`).
        Permanent: refused, or not the known shape (`hackernews_refused`, `hackernews_odd_answer`, `not_json`).
    """
    answer = await _get("/api/v1/search", {"query": query, "tags": "story", "hitsPerPage": str(limit)}, ports)
    hits = answer.get("hits")
    if not isinstance(hits, list):
        raise Permanent("Hacker News answered with something that is no result list", code="hackernews_odd_answer")
    found = (_post(hit) for hit in hits if isinstance(hit, dict))
    return [post for post in found if post is not None]


async def comments(post_id: str, ports: Ports) -> list[ForumComment]:
    """A story's comments and their replies. Hacker News hides comment scores: the number of replies stands in.

    Raises:
        Transient, Permanent: as `search`.
    """
    if not (post_id.isascii() and post_id.isdigit()):
        raise Permanent(f"{post_id[:40]!r} is no Hacker News story", code="hackernews_odd_answer")
    answer = await _get(f"/api/v1/items/{post_id}", {}, ports)
    found: list[ForumComment] = []
    waiting = _children(answer)
    for item in waiting:  # grows while it is read: breadth first, without recursion
        replies = _children(item)
        waiting += replies
        body = from_html(item.get("text"))
        if body and body.lower() not in {"[deleted]", "[dead]", "[flagged]"}:
            found.append(ForumComment(body, len(replies)))
    return found


def _post(hit: dict[str, Any]) -> ForumPost | None:
    name, title = as_text(hit.get("objectID")), one_line(hit.get("title"))
    if not (name.isascii() and name.isdigit()) or not title:
        return None
    return ForumPost(
        id=name,
        title=title,
        body=from_html(hit.get("story_text")),
        url=f"https://news.ycombinator.com/item?id={name}",
        place="Hacker News",
        score=as_int(hit.get("points")),
        created=as_time(hit.get("created_at_i")),
        comment_count=max(0, as_int(hit.get("num_comments"))),
        hidden=title.lower() in {"[deleted]", "[dead]", "[flagged]"},
    )


def _children(item: dict[str, Any]) -> list[dict[str, Any]]:
    children = item.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


async def _get(path: str, params: dict[str, str], ports: Ports) -> dict[str, Any]:
    page = await ports.web.fetch(
        ports.settings.hackernews_url.rstrip("/") + path, params=params, max_bytes=8 * 1024 * 1024, timeout=10.0, trusted=True
    )
    if page.status == _TOO_MANY or page.status >= _SERVER_ERROR:
        raise Transient(f"Hacker News answered with status {page.status}", code="hackernews_unavailable")
    if page.status != _OK:
        raise Permanent(f"Hacker News answered with status {page.status}", code="hackernews_refused")
    answer = page.json()
    if not isinstance(answer, dict):
        raise Permanent("Hacker News answered with something that is no object", code="hackernews_odd_answer")
    return answer
