"""The job pages of companies: one posting per page, its data given in all the ways that real pages give it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from starlette.responses import HTMLResponse, Response

from infra.sample_sites.jobs.postings import SamplePosting, posting

PAGES = Path(__file__).parent / "pages"
_RELATED = ("larkmoor", "nimbrel", "wrenhaul", "osprelle", "tessaquill", "calderwyn")


@dataclass(frozen=True)
class SamplePage:
    """An address below the base URL, one line on what is special about it, and its answer for a date."""

    path: str
    about: str
    answer: Callable[[date], Response]


Head = Callable[[SamplePosting, date], str]


def render(
    job: SamplePosting, today: date, *, head: str = "", house: str = "careers", main: str | None = None, charset: str = "utf-8"
) -> str:
    """A posting's page in a house style: `careers` (the company's own) or `board` (a job board)."""
    related = "".join(f"<li><a>{escape(other.title)}</a>, {escape(other.city)}</li>" for other in _others(job))
    return _template(house).substitute(
        title=escape(job.title),
        company=escape(job.company),
        domain=job.domain,
        place=escape(job.place),
        slug=job.slug,
        lang=job.lang,
        charset=charset,
        head=head,
        main=main if main is not None else _main(job, today),
        related=related,
    )


def page(slug: str, head: Head, about: str, path: str, *, house: str = "careers") -> SamplePage:
    """The page of a posting whose structured data `head` writes."""

    def answer(today: date) -> Response:
        job = posting(slug)
        return HTMLResponse(render(job, today, head=head(job, today), house=house))

    return SamplePage(path, about, answer)


def script(data: Any) -> str:
    """JSON-LD as pages embed it."""
    return f'<script type="application/ld+json">\n{json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<" + chr(92) + "/")}\n</script>'


def plain(job: SamplePosting, today: date) -> str:
    """One JobPosting."""
    return script(job.json_ld(today))


def _none(job: SamplePosting, today: date) -> str:
    del job, today
    return ""


def _graph(job: SamplePosting, today: date) -> str:
    data = job.json_ld(today)
    data.pop("@context")
    site = {
        "@type": "WebSite",
        "@id": f"https://www.{job.domain}/#site",
        "name": job.company,
        "url": f"https://www.{job.domain}/",
    }
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Careers"}]}
    employer = {
        "@type": "Organization",
        "@id": f"https://www.{job.domain}/#us",
        "name": job.company,
        "url": f"https://www.{job.domain}/",
    }
    data["hiringOrganization"] = {"@id": employer["@id"]}
    return script({"@context": "https://schema.org", "@graph": [site, employer, crumbs, data]})


def _lists(job: SamplePosting, today: date) -> str:
    data = job.json_ld(today)
    for name in ("@type", "title", "employmentType", "jobLocation", "hiringOrganization"):
        data[name] = [data[name]]
    data["employmentType"].append("OTHER")
    return script([{"@context": "https://schema.org", "@type": "Organization", "name": job.company}, data])


def _control_characters(job: SamplePosting, today: date) -> str:
    return script(job.json_ld(today)).replace("\\n", "\n").replace("</li>\n<li>", "</li>\t\n<li>")


def _commented(job: SamplePosting, today: date) -> str:
    data = json.dumps(job.json_ld(today)).replace("</", "<\\/")
    return f'<script type="application/ld+json">\n//<![CDATA[\n/* made by the careers module */\n{data};\n//]]>\n</script>'


def _broken(job: SamplePosting, today: date) -> str:
    # A template that put a quoted word into a string, and a comma too many.
    return (
        script(job.json_ld(today))
        .replace("Umbersail Air flies", 'Umbersail "Air" flies')
        .replace('"@type": "Place",', '"@type": "Place",,')
    )


def _html_in_html(job: SamplePosting, today: date) -> str:
    data = job.json_ld(today)
    data["description"] = escape(f'<div class="desc"><style>p{{margin:0}}</style>{job.html}<br/><br/>&nbsp;</div>')
    return script(data)


def _microdata(today: date) -> Response:
    job = posting("grainvoss")
    posted, valid = job.dates(today)
    main = (
        '<div itemscope itemtype="https://schema.org/JobPosting">'
        f'<h1 itemprop="title">{escape(job.title)}</h1>'
        '<p itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">'
        f'<span itemprop="name">{escape(job.company)}</span> <a itemprop="sameAs" href="https://www.{job.domain}">Website</a></p>'
        '<p itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><span itemprop="address" itemscope '
        f'itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">{job.city}</span>, '
        f'<span itemprop="addressCountry">{job.country}</span></span></p>'
        f'<p>Posted <time itemprop="datePosted" datetime="{posted}">{posted}</time>, open until '
        f'<time itemprop="validThrough" datetime="{valid}">{valid}</time>. '
        f'<span itemprop="employmentType" content="{job.type}">Full time</span>, {escape(job.pay.text)}</p>'
        f'<div itemprop="description">{job.html}</div></div>'
    )
    return HTMLResponse(render(job, today, main=main))


def _main(job: SamplePosting, today: date) -> str:
    facts = (
        job.place,
        job.pay.text,
        job.type.replace("_", " ").capitalize(),
        f"Posted {job.dates(today)[0]}",
        f"Reference {job.id}",
    )
    items = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return f'<h1>{escape(job.title)}</h1>\n<p>{escape(job.company)}</p>\n<ul class="facts">{items}</ul>\n{job.html}'


def _others(job: SamplePosting) -> list[SamplePosting]:
    return [posting(slug) for slug in _RELATED if slug != job.slug][:4]


@lru_cache(maxsize=4)
def _template(house: str) -> Template:
    return Template((PAGES / f"{house}.html").read_text("utf-8"))


def _renamed(today: date) -> Response:
    job = replace(posting("larkmoor"), slug="larkmoor-again")
    return HTMLResponse(render(job, today, head=plain(job, today), house="board"))


JOBS: tuple[SamplePage, ...] = (
    page("larkmoor", plain, "The demo's posting: payments, senior backend. JSON-LD.", "/jobs/larkmoor/senior-backend-engineer-payouts"),
    SamplePage("/jobs/board/larkmoor-senior-backend-engineer", "The same job on a job board: other address, same company and role.", _renamed),
    page("nimbrel", _graph, "Hospital software, data scientist. JSON-LD in an @graph, employer by reference.", "/jobs/nimbrel/data-scientist-capacity"),
    page("wrenhaul", _lists, "Robotics, motion planning. JSON-LD with a list for every value.", "/jobs/wrenhaul/motion-planning-engineer"),
    SamplePage("/jobs/grainvoss/assistant-store-manager", "Groceries, assistant store manager. Microdata.", _microdata),
    page("veldtide", _none, "Batteries, data engineer. On a job board, no structured data.", "/jobs/board/veldtide-data-engineer", house="board"),
    page("hollowreed", _control_characters, "Games, gameplay programmer. Raw control characters in JSON-LD.", "/jobs/hollowreed/gameplay-programmer"),
    page("pinmarrow", _html_in_html, "Security, detection engineer. Escaped HTML in the JSON-LD description.", "/jobs/pinmarrow/detection-engineer"),
    page("umbersail", _broken, "Airline, revenue analyst. JSON-LD that does not parse.", "/jobs/umbersail/revenue-management-analyst"),
    page("tessaquill", _commented, "Developer tools, staff frontend. JSON-LD inside comments.", "/jobs/tessaquill/staff-frontend-engineer"),
    page("calderwyn", _none, "Bank, credit risk analyst. No structured data: the model reads it.", "/jobs/calderwyn/credit-risk-analyst"),
    page("moorgant", plain, "Insurance, graduate actuary. JSON-LD on a job board.", "/jobs/board/moorgant-graduate-actuarial-analyst", house="board"),
    page("osprelle", plain, "Tickets, site reliability. JSON-LD.", "/jobs/osprelle/site-reliability-engineer"),
    page("greek", plain, "A Greek posting; nobody has reported on this company.", "/jobs/greek/michanikos-logismikou"),
    page("japanese", plain, "A Japanese posting; nobody has reported on this company.", "/jobs/japanese/backend-engineer"),
    page("cyrillic", plain, "A Bulgarian posting; nobody has reported on this company.", "/jobs/cyrillic/inzhener-kachestvo"),
)  # fmt: skip
