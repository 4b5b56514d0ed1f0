"""A company's own site from `texts/<slug>.txt`: pages that begin with `=== path | title`, in light markup."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from infra.sample_sites.jobs.postings import to_html

FOLDER = Path(__file__).parent / "texts"
_AGO = re.compile(r"\{ago (\d{1,4})\}")


@lru_cache(maxsize=16)
def pages(slug: str) -> dict[str, tuple[str, str]]:
    """A site's pages by path, `` for the home page: each a title and a body in light markup. None: no site."""
    file = FOLDER / f"{slug}.txt"
    if not re.fullmatch(r"[a-z]{2,30}", slug) or not file.is_file():
        return {}
    _, *parts = re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)
    heads = (part.partition("\n") for part in parts)
    split = ((head.partition(" | "), body) for head, _, body in heads)
    return {path.strip(" /"): (title.strip(), body.strip()) for (path, _, title), body in split}


def routes(today: date) -> list[Route]:
    """`/{domain}/{path}`: a page of the site; 404 where there is none."""

    async def answer(request: Request) -> Response:
        domain, path = request.path_params["domain"], request.path_params["path"].strip("/")
        site = pages(domain.removesuffix(".example"))
        if path not in site:
            return HTMLResponse("<h1>There is no such page</h1>", 404)
        title, body = site[path]
        dated = _AGO.sub(lambda found: f"{today - timedelta(days=int(found[1])):%d %B %Y}", body)
        links = "".join(f'<a href="/company/{domain}/{other}">{escape(name)}</a> ' for other, (name, _) in site.items())
        page = f"<!DOCTYPE html><html lang=en><head><title>{escape(title)}</title></head><body><header><nav>{links}</nav></header><main><h1>{escape(title)}</h1>{to_html(dated)}</main></body></html>"
        return HTMLResponse(page)

    return [Route("/{domain}/{path:path}", answer)]
