"""The sample sites as one app, told apart by their paths: one port serves the demo's whole outside world."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.sample_sites import logos
from infra.sample_sites.companies import company_site
from infra.sample_sites.forum.hackernews import HackerNews
from infra.sample_sites.forum.rate_limit import reddit_limit
from infra.sample_sites.forum.reddit_api import CLIENT_ID, CLIENT_SECRET, Reddit
from infra.sample_sites.forum.search import entries
from infra.sample_sites.home import home
from infra.sample_sites.jobs import ats_apis
from infra.sample_sites.jobs.job_pages import JOBS, SamplePage
from infra.sample_sites.jobs.odd_pages import ODD
from infra.sample_sites.news import feeds
from infra.sample_sites.social.bluesky import HANDLE, PASSWORD, Bluesky
from infra.sample_sites.social.mastodon import TOKEN, Mastodon

SAMPLE_POSTING = "/jobs/larkmoor/senior-backend-engineer-payouts"
"""The demo's posting, below the base URL."""
SAMPLE_RUN = "interview-prep --set job_posting_url={posting}"
"""What to run with it."""


@dataclass(frozen=True)
class Latency:
    """Seconds slept before each answer, by kind of request. `slow_logo` comes on top for the one slow logo."""

    page: float = 0
    search: float = 0
    comments: float = 0
    logo: float = 0
    slow_logo: float = 8.0

    def of(self, kind: str) -> float:
        """The seconds for a kind; feeds are pages, tokens and the index come at once."""
        return {
            "page": self.page,
            "own": self.page,
            "feed": self.page,
            "search": self.search,
            "comments": self.comments,
            "logo": self.logo,
        }.get(kind, 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that was answered. `time`: when it came, POSIX seconds."""

    time: float
    kind: str
    path: str
    status: int


def samples_app(
    latency: Latency = Latency(),
    *,
    reddit_rpm: float = 100,
    reddit_window: float = 600,
    today: date | None = None,
) -> Starlette:
    """The app. Its `state` has `log` (every `Seen`), `counts` (answers by kind), `reddit` (window, tokens) and `news` (its day).

    `today` is the date that all others are relative to; without one, the news go on with the days.
    """
    news = feeds.News(today)
    today = today or datetime.now(UTC).date()
    reddit = Reddit(today, reddit_limit(reddit_rpm, reddit_window))
    app = Starlette(
        routes=[
            Route("/", _home),
            *(_page(page, today) for page in (*JOBS, *ODD)),
            *ats_apis.routes(today),
            Mount("/reddit", routes=reddit.routes()),
            Mount("/reddit-rss", routes=reddit.feed_routes()),
            Mount("/hn", routes=HackerNews(today).routes()),
            Mount("/news", routes=news.routes()),
            Mount("/company", routes=company_site.routes(today)),
            Mount("/mastodon", routes=Mastodon().routes()),
            Mount("/bluesky", routes=Bluesky().routes()),
            Mount("/logos", routes=logos.routes(latency.slow_logo)),
        ]
    )
    app.state.log, app.state.counts, app.state.reddit, app.state.news = [], Counter(), reddit, news
    app.add_middleware(_Recorder, log=app.state.log, counts=app.state.counts, latency=latency)
    threading.Thread(target=entries, args=(today,), daemon=True).start()  # a forum's posts are there before anybody searches
    return app


def sample_settings(base: str) -> dict[str, str]:
    """The environment that points Headrace at a running instance, `base` being `http://127.0.0.1:PORT`."""
    base = base.rstrip("/")
    return {
        "HEADRACE_REDDIT_URL": f"{base}/reddit",
        "HEADRACE_REDDIT_AUTH_URL": f"{base}/reddit",
        "HEADRACE_REDDIT_RSS_URL": f"{base}/reddit-rss",
        "REDDIT_CLIENT_ID": CLIENT_ID,
        "REDDIT_CLIENT_SECRET": CLIENT_SECRET,
        "HEADRACE_HACKERNEWS_URL": f"{base}/hn",
        "HEADRACE_COMPANY_URL": f"{base}/company/{{domain}}/",
        "HEADRACE_LOGO_URL": f"{base}/logos/{{domain}}",
        "HEADRACE_GREENHOUSE_URL": f"{base}/greenhouse",
        "HEADRACE_LEVER_URL": f"{base}/lever",
        "HEADRACE_ASHBY_URL": f"{base}/ashby",
        "HEADRACE_CHANNELS": f"sample-mastodon=mastodon+{base}/mastodon,sample-bluesky=bluesky+http://{HANDLE}@{base.partition('//')[2]}/bluesky",
        "HEADRACE_CHANNEL_SECRETS": f"sample-mastodon={TOKEN},sample-bluesky={PASSWORD}",
        "HEADRACE_NEWS_FEEDS": ",".join(f"{base}/news/{name}" for name in feeds.FEEDS),
        "HEADRACE_ALLOW_HOSTS": urlsplit(base).netloc,
    }


def kind_of(path: str) -> str:
    """page, own (a company's site), search, comments, logo, token, feed or index."""
    first = path.split("/")[1]
    if first in {"jobs", "greenhouse", "lever", "ashby"}:
        return "page"
    if first in {"reddit", "reddit-rss", "hn"}:
        if path.endswith("/access_token"):
            return "token"
        return "search" if "/search" in path else "comments"
    return {"logos": "logo", "news": "feed", "company": "own"}.get(first, "index")


class _Recorder:
    """Sleeps the latency, then passes the request on and notes how it was answered."""

    def __init__(self, app: ASGIApp, log: list[Seen], counts: Counter[str], latency: Latency) -> None:
        self.app, self.log, self.counts, self.latency = app, log, counts, latency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        came, kind, status = time.time(), kind_of(scope["path"]), 0  # 0: gone before it was answered

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await asyncio.sleep(self.latency.of(kind))
            await self.app(scope, receive, noted)
        finally:
            self.log.append(Seen(came, kind, scope["path"], status))
            self.counts[kind] += 1


def _page(page: SamplePage, today: date) -> Route:
    async def answer(_: Request) -> Response:
        return page.answer(today)

    return Route(page.path, answer)


async def _home(_: Request) -> Response:
    return HTMLResponse(home())
