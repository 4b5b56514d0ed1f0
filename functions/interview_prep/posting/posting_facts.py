"""What was found out about a posting, from whatever source, and the `Posting` made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import employer_domain
from functions.interview_prep.posting.values.pay_parser import pay_in
from functions.interview_prep.posting.values.posting_language import text_language
from functions.interview_prep.posting.values.seniority_level import level_of
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Posting
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


@dataclass(frozen=True)
class Read:
    """What was read: the sure facts, and a guess at what is not sure. `is_agency`: an agency speaks for an employer that it does not name."""

    facts: Facts
    guess: Facts = field(default_factory=Facts)
    is_agency: bool = False


def to_posting(facts: Facts, today: date, guess: Facts | None = None, *, is_agency: bool = False, looks: str = "") -> Posting:
    """The posting, with a warning for each thing that a reader would look for in vain.

    A date in the past is a warning, no refusal: boards set it by rote (30 days on) and leave the posting open, and
    who prepares for an interview has applied before. A page that itself says it is closed never gets here.
    `looks`: what a question says first, where this may be no single job.

    Raises:
        BadInput: no title or no company (`posting_incomplete`).
    """
    if missing := facts.missing():
        raise _incomplete(missing, guess or Facts(), is_agency=is_agency, looks=looks)
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
        salary=_pay_alone(facts.salary) or pay_in(facts.description),
        date_posted=facts.date_posted,
        valid_through=facts.valid_through,
        level=level_of(facts.title, facts.description),
        description=facts.description,
        language=text_language(f"{facts.title}\n{facts.description}"),
        read_by=facts.read_by,
        warnings=tuple(warnings),
    )


def _pay_alone(salary: str) -> str:
    """A pay without what stands behind it on its line and has no figure (`$19 per hour. Full-time.`)."""
    pay, *rest = re.split(r"(?<=[a-z]{3})\.\s+", salary)
    return pay if rest and any(map(str.isdigit, pay)) and not any(map(str.isdigit, " ".join(rest))) else salary


def _incomplete(missing: list[str], guess: Facts, *, is_agency: bool, looks: str) -> BadInput:
    """What is not sure, with what it may be: a guide for the wrong employer is worse than a question."""
    named = {"company": "the employer", "role": "the job's title"}
    guesses = {"company": guess.company, "role": guess.title}
    what = " and ".join(named[name] for name in missing)
    message = (
        "the posting is an agency's and does not say who the employer is"
        if is_agency and "company" in missing
        else f"the posting does not say {what} for sure"
    )
    asked = [f"Is {named[name]} “{guesses[name]}”?" for name in missing if guesses[name]]
    known = [f"`--set {name}={_quoted(guesses[name])}`" if guesses[name] else f"`{name}`" for name in missing]
    lead = " ".join(asked)
    advice = (
        f"{lead} If so, give {' and '.join(known)} with the request; if not, its right name."
        if asked
        else f"Give {' and '.join(known)} with the request."
    )
    return BadInput(
        message,
        code="posting_incomplete",
        advice=f"{looks} {advice}".strip(),
        errors=[
            {
                "pointer": f"/input/{name}",
                "detail": f"not sure: give {named[name]}" + (f" (perhaps “{guesses[name]}”)" if guesses[name] else ""),
            }
            for name in missing
        ],
    )


def _quoted(text: str) -> str:
    return f"'{text}'" if " " in text else text
