"""Read the employer's own pages on hiring, values and news, beside the searches: the guide never waits long for them."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from functions.interview_prep.employer_messages import EmployerPage, EmployerPages, PageKind
from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.company_names import framed_mentions
from functions.interview_prep.posting.page.large_pages import read_aside
from functions.interview_prep.stage_messages import Posting, Search
from shared.errors import HeadraceError, PutBack, Transient
from shared.ports import Ports
from shared.ports.web import Page

PAGES = 3
"""Pages read beside the home page: each is a request."""
LONGEST, SHORTEST = 5_000, 200
"""Characters of a page's text that are kept, and below which it says nothing."""
MAX_BYTES, TIMEOUT = 2 * 1024 * 1024, 5.0
_OK = 200
_ACCEPT = {"accept": "text/html,application/xhtml+xml;q=0.9", "accept-language": "en;q=1,*;q=0.5"}


async def read_employer_pages(searches: list[Search], posting: Posting, ports: Ports) -> EmployerPages:
    """The pages that the employer's home page leads to, at most three; without a known site, none. Nothing is raised for a site.

    Raises:
        PutBack: as the web port says.
    """
    del searches
    template, domain = ports.settings.company_url, posting.company_domain
    if not domain or "{domain}" not in template:
        return EmployerPages(why="the employer's own site is not known")
    try:
        home = await ports.web.fetch(template.replace("{domain}", domain), headers=_ACCEPT, max_bytes=MAX_BYTES, timeout=TIMEOUT)
    except PutBack:
        raise
    except HeadraceError as error:
        return EmployerPages(why=f"the employer's site could not be read ({error.message})", passing=isinstance(error, Transient))
    try:
        links, why = await read_aside(home, _links, home, posting)
    except HeadraceError as error:
        return EmployerPages(why=error.message, passing=isinstance(error, Transient))
    if not links:
        return EmployerPages(why=why)
    found = await asyncio.gather(*(_read(kind, url, ports) for kind, url in links[:PAGES]))
    return EmployerPages(pages=tuple(page for page in found if page is not None), why=why)


def employer_pages_key(searches: list[Search], posting: Posting) -> list[str]:
    """What the week's cache is keyed by: whose site it is."""
    del searches
    return [posting.company, posting.company_domain]


def _links(home: Page, posting: Posting) -> tuple[list[tuple[PageKind, str]], str]:
    """The pages worth reading, the most useful first; none of a site that does not name the employer."""
    from functions.interview_prep.employer_site.site_links import own_links  # noqa: PLC0415 - lxml, for this stage alone
    from functions.interview_prep.posting.page.parsed_page import open_page  # noqa: PLC0415 - as above

    opened = open_page(home, home.url) if home.status == _OK else None
    if opened is None:
        return [], f"the employer's site gave no page (HTTP {home.status})"
    said = f"{opened.title}\n{opened.meta('og:site_name')}\n{opened.text[:20_000]}"
    names = aliases_of(posting.company, posting.company_domain)
    if next(framed_mentions(posting.company, said, names=names), None) is None:
        return [], "the site at the employer's domain does not name the employer"
    found = own_links(opened, posting.company_domain)
    order: list[PageKind] = ["hiring", "values", "news", "engineering"]
    distinct = dict.fromkeys(found[kind] for kind in order if kind in found)
    return [(next(kind for kind in order if found.get(kind) == url), url) for url in distinct], ""


async def _read(kind: PageKind, url: str, ports: Ports) -> EmployerPage | None:
    """One page; None where it cannot be read or says nothing."""
    try:
        page = await ports.web.fetch(url, headers=_ACCEPT, max_bytes=MAX_BYTES, timeout=TIMEOUT)
    except PutBack:
        raise
    except HeadraceError:
        return None
    today = datetime.fromtimestamp(ports.clock.now(), UTC).date()
    try:
        return await read_aside(page, _opened, kind, page, today) if page.status == _OK else None
    except HeadraceError:
        return None


def _opened(kind: PageKind, page: Page, today: date) -> EmployerPage | None:
    from functions.interview_prep.employer_site.recent_news import recent_news  # noqa: PLC0415 - for this stage alone
    from functions.interview_prep.posting.page.parsed_page import open_page  # noqa: PLC0415 - as above

    opened = open_page(page, page.url)
    text = opened.main_text[:LONGEST] if opened is not None else ""
    if opened is None or len(text) < SHORTEST:
        return None
    title = next(iter(opened.headings), "") or opened.title
    news = recent_news(opened.text or opened.main_text, today) if kind == "news" else ()
    return EmployerPage(kind=kind, url=page.url, title=title[:160], text=text, news=news)
