"""From a posting's address to its facts: the vendor's API, the page's structured data, then the model over its text."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from functions.interview_prep.posting import job_board_apis as ats
from functions.interview_prep.posting.clean_text import occurs, squash
from functions.interview_prep.posting.copied_page.find_posting import parts_of
from functions.interview_prep.posting.identity.identify_job import identify
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.vocabulary import names_role, small_words
from functions.interview_prep.posting.page.employer_elements import employer_elements, first_pictures
from functions.interview_prep.posting.page.large_pages import read_aside
from functions.interview_prep.posting.page.parsed_page import OpenPage, decode, open_page
from functions.interview_prep.posting.page.refusals import (
    ENOUGH,
    check_answer,
    check_open,
    check_unstructured,
    refusal,
    says_that_it_lists,
)
from functions.interview_prep.posting.page.single_posting_check import check_one_job, check_rows, check_speaks_of_a_job
from functions.interview_prep.posting.posting_facts import Facts, Read
from functions.interview_prep.posting.posting_marks import marks_of
from functions.interview_prep.posting.read_pasted_text import complete
from functions.interview_prep.posting.structured_data.own_posting import own_posting
from functions.interview_prep.prep_request import PrepRequest
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.web import Page

MAX_PAGE = 3 * 1024 * 1024
"""Bytes of a page: the longest real postings have less than half of it."""
_ACCEPT = {"accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5", "accept-language": "en;q=1,*;q=0.5"}


_ROWS_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/json", "text/csv", "application/xml", "text/xml"}
)
"""What machines send rows of jobs as."""
THIN = 600
"""Characters below which a description is likely to be the page's text cut short."""


_ASKED_MARKS = 4
"""Marks of a posting from which a page whose job's kind no word list has is asked about, not refused."""
_MOST_SMALL = 3
"""Words in small letters of a heading that names a job: `Robots that lend a hand` is a sentence."""


@dataclass(frozen=True)
class Reading:
    """What a page gave.

    `facts`: its structured data's, if it has any. `said`: what rules and model read.
    `refused`: why it would be no posting, were there no employer's board behind it (`embedded`).
    """

    url: str
    facts: Facts | None
    said: PostingParts
    main: str
    embedded: ats.Job | None
    refused: Permanent | None


async def from_url(url: str, request: PrepRequest, ports: Ports) -> Read:
    """The facts of the posting at an address.

    Raises:
        Permanent: it is no open posting; the code and the advice say what it is and what to do.
        PutBack, Transient, Permanent, BadInput: as the web and models ports say.
    """
    job = ats.job_at(url)
    facts = await ats.read(job, ports) if job else None
    if facts is not None:
        return Read(replace(facts, url=facts.url or url))
    page = await ports.web.fetch(url, headers=_ACCEPT, max_bytes=MAX_PAGE)
    if page.content_type in _ROWS_TYPES:
        check_rows(decode(page.content, page.headers.get("content-type", "")))
    check_answer(page)
    reading = await read_aside(page, _read, page, url)
    if reading.facts is None and reading.embedded is not None:
        facts = await ats.read(reading.embedded, ports)
        if facts is not None:
            return Read(replace(facts, url=reading.url))
    if reading.refused is not None:
        raise reading.refused
    return await _completed(reading, request, ports)


def _read(page: Page, asked: str) -> Reading:
    """All that takes time over a page, for a thread of its own."""
    opened = open_page(page, asked)
    if opened is None:
        raise refusal("empty", "the page has no text")
    facts = own_posting(opened)
    check_open(opened)
    refused = None
    try:
        if facts is None:
            check_unstructured(opened)
            check_one_job(opened.text, opened.headings, (opened.title,), opened.url, opened.named)
            check_speaks_of_a_job(opened.text, opened.headings, is_page=True)
    except Permanent as error:
        refused = error
    needed = refused is None and (facts is None or not facts.company or len(facts.description) < THIN)
    main = opened.main_text if needed else ""
    embedded = ats.embedded_job(asked, opened.markup) or ats.embedded_job(opened.url, opened.markup)
    said = PostingParts(
        _for_the_reader(opened, main),
        head=tuple(filter(None, dict.fromkeys((opened.title, opened.meta("og:title"), opened.meta("twitter:title"))))),
        headings=opened.headings,
        marked=employer_elements(opened.tree),
        pictured=first_pictures(opened.tree),
        site_name=opened.meta("og:site_name"),
        url=opened.url,
    )
    return Reading(opened.url, facts, said, main, embedded, refused)


def _for_the_reader(page: OpenPage, main: str) -> str:
    """What stands above the main text first: title, company and place are often left out of it; and the foot, where the company signs."""
    own = tuple(one for one in page.headings if names_role(one) or squash(one) in squash(page.title))
    head = [page.meta("description"), parts_of(page.text, own).own[:600]]
    foot = page.text[-400:] if len(page.text) > len(main) else ""
    return "\n".join([*dict.fromkeys(filter(None, head)), "", main, "", foot])


async def _completed(reading: Reading, request: PrepRequest, ports: Ports) -> Read:
    if reading.facts is None:
        known = Facts(read_by="model", url=reading.url)
        read = await complete(reading.said, known, reading.main, request, ports, kind="page")
        says_so = any(
            names_role(one) and small_words(one) <= _MOST_SMALL for one in (read.guess.title, *reading.said.headings[:2])
        )
        speaks = marks_of(reading.said.text) >= _ASKED_MARKS
        is_one = says_so or (read.guess.title and speaks)
        named = (*reading.said.head, *reading.said.headings[:2])
        if not read.facts.title and not request.role and not any(map(names_role, named)) and says_that_it_lists(named):
            advice = "Open one job's own page and give its address, or paste that job's text."
            raise refusal("unreadable", "the page is about working there, and names no one job", advice)
        if not (is_one or (read.facts.title and speaks)) and not request.role:
            raise refusal("unreadable", "nothing on the page says which job it offers")
        return read
    facts = reading.facts
    if len(facts.description) < len(reading.main) // 2 and (
        not facts.description or occurs(facts.description[:100], reading.main)
    ):
        facts = replace(facts, description=reading.main)
    if not facts.overridden_by(request).missing():
        return Read(facts)
    said = replace(reading.said, text=f"{reading.said.text}\n{facts.description}", known_title=facts.title)
    if len(reading.main) >= ENOUGH:
        return await complete(said, facts, facts.description, request, ports, kind="known")
    found = await asyncio.to_thread(identify, said)
    facts = facts.filled_from(Facts(title=found.title, company=found.company))
    return Read(facts, Facts(title=found.title_guess, company=found.company_guess), is_agency=found.is_agency)
