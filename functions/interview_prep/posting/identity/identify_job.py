"""The job's title and its employer, from all that a page or a paste says of them, or an honest doubt with a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.employer.agencies import is_agencys, speaks_for_another
from functions.interview_prep.posting.identity.employer.choose_employer import choose_employer
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.headlines import Headline, clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value
from functions.interview_prep.posting.identity.lone_lines import short_rows, title_rows
from functions.interview_prep.posting.identity.organisation_names import (
    is_organisation,
)
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title_candidates import Tally
from functions.interview_prep.posting.identity.title_sentences import is_generic_title, titles_in
from functions.interview_prep.posting.identity.title_team import with_team
from functions.interview_prep.posting.identity.vocabulary import (
    is_company_name,
    is_heading,
    is_place,
    names_role,
)
from functions.interview_prep.posting.own_text import own_text
from functions.interview_prep.posting.posting_marks import marks_of

SURE_TITLE = 2.0
"""Weight from which a title is taken for the job's."""
_LABELLED, _LABELLED_WORD, _MODEL, _KNOWN = 6.0, 2.5, 1.8, 20.0
"""A labelled title; one that names no kind of job (`Role: Other`), which a headline that does outranks; the model's; structured data's."""
_BESIDE, _TEAM = 3.0, 0.4
"""Weight of a name beside the job's on one line, at most; what is left of it where that line is a heading over the text."""
_IN_TEXT = 0.8
"""A headline among a text's lines, against one at a page's head."""
_IN_PROSE = 0.5
"""What is left of a title in small letters: a sentence's word for the job, not the job's name."""
_AGREED = 2.2
"""A heading that names no kind of job, and that the page's title says too."""
_FEW_MARKS = 3
"""Marks of a posting below which a headline that names no kind of job is no title."""
_GENERIC = 0.6
"""What is left of a title that is no more than `Intern` or `Team Member`."""
_LONGEST_TITLE, _MOST_WORDS = 140, 7
_DEGREE = re.compile(r"(?:BSc?|MSc?|BA|MA|MBA|PhD|Bachelor|Master['’]s|Diploma|Degree)\b(?! (?:thesis|student))", re.IGNORECASE)
_SPEAKS = re.compile(r"(?:I|We|You|They|He|She|It|My|Our|Your)(?:['’]\w{1,3})? [a-z]")
"""How a sentence begins, and no job's title."""
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!Inc\.)(?<!Ltd\.)(?<!Co\.)(?<!Corp\.)(?<!\bSr\.)(?<!\bJr\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bNo\.) +"
)


@dataclass(frozen=True)
class Identity:
    """`title` and `company` where they are sure, else empty; the guesses are the likeliest of what there is."""

    title: str = ""
    company: str = ""
    location: str = ""
    title_guess: str = ""
    company_guess: str = ""
    is_agency: bool = False


def identify(said: PostingParts) -> Identity:
    """Weigh what is said: head before body, agreement before a single find; what is weak is a guess."""
    said = replace(said, text=own_text(said.text))
    heads = [reading for line in said.head for reading in read_headline(line)]
    lines = [_of_the_job(reading) for line in said.headings for reading in read_headline(line)]
    rows = short_rows(said.text)
    if not said.headings:  # a paste: its first lines and sentences are its headlines
        parts = [part for row in rows[:12] if not is_labelled(row) for part in _SENTENCE_END.split(row[:600])[:3]]
        readings = (reading for row in parts for reading in read_headline(row))
        own = (
            replace(one, title_weight=one.title_weight * _IN_TEXT, company_weight=one.company_weight * _IN_TEXT)
            for one in readings
        )
        lines += map(_of_the_job, own)
    titles = _titles(said, [*heads, *lines], rows)
    title, title_guess = _chosen(titles)
    if title and not names_role(title) and not labelled_value(said.text, "title") and marks_of(said.text) < _FEW_MARKS:
        title = ""
    found = find_names(said, heads, lines, rows, title or title_guess)
    company, company_guess = choose_employer(found, said, rows, title or title_guess)
    agency = not company and (
        speaks_for_another(said.text, rows)
        or (bool(company_guess) and is_agencys(company_guess, said.text, title or title_guess))
    )
    title, title_guess = (_without_company(text, company or company_guess) for text in (title, title_guess))
    title = with_team(title, said.headings or rows[:8], company or company_guess)
    location = next((reading.location for reading in (*heads, *lines) if is_place(reading.location)), "")
    if not company_guess and len(said.text) < 200 and title_guess:  # noqa: PLR2004 - three words are enough for a guess
        company_guess, title_guess = _from_few_words(said.text, title_guess)
    return Identity(title, company, location, title_guess, company_guess, agency)


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


def _chosen(tally: Tally) -> tuple[str, str]:
    ranked = tally.ranked()
    if not ranked:
        return "", ""
    weight, text = ranked[0]
    return (text if weight >= SURE_TITLE else ""), text


def _titles(said: PostingParts, readings: Iterable[Headline], rows: Sequence[str]) -> Tally:
    tally = Tally()

    def add(text: str, weight: float) -> None:
        text = _as_the_heading(clean_title(text), said.headings)
        if text and not _is_sentence(text) and not _DEGREE.match(text) and not _SPEAKS.match(text):
            weight *= _GENERIC if is_generic_title(text) else 1.0
            tally.add(squash(re.sub(r"\([^()]*\)", "", text)) or squash(text), text, weight)

    labelled = labelled_value(said.text, "title")
    add(labelled, _LABELLED if names_role(labelled) else _LABELLED_WORD)
    for reading in readings:
        add(reading.title, reading.title_weight * (_IN_PROSE if reading.title[:1].islower() else 1.0))
    for heading in said.headings:
        if not is_heading(heading) and not any(reading.company for reading in read_headline(heading)):
            agreed = any(heading.casefold() in head.casefold() for head in said.head)
            add(heading, 4.0 if names_role(heading) else _AGREED if agreed else 1.5)
    for weight, text in title_rows(rows, bare=not (said.head or said.headings), posting=marks_of(said.text) >= _FEW_MARKS):
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
