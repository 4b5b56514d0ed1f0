"""Whether a posting is an agency's, which speaks for an employer that it may not name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from functions.interview_prep.posting.identity.employer.company_sentences import AGENCY, MOST_TEXT, NAME, trim_name
from functions.interview_prep.posting.identity.vocabulary import FOLDER

_FIRST = 12
"""Lines in which a posting says whose it is."""
_HIDDEN = re.compile(
    r"\W*(?:company(?: name)?: )?(?:confidential|undisclosed|anonymous|unnamed)(?: (?:company|employer|client|advertiser))?\W*",
    re.IGNORECASE,
)
_AGENCY_NAME = re.compile(r"(?:recruitment|\brecruit)\b|(?<=\w )(?:search|talent)(?: (?:and|&) selection)?(?: (?:ltd|limited|group|inc|llc|uk|international))?\.?$|\wtalent$|(?<=\w )selection(?: \(?holdings\)?)?,? (?:ltd|limited|group|gmbh|ag)\.?$|\b(?:recruiting|recruiters?|staffing|resourcing|personnel|headhunters?|headhunting|executive search|search (?:partners|group)|talent (?:partners|solutions|search)|employment agency|personalvermittlung|personalberatung|zeitarbeit|personaldienst\w*|personalkontor|intérim|interim|travail temporaire)\b", re.IGNORECASE)  # fmt: skip
_RECRUITS = (
    r"\b(?:recruit(?:ment|ing)|staffing|personnel|talent|executive search|headhunting|employment) (?:agency|business|company|firm|consultanc\w+|partner|specialist|expert|solutions)"
    r"|\b(?:Personalberatung|Personaldienst\w*|agence (?:d['’]intérim|d['’]emploi|de recrutement))"
)
RECRUITS = re.compile(r"recruit|staffing|personnel|talent|headhunt|search|personal|hays|consult", re.IGNORECASE)
_CLIENT = re.compile(
    rf"\b(?:[Oo]ur|[Mm]y) client,? (?:the )?{NAME},|\b(?:partner(?:ed|ing)|working|teamed up) with {NAME.replace('name', 'with')} to (?:find|hire|recruit|fill|identify)"
    rf"|\b[Oo]n behalf of (?:our client,? )?{NAME.replace('name', 'behalf')}(?=,| we\b| to\b|\.|$)"
)


_KINDS = r"(?:business|company|consultancy|organi[sz]ation|firm|institution|bank|fund|hedge fund|brand|manufacturer|retailer|insurer|charity|start-?up|scale-?up|employer|client|agency|university|provider|council)"
_SOME = rf"(?:an? |one of our |[A-Z]\w+ based )(?:[\w’'/&,-]{{1,20}} ){{0,8}}?{_KINDS}\b"
_FOR_SOME = re.compile(
    rf"(?:\b|(?<=[a-z]))(?:I['’]m|I am|[Ww]e['’]re|[Ww]e are|[Ww]e have|[A-Z][\w&.]{{1,20}}(?: [A-Z][\w&.]{{1,20}}){{0,2}} (?:is|are|have|has)|[Cc]urrently)(?: [a-z]{{2,12}}){{0,3}} (?:(?:working|[Pp]artner(?:ing|ed)) with|supporting|representing|recruiting for|hiring for|recruitment partnership with|hiring on behalf of) {_SOME}"
    rf"|\b[Rr]ecruiting for an? (?:[a-z]{{2,12}} ){{1,3}}with {_SOME}|\b(?:hiring|recruiting|searching) (?:for )?on behalf of (?:an? [\w ]{{2,30}}\b(?:partner|client)|one of (?:our|its|their) \w+)\b"
    rf"|(?:^|[.!?\n] ?|year)An? (?:[\w’'/&,-]{{1,20}} ){{1,6}}?{_KINDS},?(?: (?:based )?in [A-Z]\w+)?,? (?:is|are) (?:currently |now |actively )?(?:seeking|looking|recruiting|hiring)\b"
    rf"|\b(?:is|are) (?:being )?sought by an? (?:[\w’'/&,-]{{1,20}} ){{0,6}}?{_KINDS}\b"
    rf"|\bto join (?:an?|our|one of our) (?:[\w’'/&,-]{{1,20}} ){{0,6}}?client\b(?![-'’]| (?:teams?|services?|success|base|relations\w*|experience|management|support|care|operations|delivery|solutions))"
)
"""A recruiter's way to say that somebody else hires: `we are partnering with a growing fintech business`."""


def may_speak_for_another(text: str) -> bool:
    """Whether the posting tells of a business that it does not name. Consultants work with such too: it is weighed."""
    return bool(_FOR_SOME.search(text[:MOST_TEXT]))


def speaks_for_another(text: str, rows: Sequence[str]) -> bool:
    """Whether the posting speaks for another than who wrote it, or hides its employer: `our client`, `Confidential Company`."""
    return bool(AGENCY.search(text[:MOST_TEXT])) or any(_HIDDEN.fullmatch(row) for row in rows[:_FIRST])


def is_agencys(name: str, text: str, title: str) -> bool:
    """Whether a name is a recruiter's: by its words, or the text says so beside it. One that looks for recruiters speaks for itself."""
    if re.search(r"recruit|talent|consultant|sourcer|branch", title, re.IGNORECASE):
        return False
    says_so = re.search(
        rf"(?<!\w){re.escape(name)},?(?: \w{{1,20}})? (?:is|are|acts?|acting|operates?|as|[-–—]) [^.!?\n]{{0,60}}(?:{_RECRUITS})",
        text[:MOST_TEXT],
        re.IGNORECASE,
    )
    return bool(_AGENCY_NAME.search(name) or says_so or _is_known(name))


@cache
def _known() -> tuple[str, ...]:
    rows = (FOLDER / "agencies.txt").read_text("utf-8").splitlines()
    return tuple(name.strip() for row in rows if row[:1] != "#" for name in row.split("|"))


def _is_known(name: str) -> bool:
    return f"{name.casefold()} ".startswith(tuple(f"{one} " for one in _known()))


def named_clients(text: str) -> set[str]:
    """The names that an agency gives its client: `our client, Acme,`, `has partnered with Acme to find`."""
    found = (match["name"] or match["with"] or match["behalf"] for match in _CLIENT.finditer(text[:MOST_TEXT]))
    return {trim_name(name) for name in found}
