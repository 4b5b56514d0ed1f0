"""News feeds in RSS and Atom, whose items change with the day, and some that are as feeds are in the world: moved, gone, broken, busy."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from infra.sample_sites.news.stories import Item, shown, titles

FEEDS = {f"{feed}.{'atom' if feed in ('energy', 'chips-zh') else 'rss'}": title for feed, title in titles().items()}
"""Their names and titles."""
ODD = {
    "old.rss": "a feed that has moved for good (301)",
    "gone.rss": "a feed that is no more (410)",
    "broken.rss": "a feed that breaks off in the middle",
    "busy.rss": "a feed that is asked too often (429)",
}
BUSY_SECONDS = 120
HOUR = 5
"""UTC, at which the day's items come out."""


def atom_time(seconds: float) -> str:
    """POSIX seconds as feeds and APIs write them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


class News:
    """The feeds and the pages that their items point to. `today` may be set at any time; None is the real day."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today
        self.stories: dict[str, str] = {}
        """Which story an item's path has told of, for tests: no feed says it."""

    def routes(self) -> list[Route]:
        return [Route("/{name}", self._feed), Route("/items/{name}/{number:int}", self._item)]

    def shown(self, name: str) -> list[Item]:
        """A feed's items by now, the latest first."""
        items = shown(name.partition(".")[0], self.today or datetime.now(UTC).date())
        self.stories |= {f"/news/items/{name}/{item.number}": item.story for item in items}
        return items

    async def _feed(self, request: Request) -> Response:
        name, base = request.path_params["name"], f"{request.base_url}news"
        if name in ODD:
            return self._odd(name, base)
        if name not in FEEDS:
            return _missing()
        atom = name.endswith(".atom")
        text = (_atom if atom else _rss)(name, self.shown(name), f"{base}/items")
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        return Response(text, media_type=f"application/{'atom' if atom else 'rss'}+xml", headers={"etag": tag})

    def _odd(self, name: str, base: str) -> Response:
        if name == "old.rss":
            return RedirectResponse(f"{base}/payments.rss", 301)
        if name == "gone.rss":
            return HTMLResponse("<h1>Gone</h1>", 410)
        if name == "busy.rss":
            return HTMLResponse("<h1>Too many requests</h1>", 429, {"retry-after": str(BUSY_SECONDS)})
        whole = _rss("robots.rss", self.shown("robots.rss"), f"{base}/items")
        return Response(whole[: len(whole) // 2], media_type="application/rss+xml")

    async def _item(self, request: Request) -> Response:
        name, number = request.path_params["name"], request.path_params["number"]
        item = next((item for item in self.shown(name) if item.number == number), None) if name in FEEDS else None
        if item is None:
            return _missing()
        head = f"<!doctype html><html lang={_language(name)}><meta charset=utf-8><title>{escape(item.title)}</title>"
        return HTMLResponse(f"{head}<h1>{escape(item.title)}</h1><p>{escape(item.text)}</p></html>")


def _missing() -> Response:
    return HTMLResponse("<h1>Not found</h1>", 404)


def _language(name: str) -> str:
    return "zh-Hant" if "-zh." in name else "en"


def _time(item: Item) -> datetime:
    return datetime(item.day.year, item.day.month, item.day.day, HOUR, tzinfo=UTC)


def _rss(name: str, items: list[Item], base: str) -> str:
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{base}/{name}/{item.number}?utm_source=rss</link>"
        f"<guid>{base}/{name}/{item.number}</guid><pubDate>{format_datetime(_time(item))}</pubDate>"
        f"<description>{escape(f'<p>{escape(item.text)}</p>')}</description></item>"
        for item in items
    )
    head = f"<title>{FEEDS[name]}</title><link>{base}</link><language>{_language(name)}</language>"
    head += "<description>Invented news for the demo</description>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'


def _atom(name: str, items: list[Item], base: str) -> str:
    entries = "".join(
        f"<entry><title>{escape(item.title)}</title><id>{base}/{name}/{item.number}</id>"
        f'<link href="{base}/{name}/{item.number}"/><updated>{atom_time(_time(item).timestamp())}</updated>'
        f"<summary>{escape(item.text)}</summary></entry>"
        for item in items
    )
    newest = atom_time(max(_time(item).timestamp() for item in items))
    head = f"<title>{FEEDS[name]}</title><id>{base}/{name}</id><updated>{newest}</updated>"
    opening = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_language(name)}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{opening}{head}{entries}</feed>'
