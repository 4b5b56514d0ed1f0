"""Whether a posting is an agency's, which speaks for an employer that it may not name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.company_sentences import AGENCY, MOST_TEXT, named_clients
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.organisation_names import without_marks

NO_AGENCY = 9.0
"""Weight of a name that stands although the text speaks of a client."""
_FIRST = 12
"""Lines in which a posting says whose it is."""
_HIDDEN = re.compile(
    r"\W*(?:company(?: name)?: )?(?:confidential|undisclosed|anonymous|unnamed)(?: (?:company|employer|client|advertiser))?\W*",
    re.IGNORECASE,
)
_AGENCY_NAME = re.compile(r"\b(?:recruitment|recruiting|recruiters|staffing|personnel|headhunters|headhunting|executive search|manpower|talent (?:partners|solutions|search)|employment agency|personalvermittlung|zeitarbeit|personaldienst\w*|intérim|hays|randstad|adecco)\b", re.IGNORECASE)  # fmt: skip
RECRUITS = re.compile(r"recruit|staffing|personnel|talent|headhunt|search|personal|hays|consult", re.IGNORECASE)


def is_named(text: str, company: str, weight: float) -> bool:
    """Whether an agency's posting names the employer all the same: with a label, as its client, or so often that it is no agency's."""
    if not company:
        return False
    if squash(without_marks(labelled_value(text, "company"))) == squash(company) or company in named_clients(text):
        return True
    recruits = RECRUITS.search(company)
    says_so = re.search(
        rf"{re.escape(company)}.{{0,60}}\b(?:recruit|staffing|personnel|executive search|talent|agency|Personalberatung|Personaldienst)",
        text[:MOST_TEXT],
    )
    return not recruits and not says_so and weight >= NO_AGENCY


def speaks_for_another(text: str, rows: Sequence[str], company: str, title: str) -> bool:
    """Whether the posting is an agency's, or hides its employer: `our client`, `Confidential Company`, a recruiter's name.

    A recruiter that looks for recruiters speaks for itself.
    """
    hides = any(_HIDDEN.fullmatch(row) for row in rows[:_FIRST])
    own = re.search(r"recruit|talent|consultant|sourcer|branch", title, re.IGNORECASE)
    return bool(AGENCY.search(text[:MOST_TEXT])) or hides or bool(_AGENCY_NAME.search(company) and not own)
