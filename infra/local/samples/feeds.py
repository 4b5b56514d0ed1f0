"""News feeds in RSS and Atom: a few invented items each, dated back from today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

# Each item: days ago, title, text.
Item = tuple[int, str, str]
FEEDS: dict[str, tuple[str, tuple[Item, ...]]] = {
    "payments.rss": (
        "The Settlement Times",
        (
            (0, "Larkmoor opens instant payouts to all sellers in Ireland", "After a four month pilot the payout company lets sellers receive money at any hour. Weekends made up a third of the volume in the first week."),
            (1, 'Why banks still say "pending"', "Three operations leads explain what happens between an accepted instruction and money on an account, and why an honest pending is better than a hopeful paid."),
            (3, "Calderwyn Bank publishes the reasons for every declined loan", "Customers can now read which rule refused them. Complaints rose for a month and then fell below the old level."),
            (6, "A cent too many: rounding rules compared", "Seven ways to round half a cent, and the invoices on which they differ."),
        ),
    ),
    "energy.atom": (
        "Grid Notes",
        (
            (0, "Veldtide's Moerdijk battery answers in 140 milliseconds", "A storm took out two lines on Sunday evening. The battery covered the gap before the gas plant had noticed."),
            (2, "How long does a cell last? Fifteen years of data say: it depends", "Heat matters more than cycles, and one site in the shade is ahead of them all."),
            (5, "Dynamic tariffs reach one household in nine", "Most people move the washing machine. A few move the car, and they make the difference."),
        ),
    ),
    "robots.rss": (
        "Arms and Wheels",
        (
            (1, "Wrenhaul empties its millionth trailer", "It was a mixed load with garden furniture on top, and it took forty-four minutes."),
            (4, "What a torn carton teaches a planner", "Recovery, not speed, decides whether a robot is liked on the night shift."),
            (8, "Simulation and the honest gap", "Teams compare how they keep simulated failures in line with the ones from the floor."),
        ),
    ),
}  # fmt: skip


def atom_time(seconds: float) -> str:
    """POSIX seconds as feeds and APIs write them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def routes(today: date) -> list[Route]:
    """The feeds and the pages that their items point to."""
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)

    async def feed(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FEEDS:
            return HTMLResponse("<h1>Not found</h1>", 404)
        base = f"{request.base_url}news/items"
        atom = name.endswith(".atom")
        return Response((_atom if atom else _rss)(name, noon, base), media_type=f"application/{'atom' if atom else 'rss'}+xml")

    async def item(request: Request) -> Response:
        items = FEEDS.get(request.path_params["name"], ("", ()))[1]
        number = request.path_params["number"]
        if number >= len(items):
            return HTMLResponse("<h1>Not found</h1>", 404)
        _, title, text = items[number]
        return HTMLResponse(
            f"<!doctype html><html lang=en><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(text)}</p></html>"
        )

    return [Route("/{name}", feed), Route("/items/{name}/{number:int}", item)]


def _rss(name: str, noon: datetime, base: str) -> str:
    title, items = FEEDS[name]
    entries = "".join(
        f"<item><title>{escape(head)}</title><link>{base}/{name}/{number}</link><guid>{base}/{name}/{number}</guid>"
        f"<pubDate>{format_datetime(noon - timedelta(days=ago))}</pubDate><description>{escape(text)}</description></item>"
        for number, (ago, head, text) in enumerate(items)
    )
    head = f"<title>{escape(title)}</title><link>{base}</link><description>Invented news for the demo</description>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'


def _atom(name: str, noon: datetime, base: str) -> str:
    title, items = FEEDS[name]
    entries = "".join(
        f'<entry><title>{escape(head)}</title><id>{base}/{name}/{number}</id><link href="{base}/{name}/{number}"/>'
        f"<updated>{atom_time((noon - timedelta(days=ago)).timestamp())}</updated><summary>{escape(text)}</summary></entry>"
        for number, (ago, head, text) in enumerate(items)
    )
    head = f"<title>{escape(title)}</title><id>{base}/{name}</id><updated>{atom_time(noon.timestamp())}</updated>"
    return f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
