"""The model's reading of a page or a pasted text. It fills in facts; what the text does not say is not taken from it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.interview_prep.posting.clean_text import MAX_DESCRIPTION, line, occurs, squash
from functions.interview_prep.posting.employer_domain import domain_of
from functions.interview_prep.posting.identity.answer_in_text import company_in, title_in
from functions.interview_prep.posting.page.refusals import Reason, refusal
from functions.interview_prep.posting.page.single_posting_check import refuse_several
from functions.interview_prep.posting.posting_facts import Facts
from functions.interview_prep.posting.posting_marks import SURELY_ONE, marks_of
from functions.interview_prep.posting.values.posting_dates import iso_date
from functions.interview_prep.prompts import prompt
from shared.ports import Ports

MAX_ANSWER_TOKENS = 2000
_LONGEST_WALL = 600
"""Characters beyond which a page that shows an error or a wall is known as one by its words: a model that takes it for one asks, no more."""
_MOST_JOBS = 12
"""Jobs of a list that are looked at."""


class PostingFacts(BaseModel):
    """What the model is asked for. Empty where the text says nothing."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    verdict: Literal["posting", "listing", "closed", "error", "not_a_posting"]
    jobs: tuple[str, ...] = ()
    title: str = ""
    company: str = ""
    company_website: str = ""
    location: str = ""
    employment_type: str = ""
    salary: str = ""
    date_posted: str = ""
    valid_through: str = ""


_REASONS: dict[str, tuple[Reason, str]] = {
    "listing": ("listing", "the page lists several jobs"),
    "closed": ("closed", "the page says that the posting is closed"),
    "error": ("unreadable", "the page shows an error or a wall instead of a posting"),
    "not_a_posting": ("unreadable", "it holds no job posting"),
}


async def by_model(text: str, ports: Ports, *, refuses: bool = True, is_paste: bool = False) -> Facts:
    """The facts that the model finds in `text` (at most 15,000 characters of it) and that `text` indeed states.

    A paste is somebody's choice: that it is closed or shows an error is no reason, and that it is several jobs only where the
    model names two that stand in it.

    Raises:
        Permanent: unless not `refuses`, by its verdict this is no open posting (`posting_is_listing`, `posting_closed`, `posting_unreadable`).
        PutBack, Transient, Permanent: as the models port says.
    """
    data = text[:MAX_DESCRIPTION]
    found = await ports.models.ask(
        instructions=prompt("read_posting"), data=data, answer=PostingFacts, role="fast", max_output_tokens=MAX_ANSWER_TOKENS
    )
    if refuses:
        _check_verdict(found, data, is_paste=is_paste, is_long=len(text) > _LONGEST_WALL)

    def stated(value: str) -> str:
        return text if (text := line(value)) and occurs(text, data) else ""

    website = domain_of(found.company_website)
    return Facts(
        title=title_in(found.title, data),
        company=company_in(found.company, data),
        location=stated(found.location),
        employment_type=stated(found.employment_type),
        salary=stated(found.salary),
        websites=(website,) if website and squash(website) in squash(data) else (),
        date_posted=_stated_date(found.date_posted, data),
        valid_through=_stated_date(found.valid_through, data),
    )


def _check_verdict(found: PostingFacts, text: str, *, is_paste: bool, is_long: bool) -> None:
    """Refuse what by the model's verdict is no open posting.

    Raises:
        Permanent: as `by_model` says.
    """
    if found.verdict == "listing":
        jobs = {squash(title): title for job in found.jobs[:_MOST_JOBS] if (title := title_in(job, text))}
        if len(jobs) > 1:
            raise refuse_several(list(jobs.values()))
    if is_paste and (found.verdict != "not_a_posting" or marks_of(text) >= SURELY_ONE):
        return
    if found.verdict in _REASONS and not (found.verdict == "error" and is_long):
        raise refusal(*_REASONS[found.verdict])


def _stated_date(value: str, text: str) -> str:
    """A date whose year and day the text holds too: it may have written the month as a word."""
    date = iso_date(value)
    return date if date and date[:4] in text and date[8:].lstrip("0") in text else ""
