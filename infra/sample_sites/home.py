"""The page `/`: every sample address with one line on what it is."""

from __future__ import annotations

from html import escape

from infra.sample_sites.jobs.ats_apis import ASHBY, GREENHOUSE, LEVER
from infra.sample_sites.jobs.job_pages import JOBS
from infra.sample_sites.jobs.odd_pages import ODD
from infra.sample_sites.jobs.postings import posting
from infra.sample_sites.logos import LIAR, MISSING, SCRIPT, SLOW
from infra.sample_sites.news.feeds import FEEDS
from infra.sample_sites.news.feeds import ODD as ODD_FEEDS

_STYLE = "body{font:16px/1.6 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}li{margin:.2rem 0}code{background:#f1f3f6;padding:.1rem .3rem}"
_SERVICES = (
    ("/reddit/r/cscareerquestions+interviews/search?q=Larkmoor&restrict_sr=1", "Reddit's API: search (needs a token from POST /reddit/api/v1/access_token)"),
    ("/reddit-rss/search.rss?q=Larkmoor", "Reddit's search feed"),
    ("/hn/api/v1/search?query=Larkmoor", "Hacker News, search in Algolia's shape"),
)  # fmt: skip

_POSTS = (("/mastodon/", "what was posted to the channel sample-mastodon"),)


def home() -> str:
    """The page as HTML."""
    pages = [(page.path, page.about) for page in JOBS]
    odd = [(page.path, page.about) for page in ODD]
    logos = [("/logos/larkmoor.example", "a mark as PNG"), (f"/logos/{SLOW}", "slow"), (f"/logos/{MISSING}", "404")]
    logos += [(f"/logos/{SCRIPT}", "an SVG with a script"), (f"/logos/{LIAR}", "HTML that says it is a PNG")]
    news = [(f"/news/{name}", title) for name, title in (FEEDS | ODD_FEEDS).items()]
    groups = {"Jobs": pages, "Odd pages": odd, "Services": list(_SERVICES), "Logos": logos, "News": news, "Posts": list(_POSTS)}
    text = "".join(f"<h2>{name}</h2><ul>{''.join(map(_line, group))}</ul>" for name, group in groups.items())
    ats = "".join(f"<li><code>{address}</code></li>" for address in ats_addresses())
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Headrace's sample sites</title><style>{_STYLE}</style>"
        "<h1>Sample sites</h1><p>The demo's outside world. Every company, person and report here is invented.</p>"
        f"{text}<h2>Job systems</h2><p>Give Headrace these addresses; it asks the sample APIs about them.</p><ul>{ats}</ul></html>"
    )


def ats_addresses() -> list[str]:
    """Addresses of postings that live behind a job system's API."""
    return [
        *(f"https://boards.greenhouse.io/{slug}/jobs/{posting(slug).id}" for slug in GREENHOUSE),
        *(f"https://jobs.lever.co/{slug}/{posting(slug).id}" for slug in LEVER),
        *(f"https://jobs.ashbyhq.com/{slug}/{posting(slug).id}" for slug in ASHBY),
    ]


def _line(entry: tuple[str, str]) -> str:
    path, about = entry
    return f'<li><a href="{escape(path)}">{escape(path)}</a> {escape(about)}</li>'
