"""The job's title and its employer, from all that a page or a paste says of them, or an honest doubt with a guess."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.employer_domain import carries_name, domain_of, domains_in, is_board_name, is_employers
from functions.interview_prep.posting.identity.agencies import RECRUITS, is_named, speaks_for_another
from functions.interview_prep.posting.identity.candidate_doubts import Page, doubt_boards, prefer_organisations
from functions.interview_prep.posting.identity.candidate_tally import Tally
from functions.interview_prep.posting.identity.company_sentences import (
    companies_as_a,
    companies_in,
    mentions_of,
    opening_subjects,
    titles_in,
)
from functions.interview_prep.posting.identity.headlines import Headline, clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value
from functions.interview_prep.posting.identity.lone_lines import names_beside, short_rows, title_rows
from functions.interview_prep.posting.identity.organisation_names import (
    is_organisation,
    is_where,
    may_be_employer,
    without_label,
    without_marks,
    without_unit,
)
from functions.interview_prep.posting.identity.title_remainder import names_left
from functions.interview_prep.posting.identity.title_team import with_team
from functions.interview_prep.posting.identity.vocabulary import (
    has_legal_form,
    is_company_name,
    is_heading,
    is_place,
    names_role,
)
from functions.interview_prep.posting.own_text import own_text
from functions.interview_prep.posting.posting_marks import marks_of

SURE_COMPANY, SURE_TITLE, LEAD = 4.5, 2.0, 0.9
"""Weight from which a name is taken for the employer's (a title for the job's), and what it must lead another by."""
ALONE, RIVAL = 3.0, 1.0
"""Weight that is enough where no other name weighs more than `RIVAL`, or two fifths of it."""
_LABELLED, _MODEL, _KNOWN = 6.0, 3.0, 20.0
_MARKED, _OPENS = 3.5, 3.2
_LONG = 1500
"""Characters of a text that would name its employer more than once."""
_CITY = 0.3
_AT = 4.9
"""Weight of a headline that says whose the job is: `X hiring Y`, `Y at X`."""
_MOST_CONFIRMED = 40
"""Candidates whose repetition is counted, the weightiest first."""
_BESIDE, _TEAM = 3.0, 0.4
"""Weight of a name beside the job's on one line, at most; what is left of it where that line is a heading over the text."""
_IN_TEXT = 0.8
"""A headline among a text's lines, against one at a page's head."""
_FEW_MARKS = 3
"""Marks of a posting below which a headline that names no kind of job is no title."""
_LONGEST_TITLE, _MOST_WORDS = 140, 7
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!Inc\.)(?<!Ltd\.)(?<!Co\.)(?<!Corp\.) +")
_SAME_SENTENCE = 2.0
"""How many finds of one kind count: a name that a sentence repeats says little more."""


@dataclass(frozen=True)
class Said:
    """What there is to read.

    `head`: the page's title and social title; `marked`: names in elements that the page calls its employer's;
    `known_title`: the title where structured data gives it.
    """

    text: str
    head: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    site_name: str = ""
    url: str = ""
    model_title: str = ""
    model_company: str = ""
    known_title: str = ""
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Identity:
    """`title` and `company` where they are sure, else empty; the guesses are the likeliest of what there is."""

    title: str = ""
    company: str = ""
    location: str = ""
    title_guess: str = ""
    company_guess: str = ""
    is_agency: bool = False


def identify(said: Said) -> Identity:
    """Weigh what is said: head before body, agreement before a single find; what is weak is a guess."""
    said = replace(said, text=own_text(said.text))
    readings = [reading for line in said.head for reading in read_headline(line)]
    readings += [_of_the_job(reading) for line in said.headings for reading in read_headline(line)]
    rows = short_rows(said.text)
    if not said.headings:  # a paste: its first lines and sentences are its headlines
        lines = [part for row in rows[:12] if not is_labelled(row) for part in _SENTENCE_END.split(row[:600])[:3]]
        found = (reading for row in lines for reading in read_headline(row))
        own = (
            replace(one, title_weight=one.title_weight * _IN_TEXT, company_weight=one.company_weight * _IN_TEXT) for one in found
        )
        readings += map(_of_the_job, own)
    titles = _titles(said, readings, rows)
    title, title_guess = _chosen(titles, SURE_TITLE, 0.0)
    if title and not names_role(title) and not labelled_value(said.text, "title") and marks_of(said.text) < _FEW_MARKS:
        title = ""
    companies = _companies(said, readings, rows, title or title_guess)
    company, company_guess = _chosen(companies, SURE_COMPANY, LEAD)
    agency = speaks_for_another(said.text, rows, company or company_guess, title or title_guess)
    if agency and not is_named(said.text, company, companies.ranked()[0][0] if company else 0.0):
        company = ""
    title, title_guess = (_without_company(text, company or company_guess) for text in (title, title_guess))
    title = with_team(title, said.headings or rows[:8], company or company_guess)
    location = next((reading.location for reading in readings if is_place(reading.location)), "")
    if not company_guess and len(said.text) < 200 and title_guess:  # noqa: PLR2004 - three words are enough for a guess
        company_guess, title_guess = _from_few_words(said.text, title_guess)
    return Identity(title, company, location, title_guess, company_guess, agency and not company)


