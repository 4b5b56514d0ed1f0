"""The job's title and its employer, from all that a page or a paste says of them, or an honest doubt with a guess."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import carries_name, domain_of, domains_in, is_board_name, is_employers
from functions.interview_prep.posting.identity.company_sentences import (
    AGENCY,
    companies_as_a,
    companies_in,
    mentions_of,
    named_clients,
    titles_in,
)
from functions.interview_prep.posting.identity.headlines import Headline, clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value
from functions.interview_prep.posting.identity.lone_lines import names_beside, short_rows, title_rows
from functions.interview_prep.posting.identity.organisation_names import is_organisation, without_marks, without_unit
from functions.interview_prep.posting.identity.title_remainder import names_left
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, is_company_name, is_heading, is_place, names_role
from functions.interview_prep.posting.posting_marks import marks_of

SURE_COMPANY, SURE_TITLE, LEAD = 4.5, 2.0, 0.9
"""Weight from which a name is taken for the employer's (a title for the job's), and what it must lead another by."""
NO_AGENCY = 9.0
"""Weight of a name that stands although the text speaks of a client."""
ALONE, RIVAL = 3.0, 1.0
"""Weight that is enough where no other name weighs more than `RIVAL`, or two fifths of it."""
_LABELLED, _MODEL, _KNOWN = 6.0, 3.0, 20.0
_MARKED = 3.5
_LONG = 1500
"""Characters of a text that would name its employer more than once."""
_IN_TEXT = 0.8
"""A headline among a text's lines, against one at a page's head."""
_FEW_MARKS = 2
"""Marks of a posting below which a headline that names no kind of job is no title."""
_RECRUITS = re.compile(r"recruit|staffing|personnel|talent|headhunt|search|personal|hays|consult", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!Inc\.)(?<!Ltd\.)(?<!Co\.)(?<!Corp\.) +")
_SAME_SENTENCE = 2.0
"""How many finds of one kind count: a name that a sentence repeats says little more."""


@dataclass(frozen=True)
class Said:
    """What there is to read. `head`: the page's title and social title; `marked`: names in elements that the page calls its employer's;
    `known_title`: the title where structured data gives it.
    """

    text: str
    head: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    site_name: str = ""
    url: str = ""
    known_title: str = ""
    model_title: str = ""
    model_company: str = ""


@dataclass(frozen=True)
class Identity:
    """`title` and `company` where they are sure, else empty; the guesses are the likeliest of what there is."""

    title: str = ""
    company: str = ""
    location: str = ""
    title_guess: str = ""
    company_guess: str = ""
    is_agency: bool = False


@dataclass
class _Tally:
    """Candidates with their weights; two spellings of one name are one candidate."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    spelled: dict[str, list[tuple[float, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, text: str, weight: float, *, spells: float = 1.0) -> None:
        """`spells`: how far this find's spelling is to be trusted; a sentence cuts names short."""
        if key and weight > 0:
            self.weights[key] += weight
            self.spelled[key].append((weight * spells, -len(self.spelled[key]), text))

    def merge(self) -> None:
        """`Acme` and `Acme Robotics` are one; so are a title and the same with a team behind it."""
        for key in sorted(self.weights, key=len):
            if key not in self.weights:
                continue
            longer = [other for other in self.weights if other != key and other.startswith(key) and len(key) > 2]  # noqa: PLR2004
            if longer:
                best = max(longer, key=lambda other: self.weights[other])
                into, out = (key, best) if self.weights[key] >= self.weights[best] else (best, key)
                self.weights[into] += self.weights.pop(out)
                self.spelled[into] += [(weight / 2, at, text) for weight, at, text in self.spelled.pop(out)]

    def ranked(self) -> list[tuple[float, str]]:
        order = sorted(self.weights, key=lambda key: (-self.weights[key], key))
        return [(self.weights[key], max(self.spelled[key])[2]) for key in order]


def identify(said: Said) -> Identity:
    """Weigh what is said: head before body, agreement before a single find; what is weak is a guess."""
    readings = [reading for line in (*said.head, *said.headings) for reading in read_headline(line)]
    rows = short_rows(said.text)
    if not said.headings:  # a paste: its first lines and sentences are its headlines
        lines = [part for row in rows[:12] if not is_labelled(row) for part in _SENTENCE_END.split(row[:600])[:3]]
        found = (reading for row in lines for reading in read_headline(row))
        own = [
            replace(one, title_weight=one.title_weight * _IN_TEXT, company_weight=one.company_weight * _IN_TEXT) for one in found
        ]
        readings += own
    titles = _titles(said, readings, rows)
    title, title_guess = _chosen(titles, SURE_TITLE, 0.0)
    if title and not names_role(title) and not labelled_value(said.text, "title") and marks_of(said.text) < _FEW_MARKS:
        title = ""
    companies = _companies(said, readings, rows, title or title_guess)
    company, company_guess = _chosen(companies, SURE_COMPANY, LEAD)
    agency = bool(AGENCY.search(said.text[:15_000]))
    if agency and not _is_named(said, company, companies):
        company = ""
    title, title_guess = (_without_company(text, company or company_guess) for text in (title, title_guess))
    location = next((reading.location for reading in readings if is_place(reading.location)), "")
    if not company_guess and len(said.text) < 200 and title_guess:  # noqa: PLR2004 - three words are enough for a guess
        company_guess, title_guess = _from_few_words(said.text, title_guess)
    return Identity(title, company, location, title_guess, company_guess, agency and not company)


def _without_company(title: str, company: str) -> str:
    """`Cabin Crew - Fjordline Air` as `Cabin Crew`: the employer's name is no part of the job's."""
    shorter = re.sub(rf"^{re.escape(company)}[\s:|–—-]{{1,4}}|[\s|–—,-]{{1,4}}{re.escape(company)}$", "", title) if company else title
    return shorter if names_role(shorter) or not names_role(title) else title


