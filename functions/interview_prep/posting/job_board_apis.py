"""Public job APIs of applicant tracking systems: the posting as the employer wrote it, without a page around it.

Sources: Greenhouse's Job Board API, Lever's Postings API, Ashby's Job Postings API (their public developer pages).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qs, quote, unquote, urlsplit

from functions.interview_prep.posting.clean_text import MAX_DESCRIPTION, line, squash
from functions.interview_prep.posting.page.html_text import plain
from functions.interview_prep.posting.page.refusals import refusal
from functions.interview_prep.posting.posting_facts import Facts
from functions.interview_prep.posting.structured_data.schema_org import employment_type
from functions.interview_prep.posting.values.pay_amounts import money
from functions.interview_prep.posting.values.posting_dates import iso_date
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.sources.untrusted_values import as_number, clip

MAX_BOARD = 15 * 1024 * 1024
"""Bytes of a board: Ashby gives a board's postings all at once, some 10 KB each."""
_OK, _GONE = 200, frozenset({404, 410})
_MOST_AN_HOUR = 1000  # a larger amount is a year's
MOST_WORDS = 4  # of a company's name, looked for in a description

Vendor = Literal["greenhouse", "lever", "ashby"]
_HOSTS: dict[str, Vendor] = {
    "boards.greenhouse.io": "greenhouse",
    "job-boards.greenhouse.io": "greenhouse",
    "boards.eu.greenhouse.io": "greenhouse",
    "job-boards.eu.greenhouse.io": "greenhouse",
    "jobs.lever.co": "lever",
    "jobs.eu.lever.co": "lever",
    "jobs.ashbyhq.com": "ashby",
}
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_IDS: dict[Vendor, str] = {"greenhouse": r"\d{1,20}", "lever": _UUID, "ashby": _UUID}
_BOARD = re.compile(r"[\w][\w .&'()+-]{0,99}")
_EMBEDDED: tuple[tuple[str, Vendor, re.Pattern[str]], ...] = (
    ("gh_jid", "greenhouse", re.compile(r"boards(?:-api)?\.greenhouse\.io/(?:embed/job_(?:board|app)(?:/js)?\?(?:[\w=&;-]{0,80}?)for=|v1/boards/)([\w-]{1,100})")),
    ("ashby_jid", "ashby", re.compile(r"jobs\.ashbyhq\.com/([\w.%-]{1,100})/embed")),
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """A posting at a vendor: whose board, which posting."""

    vendor: Vendor
    board: str
    id: str
    european: bool = False
    """Whether the vendor keeps it in its European system, which answers under a host of its own."""


def job_at(url: str) -> Job | None:
    """The posting that a vendor's own address names, or None."""
    try:
        parts = urlsplit(url.strip())
        vendor = _HOSTS.get((parts.hostname or "").removeprefix("www."))
    except ValueError:
        return None
    if vendor is None:
        return None
    query = _query(parts.query)
    path = [unquote(part) for part in parts.path.split("/") if part]
    board = query.get("for", "") if path[:1] == ["embed"] else next(iter(path), "")
    wanted = [part for part in path[1:] if part not in {"jobs", "job_app"}][:1]
    job_id = query.get("gh_jid") or query.get("token") or next(iter(wanted), "")
    found = _job(vendor, board, job_id)
    return replace(found, european=".eu." in (parts.hostname or "")) if found else None


def embedded_job(url: str, markup: str) -> Job | None:
    """The posting that an employer's page embeds: its id from the address, its board from the page."""
    try:
        query = _query(urlsplit(url).query)
    except ValueError:
        return None
    for name, vendor, pattern in _EMBEDDED:
        board = pattern.search(markup) if name in query else None
        if board is not None:
            return _job(vendor, unquote(board[1]), query[name])
    return None


def _query(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text[:2000]).items()}


def _job(vendor: Vendor, board: str, job_id: str) -> Job | None:
    return Job(vendor, board, job_id) if _BOARD.fullmatch(board) and re.fullmatch(_IDS[vendor], job_id) else None


async def read(job: Job, ports: Ports) -> Facts | None:
    """The posting by its vendor's API; None if the API gives no usable answer (the page may still do).

    Raises:
        Permanent: the vendor lists no such posting (`posting_closed`).
    """
    bases = {"greenhouse": ports.settings.greenhouse_url, "lever": ports.settings.lever_url, "ashby": ports.settings.ashby_url}
    board = quote(job.board, safe="")
    path, params, facts_of = _CALLS[job.vendor]
    try:
        base = _european(bases[job.vendor]) if job.european else bases[job.vendor]
        url = base.rstrip("/") + path.format(board=board, id=job.id)
        page = await ports.web.fetch(url, params=params, max_bytes=MAX_BOARD, trusted=True)
        answer = page.json() if page.status == _OK else None
    except (Transient, Permanent):
        return None
    if page.status in _GONE:
        raise _gone(job)
    if job.vendor == "ashby" and isinstance(answer, dict) and isinstance(answer.get("jobs"), list):
        answer = next((one for one in answer["jobs"] if isinstance(one, dict) and _is(one, job.id)), None)
        if answer is None:
            raise _gone(job)
    facts = facts_of(answer) if isinstance(answer, dict) else Facts()
    if not facts.title:
        return None
    if not facts.company:
        facts = _named(facts, job.board)
    return replace(facts, read_by="ats")


