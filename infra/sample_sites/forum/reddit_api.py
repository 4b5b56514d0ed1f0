"""The Reddit-shaped API: tokens, search and comments under a rate limit, and the search feed."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.sample_sites.forum.posts import Post, posts
from infra.sample_sites.forum.rate_limit import RateWindow
from infra.sample_sites.forum.reddit_json import comments, escaped, link, listing, markdown, permalink
from infra.sample_sites.forum.search import search, whole
from infra.sample_sites.news.feeds import atom_time

CLIENT_ID = "headrace-demo"
CLIENT_SECRET = "not-a-secret"  # noqa: S105 -- the sample forum's own, worth nothing elsewhere
TOKEN_SECONDS = 86_400
_WRONG = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Reddit:
    """The API's state. `tokens` holds each token's end (monotonic); clear it to see a client sign in again."""

    today: date
    window: RateWindow
    tokens: dict[str, float] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """The API below its base URL."""
        get = {"/r/{places}/search": self.search, "/search": self.search, "/comments/{id}": self.comments}
        get |= {"/r/{places}/comments/{id}": self.comments, "/r/{places}/comments/{id}/{slug}": self.comments}
        paths = {path + ending: handler for path, handler in get.items() for ending in ("", "/", ".json")}
        token = Route("/api/v1/access_token", self.token, methods=["POST"])
        return [token, *(Route(path, self._guarded(handler)) for path, handler in paths.items())]

    def feed_routes(self) -> list[Route]:
        """The search feed, open to all who say who they are."""
        return [Route("/r/{places}/search.rss", self.feed), Route("/search.rss", self.feed)]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            if not request.headers.get("user-agent"):
                return _wrong(429)
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or self.tokens.get(token, 0) < time.monotonic():
                return _wrong(401)
            allowed = self.window.take()
            response = await handler(request) if allowed else _wrong(429)
            response.headers.update(self.window.headers())
            return response

        return guarded

    async def token(self, request: Request) -> Response:
        """An application's token, as for `grant_type=client_credentials`."""
        if not request.headers.get("user-agent"):
            return _wrong(429)
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("authorization", "") != f"Basic {known}":
            return _wrong(401)
        form = dict(pair.partition("=")[::2] for pair in (await request.body()).decode("latin-1").split("&"))
        if form.get("grant_type") != "client_credentials":
            return JSONResponse({"error": "unsupported_grant_type"})
        token = secrets.token_urlsafe(24)
        self.tokens[token] = time.monotonic() + TOKEN_SECONDS
        return JSONResponse({"access_token": token, "token_type": "bearer", "expires_in": TOKEN_SECONDS, "scope": "*"})

    async def search(self, request: Request) -> Response:
        """`q`, `restrict_sr`, `sort`, `t`, `limit` (25, at most 100), `after`."""
        found = self._found(request)
        names = [f"t3_{post.id}" for post in found]
        after = request.query_params.get("after")
        start = names.index(after) + 1 if after in names else 0
        limit = min(100, max(1, whole(request.query_params.get("limit"), 25)))
        shown = found[start : start + limit]
        more = names[start + limit - 1] if len(found) > start + limit else None
        return _json(request, listing([link(post) for post in shown], after=more, dist=len(shown)))

    async def comments(self, request: Request) -> Response:
        """A post and its comments: two listings. `sort` (confidence, top, new), `limit`, `depth`."""
        wanted = request.path_params["id"].removeprefix("t3_")
        post = next((post for post in posts(self.today) if post.id == wanted and post.place != "hn"), None)
        if post is None:
            return _wrong(404)
        asked = request.query_params
        limit, depth = whole(asked.get("limit"), 200), whole(asked.get("depth"), 10)
        trees = comments(_sorted(post, asked.get("sort", "confidence")), limit=limit, depth=depth)
        return _json(request, [listing([link(post)], dist=1), listing(trees)])

    async def feed(self, request: Request) -> Response:
        """The search as an Atom feed."""
        if not request.headers.get("user-agent"):
            return _wrong(429)
        limit = min(100, max(1, whole(request.query_params.get("limit"), 25)))
        entries = "".join(map(_entry, self._found(request)[:limit]))
        head = f"<title>{escape(request.query_params.get('q', ''))} - search results</title><id>/search.rss</id>"
        text = f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
        return Response(text, media_type="application/atom+xml")

    def _found(self, request: Request) -> list[Post]:
        asked = request.query_params
        inside = asked.get("restrict_sr", "").casefold() in {"1", "on", "true"}
        places = frozenset(request.path_params.get("places", "").casefold().split("+")) - {""} if inside else frozenset()
        now = max(post.created for post in posts(self.today))
        if "all" in places:
            places = frozenset()
        return search(
            self.today, now, asked.get("q", ""), places=places, sort=asked.get("sort", "relevance"), t=asked.get("t", "all")
        )


def _sorted(post: Post, sort: str) -> Post:
    if sort == "new":
        return replace(post, comments=tuple(sorted(post.comments, key=lambda comment: -comment.created)))
    # The moderator's note is pinned, whatever its score.
    best = sorted(post.comments, key=lambda comment: (comment.author != "AutoModerator", -comment.score))
    return replace(post, comments=tuple(best))


def _entry(post: Post) -> str:
    address = f"https://www.reddit.com{permalink(post)}"
    when = atom_time(post.created)
    return (
        f"<entry><author><name>/u/{escape(post.author)}</name></author>"
        f'<category term="{post.place}" label="r/{post.place}"/><content type="html">{escape(markdown(post.body))}</content>'
        f'<id>t3_{post.id}</id><link href="{address}" /><updated>{when}</updated><published>{when}</published>'
        f"<title>{escape(post.title)}</title></entry>"
    )


def _json(request: Request, data: Any) -> JSONResponse:
    return JSONResponse(data if request.query_params.get("raw_json") == "1" else escaped(data))


def _wrong(status: int) -> JSONResponse:
    return JSONResponse({"message": _WRONG[status], "error": status}, status)