def _is_named(said: Said, company: str, companies: _Tally) -> bool:
    """Whether an agency's posting names the employer all the same: with a label, as its client, or so often that it is no agency's."""
    if not company:
        return False
    if squash(without_marks(labelled_value(said.text, "company"))) == squash(company) or company in named_clients(said.text):
        return True
    recruits = _RECRUITS.search(company)
    says_so = re.search(
        rf"{re.escape(company)}.{{0,60}}\b(?:recruit|staffing|personnel|executive search|talent|agency|Personalberatung|Personaldienst)",
        said.text[:15_000],
    )
    return not recruits and not says_so and companies.ranked()[0][0] >= NO_AGENCY


def _chosen(tally: _Tally, sure: float, lead: float) -> tuple[str, str]:
    ranked = tally.ranked()
    if not ranked:
        return "", ""
    weight, text = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    is_sure = (weight >= sure and weight - second >= lead) or (weight >= ALONE and second <= max(RIVAL, 0.4 * weight))
    return (text if is_sure else ""), text


def _titles(said: Said, readings: Iterable[Headline], rows: Sequence[str]) -> _Tally:
    tally = _Tally()

    def add(text: str, weight: float) -> None:
        if text := clean_title(text):
            tally.add(squash(re.sub(r"\([^()]*\)", "", text)) or squash(text), text, weight)

    add(labelled_value(said.text, "title"), _LABELLED)
    for reading in readings:
        add(reading.title, reading.title_weight)
    for heading in said.headings:
        if not is_heading(heading) and not any(reading.company for reading in read_headline(heading)):
            add(heading, 4.0 if names_role(heading) else 1.5)
    for weight, text in title_rows(rows, bare=not (said.head or said.headings)):
        own = [reading for reading in read_headline(text) if reading.title]
        add(own[0].title if own else text, weight)
    for text, weight in titles_in(said.text):
        if names_role(text):
            add(text, weight)
    add(said.model_title, _MODEL)
    add(said.known_title, _KNOWN)
    tally.merge()
    return tally


def _companies(said: Said, readings: Iterable[Headline], rows: Sequence[str], title: str) -> _Tally:
    tally = _Tally()

    def add(text: str, weight: float, spells: float = 1.0) -> None:
        text = without_unit(without_marks(text.strip(" -–—|:·,*_#\"'“”")))
        if is_company_name(text, lower=True) and squash(text) != squash(title):
            tally.add(squash(company_name(text)), text, weight, spells=spells)

    add(labelled_value(said.text, "company"), _LABELLED)
    if is_organisation(office := labelled_value(said.text, "agency")) and not _RECRUITS.search(office):
        add(office, _LABELLED)
    for reading in readings:
        add(reading.company, reading.company_weight)
    if said.site_name and not is_board_name(said.site_name):
        add(re.sub(r"(?<!\s)\s+(?:careers?|jobs?|karriere)$", "", said.site_name, flags=re.IGNORECASE), 2.0)
    for beside, weight in names_beside(rows, title):
        name = _without_place(beside, said.text)
        add(name, weight if mentions_of(name, said.text) > 1 or len(said.text) < _LONG else weight * 0.8)
    for name, weight in names_left(said.head, (*said.headings, title)):
        add(name, weight)
    for at, name in enumerate(said.marked):
        add(name, _MARKED if at == 0 else 1.0)
    _add_sentences(said, add)
    add(said.model_company, _MODEL)
    tally.merge()
    _confirm(said, tally)
    return tally


def _without_place(name: str, text: str) -> str:
    """`Willow Court, Harrogate` as `Willow Court`, where the text goes on to call it that."""
    first, comma, _ = name.rpartition(", ")
    if not comma or has_legal_form(name):
        return name
    return first if has_legal_form(first) or mentions_of(first, text) > max(1, mentions_of(name, text)) else name


def _add_sentences(said: Said, add: Callable[[str, float, float], None]) -> None:
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for name, weight in chain(companies_in(said.text), companies_as_a(said.text)):
        found[squash(company_name(name))].append((weight, name))
    for finds in found.values():
        weight, name = max(finds)
        add(name, weight + min(_SAME_SENTENCE, 0.75 * (len(finds) - 1)), 0.4)


def _confirm(said: Said, tally: _Tally) -> None:
    """Repetition and addresses that carry a name speak for it; they make no name of their own."""
    own = [said.url] if said.url and is_employers(said.url) else []
    addresses = [*own, *domains_in(said.text)]
    for key in list(tally.weights):
        text = max(tally.spelled[key])[2]
        tally.weights[key] += min(2.0, 0.6 * math.log2(max(1, mentions_of(company_name(text), said.text))))
        if any(is_employers(address) and carries_name(domain_of(address), text) for address in addresses):
            tally.weights[key] += 2.0


def _from_few_words(text: str, title: str) -> tuple[str, str]:
    """`Data Engineer Spotify`: the words around the role's are a guess at the employer."""
    words = re.sub(r"[,;|–—-]", " ", text).split()[:12]
    at = [index for index, word in enumerate(words) if names_role(word)]
    if not at:
        return "", title
    after, before = " ".join(words[at[-1] + 1 :]), words[: at[0]]
    after = re.sub(r"^(?:at|@|bei|chez|for)\s+", "", after)
    if is_company_name(after, lower=True):
        return after, " ".join(words[: at[-1] + 1])
    if before and is_company_name(before[0], lower=True):
        return before[0], " ".join(words[1 : at[-1] + 1])
    return "", title