def _european(base: str) -> str:
    """The European twin of a vendor's own host; any other base is the operator's and stays."""
    return base.replace("//api.lever.co", "//api.eu.lever.co").replace(
        "//boards-api.greenhouse.io", "//boards-api.eu.greenhouse.io"
    )


def _gone(job: Job) -> Permanent:
    return refusal("closed", f"{job.vendor.capitalize()} no longer lists this posting of {job.board!r}")


def _is(posting: dict[str, Any], job_id: str) -> bool:
    addresses = [line(posting.get(name), 1000) for name in ("id", "jobUrl", "applyUrl")]
    return any(job_id.lower() in address.lower() for address in addresses)


def _greenhouse(job: dict[str, Any]) -> Facts:
    pay = next((_objects(job.get("pay_input_ranges"))), {})
    cents = [as_number(pay.get(name)) / 100 for name in ("min_cents", "max_cents")]
    return Facts(
        title=line(job.get("title")),
        company=line(job.get("company_name")),
        location=line(_object(job.get("location")).get("name")),
        salary=money(pay.get("currency_type"), cents, "year" if max(cents) > _MOST_AN_HOUR else "hour"),
        date_posted=iso_date(job.get("first_published")),
        valid_through=iso_date(job.get("application_deadline")),
        description=plain(job.get("content")),
        url=line(job.get("absolute_url"), 2000),
    )


def _lever(job: dict[str, Any]) -> Facts:
    categories, pay = _object(job.get("categories")), _object(job.get("salaryRange"))
    places = [line(place) for place in categories.get("allLocations") or [] if isinstance(place, str)]
    lists = [f"{line(part.get('text'))}\n{plain(part.get('content'))}" for part in _objects(job.get("lists"))]
    parts = [
        plain(job.get("description")) or line(job.get("descriptionPlain"), MAX_DESCRIPTION),
        *lists,
        plain(job.get("additional")),
        plain(job.get("salaryDescription")),
    ]
    return Facts(
        title=line(job.get("text")),
        location=_with_remote("; ".join(places[:3]) or line(categories.get("location")), job.get("workplaceType")),
        employment_type=employment_type(categories.get("commitment")),
        salary=money(pay.get("currency"), [as_number(pay.get(name)) for name in ("min", "max")], pay.get("interval")),
        date_posted=iso_date(job.get("createdAt")),
        description=clip("\n\n".join(part.strip() for part in parts if part.strip()), MAX_DESCRIPTION),
        url=line(job.get("hostedUrl"), 2000),
    )  # fmt: skip


def _ashby(job: dict[str, Any]) -> Facts:
    pay = _object(job.get("compensation"))
    places = [line(job.get("location")), *(line(place.get("location")) for place in _objects(job.get("secondaryLocations")))]
    remote = "remote" if job.get("isRemote") is True else job.get("workplaceType")
    return Facts(
        title=line(job.get("title")),
        location=_with_remote("; ".join(list(filter(None, places))[:3]), remote),
        employment_type=employment_type(job.get("employmentType")),
        salary=line(pay.get("scrapeableCompensationSalarySummary")) or line(pay.get("compensationTierSummary")),
        date_posted=iso_date(job.get("publishedAt")),
        description=plain(job.get("descriptionHtml")) or plain(job.get("descriptionPlain")),
        url=line(job.get("jobUrl"), 2000),
    )


_CALLS: dict[Vendor, tuple[str, dict[str, str], Callable[[dict[str, Any]], Facts]]] = {
    "greenhouse": ("/v1/boards/{board}/jobs/{id}", {"content": "true", "pay_transparency": "true"}, _greenhouse),
    "lever": ("/v0/postings/{board}/{id}", {"mode": "json"}, _lever),
    "ashby": ("/posting-api/job-board/{board}", {"includeCompensation": "true"}, _ashby),
}


def _named(facts: Facts, board: str) -> Facts:
    """With the company behind a board's name, spelled as the text spells it: `acmerobotics` -> `Acme Robotics`."""
    wanted = squash(board)
    words = [word.strip(".,;:!?()'’\"“”") for word in re.sub(r"['’]s\b", "", facts.description).split()]
    for at, word in enumerate(words):
        if word[:1].isupper() and wanted.startswith(squash(word[:1])):
            for count in range(1, MOST_WORDS + 1):
                name = " ".join(words[at : at + count])
                if squash(name) == wanted:
                    return replace(facts, company=line(name))
    spelled = line(" ".join(part[:1].upper() + part[1:] for part in re.split(r"[\s_.-]+", board) if part))
    return replace(facts, company=spelled, warnings=("The company's name was taken from its job board's address.",))


def _with_remote(places: str, workplace: Any) -> str:
    remote = isinstance(workplace, str) and squash(workplace) == "remote" and "remote" not in places.lower()
    return (f"Remote ({places})" if places else "Remote") if remote else places


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    return (part for part in value if isinstance(part, dict)) if isinstance(value, list) else iter(())
