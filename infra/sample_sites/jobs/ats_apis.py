"""Postings in the shapes of the public JSON APIs of Greenhouse, Lever and Ashby."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.sample_sites.jobs.postings import SamplePosting, posting, to_html

Json = dict[str, Any]
GREENHOUSE, LEVER, ASHBY = ("veldtide", "osprelle"), ("pinmarrow",), ("tessaquill",)


def routes(today: date) -> list[Route]:
    """All three below `/greenhouse`, `/lever`, `/ashby`."""

    async def greenhouse(request: Request) -> Response:
        board, wanted = request.path_params["board"], request.path_params.get("id")
        if board not in GREENHOUSE or wanted not in {None, posting(board).id}:
            return JSONResponse({"status": 404, "error": "Job not found"}, 404)
        content = request.query_params.get("content") == "true" or wanted is not None
        job = _greenhouse(posting(board), today, content=content)
        return JSONResponse(job if wanted else {"jobs": [job], "meta": {"total": 1}})

    async def lever(request: Request) -> Response:
        site, wanted = request.path_params["site"], request.path_params.get("id")
        if site not in LEVER or wanted not in {None, posting(site).id}:
            return JSONResponse({"ok": False, "error": "Document not found"}, 404)
        job = _lever(posting(site), today)
        return JSONResponse(job if wanted else [job])

    async def ashby(request: Request) -> Response:
        board = request.path_params["board"]
        if board not in ASHBY:
            return JSONResponse({"error": "Not Found"}, 404)
        return JSONResponse({"apiVersion": "1", "jobs": [_ashby(posting(board), today)]})

    return [
        Route("/greenhouse/v1/boards/{board}/jobs", greenhouse),
        Route("/greenhouse/v1/boards/{board}/jobs/{id}", greenhouse),
        Route("/lever/v0/postings/{site}", lever),
        Route("/lever/v0/postings/{site}/{id}", lever),
        Route("/ashby/posting-api/job-board/{board}", ashby),
    ]


def _greenhouse(job: SamplePosting, today: date, *, content: bool) -> Json:
    posted = f"{job.dates(today)[0]}T09:12:44-04:00"
    data: Json = {
        "id": int(job.id),
        "internal_job_id": int(job.id) - 1_000,
        "absolute_url": f"https://boards.greenhouse.io/{job.slug}/jobs/{job.id}",
        "title": job.title,
        "company_name": job.company,
        "first_published": posted,
        "updated_at": posted,
        "requisition_id": job.slug.upper(),
        "location": {"name": f"{job.city}, {job.country}"},
        "language": job.lang,
        "metadata": None,
        "data_compliance": [{"type": "gdpr", "requires_consent": False, "retention_period": None}],
    }
    if content:  # Greenhouse escapes the HTML once more
        data |= {"content": html.escape(job.html), "departments": [{"id": 4001, "name": "Engineering"}]}
        data |= {"offices": [{"id": 5001, "name": job.city, "location": job.city}]}
    return data


def _lever(job: SamplePosting, today: date) -> Json:
    opening, *parts = job.parts()
    lists = [part for part in parts if "\n\n- " in part and "\n\n" not in part.split("\n\n- ", 1)[1]]
    closing = job.parts()[-1].rsplit("\n\n", 1)[1]
    posted = datetime.fromisoformat(f"{job.dates(today)[0]}T10:00:00").replace(tzinfo=UTC)
    return {
        "id": job.id,
        "text": job.title,
        "categories": {
            "commitment": "Full-time",
            "location": job.city,
            "team": "Detection",
            "allLocations": [job.city, "Remote"],
        },
        "country": job.country,
        "workplaceType": "remote" if job.remote else "on-site",
        "createdAt": int(posted.timestamp() * 1000),
        "description": to_html(opening),
        "descriptionPlain": opening,
        "lists": [{"text": part.split("\n", 1)[0], "content": _items(part)} for part in lists],
        "additional": to_html(closing),
        "additionalPlain": closing,
        "salaryRange": {"currency": job.pay.currency, "interval": "per-year-salary", "min": job.pay.low, "max": job.pay.high},
        "hostedUrl": f"https://jobs.lever.co/{job.slug}/{job.id}",
        "applyUrl": f"https://jobs.lever.co/{job.slug}/{job.id}/apply",
    }


def _items(part: str) -> str:
    return "".join(f"<li>{html.escape(line[2:])}</li>" for line in part.splitlines() if line.startswith("- "))


def _ashby(job: SamplePosting, today: date) -> Json:
    pay = f"€{job.pay.low / 1000:.0f}K – €{job.pay.high / 1000:.0f}K"
    return {
        "id": job.id,
        "title": job.title,
        "department": "Engineering",
        "team": "Editor",
        "employmentType": "FullTime",
        "location": job.city,
        "secondaryLocations": [{"location": place.strip()} for place in job.remote.split(",")],
        "isRemote": True,
        "isListed": True,
        "workplaceType": "Remote",
        "publishedAt": f"{job.dates(today)[0]}T08:00:00.000+00:00",
        "address": {"postalAddress": {"addressLocality": job.city, "addressCountry": job.country}},
        "descriptionHtml": job.html,
        "descriptionPlain": job.body.replace("## ", ""),
        "jobUrl": f"https://jobs.ashbyhq.com/{job.slug}/{job.id}",
        "applyUrl": f"https://jobs.ashbyhq.com/{job.slug}/{job.id}/application",
        "compensation": {"compensationTierSummary": pay, "scrapeableCompensationSalarySummary": pay},
    }
