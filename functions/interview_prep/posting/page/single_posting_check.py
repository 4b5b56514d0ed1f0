"""Refuses a text that is plainly not one job posting: a list of jobs, an article, a person's profile, a CV, a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.posting.identity.lone_lines import short_rows
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, is_heading, names_role
from functions.interview_prep.posting.page.refusals import refusal

LONGEST_TITLE, FEWEST_JOBS, FEWEST_ROWS = 80, 2, 4
"""Characters of a job's title in a list; titles under a page's headings, and lines of a paste, that make a list."""
_MARKS = re.compile(
    r"\b(?:apply (?:now|here|today|by|online|for this|through|with)|how to apply|responsibilit\w+|requirements?|qualifications?|what you(?:['’]ll| will)? (?:do|bring|need)|you will|we (?:are|['’]re) (?:looking|hiring|seeking)|who you are|"
    r"we offer|benefits|full[- ]time|part[- ]time|join (?:us|our)|your (?:role|tasks|profile)|deadline|reports to|equal opportunity|years of experience|ihre aufgaben|wir bieten|vos missions|požadujeme|nabízíme|requisitos|ofrecemos|απαιτήσεις)\b|职责|要求|المهام|المتطلبات",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^\W*(?:the )?(?:top )?\d{1,3} (?:\w+ ){0,3}(?:questions|tips|ways|reasons|things|steps|mistakes|examples)\b|\binterview questions\b|\bsalar(?:y|ies) (?:in|for|guide|of)\b|\baverage (?:pay|salary)\b|^\W*how (?:to|we|i|does|do)\b"
    r"|\b(?:hires|appoints|names) (?:a |its )?(?:new )?(?:\w+ ){0,2}(?:ceo|cto|cfo|chief|head|director|president|executive)\b|\b(?:resume|cv|cover letter) (?:examples?|templates?|samples?)\b|\bjob description template\b|^\W*what (?:is|does) an? ",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"\b\d{1,3}(?:,\d{3})?\+? (?:connections|followers)\b[\s\S]{0,400}\b(?:education|experience)\b|\b(?:education|experience)\b[\s\S]{0,400}\b\d{1,3}(?:,\d{3})?\+? connections\b",
    re.IGNORECASE,
)
_PROFILE_PATH = re.compile(r"linkedin\.com/in/|xing\.com/profile/|/members?/[\w-]+/?$", re.IGNORECASE)
_LETTER = re.compile(
    r"^\W*(?:dear|hi|hello|hey) [A-Z][\w'-]{1,20}[,!]?\s[\s\S]{0,300}\b(?:thank you for (?:applying|your (?:application|interest))|we received your application|unfortunately)\b",
    re.IGNORECASE,
)
_CV = re.compile(r"\b(?:19|20)\d\d\s?[-–]\s?(?:(?:19|20)\d\d|present|now|heute|dnes)\b", re.IGNORECASE)
_FEW_MARKS = 2


def check_one_job(text: str, headings: Sequence[str] = (), head: Sequence[str] = (), url: str = "") -> None:
    """Refuse what is plainly no single job.

    Raises:
        Permanent: `posting_is_listing`, or `posting_unreadable` for an article, a profile, a letter.
    """
    marks = len({found[0].casefold() for found in _MARKS.finditer(text[:15_000])})
    titles = [*head, *headings[:1]] if head or headings else short_rows(text)[:1]
    if _PROFILE_PATH.search(url) or (_PROFILE.search(text[:15_000]) and marks < _FEW_MARKS):
        raise refusal("unreadable", "this is a person's profile, not a job posting")
    if (
        _CV.search(text[:15_000])
        and re.search(r"\beducation\b", text, re.IGNORECASE)
        and re.search(r"\bexperience\b", text, re.IGNORECASE)
        and not marks
    ):
        raise refusal("unreadable", "this is a CV, not a job posting")
    if _LETTER.search(text[:2_000]):
        raise refusal("unreadable", "this is a letter to an applicant, not a job posting")
    if any(_ARTICLE.search(title) for title in titles) and marks < _FEW_MARKS:
        raise refusal("unreadable", "this is an article, not a job posting")
    jobs = [row for row in headings if _is_title(row)] if headings else _list_rows(text)
    if len(set(jobs)) >= FEWEST_JOBS and not (headings and _is_title(headings[0])):
        raise refusal("listing", f"it names several jobs ({', '.join(list(dict.fromkeys(jobs))[:3])} …)")


def _list_rows(text: str) -> list[str]:
    """The titles of a pasted list: most of its lines are titles, and none is a sentence."""
    rows = short_rows(text)[:60]
    titles = [row for row in rows if _is_title(row)]
    sentences = sum(len(row) > LONGEST_TITLE or row.endswith((".", "!")) for row in rows)
    return titles if len(titles) >= FEWEST_ROWS and len(titles) * 2 >= len(rows) - sentences and not sentences else []


def _is_title(row: str) -> bool:
    return (
        len(row) <= LONGEST_TITLE
        and names_role(row)
        and not is_heading(row)
        and not has_legal_form(row)
        and row[-1:] not in ".!?:,"
        and ": " not in row
    )
