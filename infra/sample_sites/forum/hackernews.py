"""Hacker News in the shape of its Algolia search: stories by words, and a story with its comments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra.sample_sites.forum.posts import Comment, Post, posts
from infra.sample_sites.forum.query_language import folded
from infra.sample_sites.forum.reddit_json import markdown
from infra.sample_sites.forum.search import entries, whole
from infra.sample_sites.news.feeds import atom_time

Json = dict[str, Any]
_FIRST_ID = 990_000_000  # far beyond any that exists


class HackerNews:
    """The stories of one date. Ids are numbers, comments have theirs too."""

    def __init__(self, today: date) -> None:
        self.today = today

    def routes(self) -> list[Route]:
        """The API below its base URL."""
        return [
            Route("/api/v1/search", self.search),
            Route("/api/v1/search_by_date", self.search),
            Route("/api/v1/items/{id}", self.item),
        ]

    async def search(self, request: Request) -> JSONResponse:
        """`query` (all words are required), `hitsPerPage` (20), `page`; newest first in `search_by_date`."""
        words = folded(request.query_params.get("query", "").replace('"', " ")).split()
        found = [
            entry.post
            for entry in entries(self.today)
            if entry.post.place == "hn" and all(entry.document.holds(f" {word} ", "") for word in words)
        ]
        found.sort(key=lambda post: -post.created if request.url.path.endswith("_by_date") else -post.score)
        size = whole(request.query_params.get("hitsPerPage"), 20)
        page = whole(request.query_params.get("page"), 0)
        shown = found[page * size : (page + 1) * size] if size else []
        data = {"hits": [_hit(post) for post in shown], "nbHits": len(found), "page": page, "hitsPerPage": size}
        pages = {"nbPages": -(-len(found) // size) if size else 0, "query": request.query_params.get("query", "")}
        return JSONResponse(data | pages | {"exhaustiveNbHits": True, "params": request.url.query, "processingTimeMS": 3})

    async def item(self, request: Request) -> JSONResponse:
        """A story with its comments, nested; 404 as Algolia writes it."""
        wanted = request.path_params["id"]
        post = next((post for post in posts(self.today) if post.place == "hn" and str(_number(post.id)) == wanted), None)
        if post is None:
            return JSONResponse({"status": 404, "error": "Not Found"}, 404)
        number = _number(post.id)
        story = _item(post, "story") | {"title": post.title, "points": post.score, "text": site_html(post.body)}
        return JSONResponse(story | {"story_id": number, "children": _children(post.comments, number, number)})


def _hit(post: Post) -> Json:
    number = _number(post.id)
    return {
        "objectID": str(number),
        "author": post.author,
        "created_at": atom_time(post.created),
        "created_at_i": int(post.created),
        "title": post.title,
        "url": None,
        "points": post.score,
        "num_comments": post.comment_count - post.hidden,
        "story_id": number,
        "story_text": site_html(post.body),
        "children": [_number(comment.id) for comment in post.comments],
        "updated_at": atom_time(post.created),
        "_tags": ["story", f"author_{post.author}", f"story_{number}", *(["ask_hn"] if post.title.startswith("Ask") else [])],
        "_highlightResult": {"title": {"value": post.title, "matchLevel": "full", "matchedWords": []}},
    }


def _item(thing: Post | Comment, kind: str) -> Json:
    return {
        "id": _number(thing.id),
        "created_at": atom_time(thing.created),
        "created_at_i": int(thing.created),
        "type": kind,
        "author": thing.author,
        "title": None,
        "url": None,
        "text": None,
        "points": None,
        "parent_id": None,
        "options": [],
    }


def _children(branch: Sequence[Comment], parent: int, story: int) -> list[Json]:
    return [
        _item(comment, "comment")
        | {"text": site_html(comment.body), "parent_id": parent, "story_id": story}
        | {"children": _children(comment.replies, _number(comment.id), story)}
        for comment in branch
    ]


def site_html(text: str) -> str:
    """The site's HTML: paragraphs behind `<p>`, no wrapper."""
    inner = markdown(text).removeprefix('<div class="md">').removesuffix("\n</div>")
    return inner.replace("</p>", "").removeprefix("<p>")


def _number(post_id: str) -> int:
    return _FIRST_ID + int(post_id, 36) % 9_000_000
