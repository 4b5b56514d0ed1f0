"""The job's title and its employer, from all that a page or a paste says of them, or an honest doubt with a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.copied_page.find_posting import parts_of
from functions.interview_prep.posting.identity.employer.agencies import is_agencys, may_speak_for_another, speaks_for_another
from functions.interview_prep.posting.identity.employer.choose_employer import choose_employer
from functions.interview_prep.posting.identity.employer.find_names import find_names
from functions.interview_prep.posting.identity.employer.names_on_lines import FOOT
from functions.interview_prep.posting.identity.headlines import Headline, clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value, without_other_facts
from functions.interview_prep.posting.identity.lone_lines import short_rows
from functions.interview_prep.posting.identity.organisation_names import (
    is_organisation,
)
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.choose_title import choose_title
from functions.interview_prep.posting.identity.title.find_titles import find_titles, without_place
from functions.interview_prep.posting.identity.title.group_titles import names_a_group
from functions.interview_prep.posting.identity.title.title_team import with_team
from functions.interview_prep.posting.identity.vocabulary import (
    is_company_name,
    is_place,
    names_role,
)
from functions.interview_prep.posting.own_text import own_text
from functions.interview_prep.posting.posting_marks import marks_of

_BESIDE, _TEAM = 3.0, 0.4
"""Weight of a name beside the job's on one line, at most; what is left of it where that line is a heading over the text."""
_IN_TEXT = 0.8
"""A headline among a text's lines, against one at a page's head."""
_FEW_MARKS = 3
"""Marks of a posting below which a headline that names no kind of job is no title."""
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!Inc\.)(?<!Ltd\.)(?<!Co\.)(?<!Corp\.)(?<!\bSr\.)(?<!\bJr\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bNo\.)(?<! hiring!) +"
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
    text = own_text(said.text)
    said = job = replace(said, text=text)
    if not said.headings:  # a paste: it may be a page that was copied whole
        copied = parts_of(text)
        job = replace(said, text=copied.own)
        said = replace(said, text=f"{copied.own}\n{copied.below}", above=copied.above, below=copied.below)
    heads = [reading for line in said.head for reading in read_headline(line)]
    lines = [_of_the_job(reading) for line in said.headings for reading in read_headline(line)]
    rows = without_other_facts(short_rows(job.text))
    if not said.headings:  # a paste: its first lines and sentences are its headlines
        parts = [part for row in rows[:12] if not is_labelled(row) for part in _SENTENCE_END.split(row[:600])[:3]]
        readings = (reading for row in parts for reading in read_headline(row))
        own = (
            replace(one, title_weight=one.title_weight * _IN_TEXT, company_weight=one.company_weight * _IN_TEXT)
            for one in readings
        )
        lines += map(_of_the_job, own)
    named = [*rows, *short_rows(said.below)[-FOOT:]]
    titles = find_titles(job, heads, lines, rows)
    sure, guess = choose_title(titles, job, rows)
    first = sure or (guess if names_role(guess) else "")
    company, company_guess = choose_employer(find_names(said, heads, lines, named, first), said, named, first)
    title, title_guess = choose_title(titles, job, rows, company or company_guess)  # whose it is tells where the title ends
    if title_guess != first:
        found = find_names(said, heads, lines, named, title_guess)
        company, company_guess = choose_employer(found, said, named, title_guess)
    told = names_role(title) or labelled_value(said.text, "title") or squash(title) == squash(said.model_title)
    if title and ((not told and marks_of(said.text) < _FEW_MARKS) or names_a_group(title, said.text)):
        title = ""
    agency = not company and (
        speaks_for_another(said.text, rows)
        or may_speak_for_another(said.text)
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
    """`Cabin Crew - Fjordline Air - Bergen` as `Cabin Crew`: the employer's name, and what follows it, is no part of the job's."""
    at = title.casefold().find(company.casefold()) if company else -1
    if at < 0 or not names_role(title):
        return title
    before, after = clean_title(without_place(title[:at])), clean_title(without_place(title[at + len(company) :]))
    cut = not re.search(r"\w$", title[:at]) and not re.match(r"\w", title[at + len(company) :])
    return next((one for one in (before, after) if cut and names_role(one)), title)


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
