"""What was found out about a posting, from whatever source, and the `Posting` made of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

from functions.interview_prep.messages import Posting, PrepRequest
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import employer_domain
from functions.interview_prep.posting.values import level_of, pay_in
from shared.errors import BadInput

ReadBy = Literal["text", "ats", "json_ld", "microdata", "model"]


@dataclass(frozen=True)
class Facts:
    """A posting's facts, clean, empty where nothing is said. `websites` are those stated as the employer's."""

    title: str = ""
    company: str = ""
    websites: tuple[str, ...] = ()
    location: str = ""
    employment_type: str = ""
    salary: str = ""
    date_posted: str = ""
    valid_through: str = ""
    description: str = ""
    read_by: ReadBy = "text"
    url: str = ""
    warnings: tuple[str, ...] = ()

    def filled_from(self, other: Facts) -> Facts:
        """These facts, and the other's where these are empty."""
        return replace(self, **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})

    def overridden_by(self, request: PrepRequest) -> Facts:
        """With the user's own company and role in place of what was found."""
        company = request.company or self.company
        same = squash(company) == squash(self.company)
        # The found addresses are the found company's: with another name they would be the wrong logo.
        return replace(self, title=request.role or self.title, company=company, websites=self.websites if same else ())

    def missing(self) -> list[str]:
        """Which of `company` and `role` is not known."""
        return [name for name, value in (("company", self.company), ("role", self.title)) if not value]


def to_posting(facts: Facts, today: date) -> Posting:
    """The posting, with a warning for each thing that a reader would look for in vain.

    A date in the past is a warning, no refusal: boards set it by rote (30 days on) and leave the posting open, and
    who prepares for an interview has applied before. A page that itself says it is closed never gets here.

    Raises:
        BadInput: no title or no company (`posting_incomplete`).
    """
    if missing := facts.missing():
        raise _incomplete(missing)
    warnings = list(facts.warnings)
    if not facts.description:
        warnings.append("The posting has no description: the guide rests on its title and its company alone.")
    if facts.valid_through and facts.valid_through < today.isoformat():
        warnings.append(f"The posting's closing date, {facts.valid_through}, has passed: it may no longer be open.")
    if not facts.location:
        warnings.append("The posting names no location.")
    return Posting(
        url=facts.url,
        title=facts.title,
        company=facts.company,
        company_domain=employer_domain(facts.company, facts.websites, facts.url, facts.description),
        location=facts.location,
        employment_type=facts.employment_type,
        salary=facts.salary or pay_in(facts.description),
        date_posted=facts.date_posted,
        valid_through=facts.valid_through,
        level=level_of(facts.title, facts.description),
        description=facts.description,
        read_by=facts.read_by,
        warnings=tuple(warnings),
    )


def _incomplete(missing: list[str]) -> BadInput:
    named = {"company": "the employer", "role": "the job's title"}
    return BadInput(
        f"the posting does not say {' and '.join(named[name] for name in missing)}",
        code="posting_incomplete",
        advice=f"Give {' and '.join(f'`{name}`' for name in missing)} with the request.",
        errors=[{"pointer": f"/input/{name}", "detail": f"not found in the posting: give {named[name]}"} for name in missing],
    )
