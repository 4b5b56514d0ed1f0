"""Read the posting that a request names or holds: facts only, each from the posting itself."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from functions.interview_prep.posting.page.single_posting_check import looks_like
from functions.interview_prep.posting.posting_facts import to_posting
from functions.interview_prep.posting.values.facts_in_description import with_stated_facts
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
from shared.ports import Ports
from shared.sources.untrusted_values import tidy

_TRACKING = re.compile(
    r"utm_.*|[a-z]*clid|li_fat_id|mc_[ce]id|_hs.*|igshid|trk|trkinfo|trackingid|gh_src|lever-(?:source|origin)|_ga|_gl|iis|iisn",
    re.IGNORECASE,
)
_PORTS = {"http": ":80", "https": ":443"}


async def read_posting(request: PrepRequest, ports: Ports) -> Posting:
    """The posting, its company and role replaced by the request's own where it gives them.

    Raises:
        Permanent: the address leads to no open posting: `posting_closed`, `posting_is_listing`, `posting_not_found`,
            `posting_blocked`, `posting_unreadable`, `page_is_pdf`, `page_empty`.
        BadInput: no title or no company is sure (`posting_incomplete`, with its guess), or no usable address.
        PutBack, Transient, Permanent: as the web and models ports say.
    """
    if request.job_posting_url:
        from functions.interview_prep.posting.read_url import from_url  # noqa: PLC0415 - only addresses need all of it

        read = await from_url(request.job_posting_url.strip(), request, ports)
    else:
        from functions.interview_prep.posting.read_pasted_text import from_text  # noqa: PLC0415 - as above

        read = await from_text(request.posting_text or "", request, ports)
    today = datetime.fromtimestamp(ports.clock.now(), UTC).date()
    facts = read.facts.overridden_by(request)
    looks = looks_like(facts.description, titled=bool(facts.title)) if facts.missing() and not request.role else ""
    return with_stated_facts(to_posting(facts, today, read.guess, is_agency=read.is_agency, looks=looks))


def posting_key(request: PrepRequest) -> dict[str, Any]:
    """What a read posting is cached by: its address without tracking, or its text's hash, and the overrides."""
    if request.job_posting_url:
        subject = {"url": _plain_url(request.job_posting_url.strip())}
    else:
        subject = {"text": hashlib.sha256(tidy(request.posting_text or "").encode("utf-8", "replace")).hexdigest()}
    return {**subject, "company": request.company or "", "role": request.role or ""}


def _plain_url(url: str) -> str:
    """One spelling for the addresses of one page. What is no URL stays as it is: reading it says so."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    kept = sorted((name, value) for name, value in query if not _TRACKING.fullmatch(name))
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    return urlunsplit((scheme, host.removesuffix(_PORTS.get(scheme, "\0")), parts.path.rstrip("/"), urlencode(kept), ""))