def _of_the_job(reading: Headline) -> Headline:
    """A heading over the text speaks of the job: what stands behind its dash is a team's name as likely as the employer's."""
    if reading.title or reading.company_weight > _BESIDE or is_organisation(reading.company):
        return reading
    return replace(reading, company_weight=reading.company_weight * _TEAM)


def _without_company(title: str, company: str) -> str:
    """`Cabin Crew - Fjordline Air` as `Cabin Crew`: the employer's name is no part of the job's."""
    shorter = (
        re.sub(rf"^{re.escape(company)}[\s:|–—-]{{1,4}}|[\s|–—,-]{{1,4}}{re.escape(company)}$", "", title) if company else title
    )
    return shorter if names_role(shorter) or not names_role(title) else title


def _chosen(tally: Tally, sure: float, lead: float) -> tuple[str, str]:
    ranked = tally.ranked()
    if not ranked:
        return "", ""
    weight, text = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    is_sure = (weight >= sure and weight - second >= lead) or (weight >= ALONE and second <= max(RIVAL, 0.4 * weight))
    return (text if is_sure else ""), text


def _titles(said: Said, readings: Iterable[Headline], rows: Sequence[str]) -> Tally:
    tally = Tally()

    def add(text: str, weight: float) -> None:
        text = _as_the_heading(clean_title(text), said.headings)
        if text and not _is_sentence(text):
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


def _as_the_heading(title: str, headings: Sequence[str]) -> str:
    """A page's title with more around the job's than its heading says is the heading's: `Acme Welder` is `Welder`."""
    own = [clean_title(heading) for heading in headings[:2] if names_role(heading)]
    return next((one for one in own if one.casefold() in title.casefold()), title)


def _is_sentence(text: str) -> bool:
    return len(text) > _LONGEST_TITLE or bool(re.search(r"[.!?]\s+[A-Z]|\.$", text) and len(text.split()) > _MOST_WORDS)


def _companies(said: Said, readings: Sequence[Headline], rows: Sequence[str], title: str) -> Tally:
    tally = Tally()

    def add(text: str, weight: float, spells: float = 1.0) -> None:
        text, is_labelled_so = without_label(without_unit(without_marks(text.strip(" -–—|:·,*_#\"'“”"))))
        weight = _LABELLED if is_labelled_so else weight
        if may_be_employer(text, lower=True) and squash(text) != squash(title):
            likely = weight if weight == _LABELLED or not is_where(text, said.text) else weight * _CITY
            tally.add(squash(company_name(text)), text, likely, spells=spells)

    add(labelled_value(said.text, "company"), _LABELLED)
    if is_organisation(office := labelled_value(said.text, "agency")) and not RECRUITS.search(office):
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
    sentences = [*companies_in(said.text), *companies_as_a(said.text)]
    _add_sentences(sentences, opening_subjects(said.text), add)
    add(said.model_company, _MODEL)
    tally.merge()
    _confirm(said, tally)
    tally.merge_initials()
    prefer_organisations(said.text, {squash(company_name(name)) for name, _ in sentences}, tally)
    surely = [labelled_value(said.text, "company"), *said.marked, *(one.company for one in readings if one.company_weight >= _AT)]
    doubt_boards(
        Page(said.text, (*said.head, said.site_name), said.url),
        tally,
        frozenset(squash(company_name(name)) for name in surely if name),
    )
    return tally


def _without_place(name: str, text: str) -> str:
    """`Willow Court, Harrogate` as `Willow Court`, where the text goes on to call it that."""
    first, comma, _ = name.rpartition(", ")
    if not comma or has_legal_form(name):
        return name
    return first if has_legal_form(first) or mentions_of(first, text) > max(1, mentions_of(name, text)) else name


def _add_sentences(
    sentences: Iterable[tuple[str, float]], openings: Iterable[str], add: Callable[[str, float, float], None]
) -> None:
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for name, weight in sentences:
        found[squash(company_name(name))].append((weight, name))
    for opening in openings:
        found[squash(company_name(opening))].append((_OPENS, opening))
    for finds in found.values():
        weight, name = max(finds)
        add(name, weight + min(_SAME_SENTENCE, 0.75 * (len(finds) - 1)), 0.4)


def _confirm(said: Said, tally: Tally) -> None:
    """Repetition and addresses that carry a name speak for it; they make no name of their own."""
    own = [said.url] if said.url and is_employers(said.url) else []
    addresses = [*own, *domains_in(said.text)]
    for key in sorted(tally.weights, key=lambda key: -tally.weights[key])[:_MOST_CONFIRMED]:
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
