"""Refuses a text that is plainly not one job posting: a list of jobs, an article, a person's profile, a CV, a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from functions.interview_prep.posting.copied_page.find_posting import parts_of
from functions.interview_prep.posting.identity.headlines import FURNITURE
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.lone_lines import short_rows, tells_where_or_when
from functions.interview_prep.posting.identity.title.title_sentences import titles_in
from functions.interview_prep.posting.identity.vocabulary import (
    has_legal_form,
    is_duty_in_signs,
    is_heading,
    names_role,
    small_words,
    tokens,
)
from functions.interview_prep.posting.page.job_cards import (
    carded_titles,
    described_titles,
    numbered_titles,
    titles_below_openings,
)
from functions.interview_prep.posting.page.job_tables import is_list_of_links, tabled_titles, without_links
from functions.interview_prep.posting.page.main_text import OTHERS, without_others
from functions.interview_prep.posting.page.other_documents import FEW_MARKS, listed_titles, names_several, other_document
from functions.interview_prep.posting.page.profession_articles import is_about_a_profession
from functions.interview_prep.posting.page.refusals import refusal
from functions.interview_prep.posting.page.repeated_lines import cards_of_one_layout, counts_jobs, postings_of_one_layout
from functions.interview_prep.posting.posting_marks import MOST_TEXT, marks_of, speaks_as_postings_do
from functions.interview_prep.posting.several.several_postings import LIKELY, are_one_in_two_languages, postings_in
from functions.interview_prep.posting.several.text_lines import DUTY, ends_in_role
from shared.errors import Permanent

LONGEST_TITLE, FEWEST_JOBS, FEWEST_LINKED, _MOST_NAMED = 80, 2, 3, 3
"""Characters of a job's title in a list; titles that make one, and links; those that a refusal names."""
_LISTS = re.compile(
    r"\b(?:jobs|vacancies|openings|(?:stellen|job)angebote?|results? for|search results)\b|[-|–—] results\W*$", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_HEADLINE = re.compile(r"\s[|–—·-]\s|: ")
_FIRST_ROWS, _FEW_WORDS, _MOST_WORDS, _MOST_SMALL = 12, 60, 6, 3
"""Lines in which a paste says its job; characters of one that is no more than a title and a name; words of a page's heading that is a job's name; those
in small letters within a title."""
_MOST_LISTED = 60
"""Lines in which a list of jobs shows."""
_MARKS_OF_A_LIST = 4
"""Marks of a posting below which a text that counts jobs is a list of them."""
_PARTS, MOST_OF_ROW = re.compile(r"[.!?:]\s|[|·•]|\s[–—-]\s"), 400
_ARTICLE = re.compile(
    r"^\W*(?:the )?(?:top )?\d{1,3} (?:\w+ ){0,3}(?:questions|tips|ways|reasons|things|steps|mistakes|examples)\b|\binterview questions\b|\bsalar(?:y|ies) (?:in|for|guide|of)\b|\baverage (?:pay|salary)\b|^\W*how (?:to|we|i|does|do)\b"
    r"|\b(?:hires|appoints|names) (?:a |its )?(?:new )?(?:\w+ ){0,2}(?:ceo|cto|cfo|chief|head|director|president|executive)\b|\b(?:appoints|names|hires|promotes|welcomes) (?:\w+ ){2,3}(?:as|to) (?!join|apply)|\b(?:resume|cv|cover letter) (?:examples?|templates?|samples?)\b|\bjob description template\b|^\W*what (?:is|does) an? |^\W*(?:privacy (?:policy|notice|statement)|cookie policy|terms (?:of (?:use|service)|and conditions)|datenschutz(?:erklärung)?|imprint|impressum)\b|^\W*privacy\W*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?:the|how|why|what|when|who|where)\b", re.IGNORECASE)
"""How an article's heading begins, and no job's title."""
_PROFILE = re.compile(
    r"\b\d{1,3}(?:,\d{3})?\+? (?:connections|followers)\b[\s\S]{0,400}\b(?:education|experience)\b|\b(?:education|experience)\b[\s\S]{0,400}\b\d{1,3}(?:,\d{3})?\+? connections\b",
    re.IGNORECASE,
)
_PROFILE_PATH = re.compile(r"linkedin\.com/in/|xing\.com/profile/|/members?/[\w-]+/?$", re.IGNORECASE)


def check_one_job(
    text: str, headings: Sequence[str] = (), head: Sequence[str] = (), url: str = "", links: Mapping[str, str] | None = None
) -> None:
    """Refuse what is plainly no single job. `links`: a page's further headings and its links, with their addresses.

    Raises:
        Permanent: `posting_is_listing`, or `posting_unreadable` for an article, a profile, a CV, a letter, a course …
    """
    check_rows(text)
    whole = text
    text = without_links(text if headings else parts_of(text).jobs)
    few = marks_of(text) < FEW_MARKS
    rows = short_rows(text)
    titles = [*head, *headings[:1]] if head or headings else rows[:1]
    if _PROFILE_PATH.search(url) or (_PROFILE.search(text[:MOST_TEXT]) and few):
        raise refusal("unreadable", "this is a person's profile, not a job posting")
    if what := other_document(text):
        raise refusal("unreadable", f"this is {what}, not a job posting")
    if any(_ARTICLE.search(title) for title in titles) or is_about_a_profession(whole):
        raise refusal("unreadable", "this is an article, not a job posting")
    if any(is_title(_IN_BRACKETS.sub("", row).strip()) for row in headings[:1]):
        return
    linked = {} if any(_names_one(title) for title in [*head, *headings]) else _titled(links or {})
    jobs = _jobs_in(text, whole, [*head, *headings], headings, linked)
    if len(set(jobs)) < FEWEST_JOBS and names_several(text):
        jobs = sorted({title for title, _ in titles_in(text)})
        if len(jobs) < FEWEST_JOBS and few:
            raise refusal("listing", "it says that it is about several jobs")
    different = list(dict.fromkeys(jobs))
    if len(different) > FEWEST_JOBS or (len(different) == FEWEST_JOBS and not are_one_in_two_languages(text, different)):
        raise refuse_several(different, linked)
    _check_layout(text)


def _jobs_in(text: str, whole: str, named: Sequence[str], headings: Sequence[str], linked: Mapping[str, str]) -> Sequence[str]:
    """The jobs that a text names, by the first of its forms that shows two: headings, links, lists, whole postings, openings.

    `text`: a paste's own part, of which `whole` is all.
    """
    forms: tuple[Callable[[], Sequence[str]], ...] = (
        lambda: [row for row in headings if is_title(row)],
        lambda: list(linked) if _are_many(linked) else _listed("\n".join([*named, text])),
        # a page's menus stand above the posting: what is no title there begins none
        lambda: [title for title in postings_in(text, is_title) if not named or is_title(title)],
        lambda: titles_below_openings(short_rows(whole), lambda row: _is_listed(_HEADLINE.split(row)[0])),
    )
    return next((jobs for form in forms if len(set(jobs := form())) >= FEWEST_JOBS), [])


def _check_layout(text: str) -> None:
    """Refuse postings or cards that only their layout tells, and a list that says how many jobs it has."""
    others = OTHERS.search(text)
    rows = [stripped for row in text[: others.start() if others else None].split("\n") if (stripped := row.strip("#*_ \t"))]
    if many := postings_of_one_layout(rows, is_title) or cards_of_one_layout(rows):
        raise refusal("listing", f"it holds {many} jobs, one after the other")
    if marks_of(text) < _MARKS_OF_A_LIST and (counted := counts_jobs(rows)):
        raise refusal("listing", f"it says that it is a list (“{counted}”)")


def check_rows(written: str) -> None:
    """Refuse JSON, a feed or a table of several jobs, or a list of links, as it is written.

    Raises:
        Permanent: `posting_is_listing`.
    """
    if len(jobs := tabled_titles(without_others(written), is_title)) >= FEWEST_JOBS:
        raise refuse_several(jobs)
    if is_list_of_links(written):
        raise refusal("listing", "it is a list of links")


def refuse_several(jobs: Sequence[str], links: Mapping[str, str] | None = None) -> Permanent:
    """The refusal of a text that names several jobs: how many, which, and how to give one of them."""
    different = list(dict.fromkeys(jobs))
    named = ", ".join(different[:_MOST_NAMED]) + (" …" if len(different) > _MOST_NAMED else "")
    addresses = [address for title in different if (address := (links or {}).get(title, ""))][:_MOST_NAMED]
    advice = f"Give one of them: {' , '.join(addresses)}" if addresses else ""
    return refusal("listing", f"it names {len(different)} jobs ({named})", advice=advice)


def check_speaks_of_a_job(text: str, headings: Sequence[str] = (), *, is_page: bool = False) -> None:
    """Refuse a text in which nothing is a posting's: no word that postings have, and no job's title on a paste's line or as a page's heading.

    Raises:
        Permanent: `posting_unreadable`.
    """
    rows = [row for row in short_rows(text if is_page else parts_of(text).own)[:_FIRST_ROWS] if not row.startswith("- ")]
    parts = [part for row in rows for part in _PARTS.split(row[:MOST_OF_ROW]) if len(part) <= LONGEST_TITLE]
    named = (
        is_headed_by_title(headings) and any(tells_where_or_when(row) for row in rows if len(row) <= LONGEST_TITLE)
        if is_page
        else any(names_role(part) and small_words(part) <= _MOST_SMALL and not _TOPIC.match(part) for part in parts)
        or any(names_role(title) for title, _ in titles_in(text))
    )
    if (
        (marks_of(text) if is_page else speaks_as_postings_do(text))
        or named
        or labelled_value(text, "title")
        or (not is_page and len(text) < _FEW_WORDS)
    ):
        return
    raise refusal("unreadable", "nothing in the text speaks of a job that is offered")


def looks_like(text: str, *, titled: bool = True) -> str:
    """What to say of a text that may be no single job, and is not surely none; empty where nothing speaks for it.

    `titled`: it says surely which job it offers.
    """
    text = without_others(parts_of(text).jobs)
    titles: dict[frozenset[str], str] = {}
    for row in short_rows(text):
        words = frozenset(tokens(row))
        if _is_listed(row) and not any(words <= other or other <= words for other in titles):
            titles[words] = row.lstrip("-• ")
    if names_several(text):
        return "This looks like several jobs: give one job's own page or text."
    jobs = list(titles.values()) if len(titles) >= FEWEST_JOBS else postings_in(text, is_title, surely=LIKELY)
    if jobs:
        named = ", ".join(jobs[:_MOST_NAMED])
        return f"This looks like a list of jobs ({named}): if it is one, give one job's own page or text."
    if marks_of(text) < _MARKS_OF_A_LIST:
        return "This looks like no job posting: if it is none, give the posting's own page or text."
    return "" if titled else "If this is not one job's posting, give one job's own page or text."


def is_headed_by_title(headings: Sequence[str]) -> bool:
    """Whether a page's first heading is a job's name: short, one job's, and no count of jobs."""
    return any(len(row.split()) <= _MOST_WORDS and is_title(row) for row in headings[:1])


def _names_one(title: str) -> bool:
    """Whether a page's headline is one job's: `Welder - Acme`."""
    return not _LISTS.search(title) and any(is_title(part.strip()) for part in _HEADLINE.split(title))


def _are_many(linked: Mapping[str, str]) -> bool:
    """Whether a page's headings and links name several jobs: two headings that are surely titles, or three of any kind."""
    return (
        len(linked) >= FEWEST_LINKED
        or sum(not address and ends_in_role(title) for title, address in linked.items()) >= FEWEST_JOBS
    )


def _titled(links: Mapping[str, str]) -> dict[str, str]:
    """The jobs that a page's headings and links name, each with its address."""
    return {title: address for title, address in links.items() if is_title(title) and title[:1].isupper()}


def _listed(text: str) -> list[str]:
    """The titles of a pasted list; what stands below a heading for other jobs is not this text's."""
    others = OTHERS.search(text)
    rows = short_rows(text[: others.start()] if others else text)
    forms = (listed_titles, carded_titles, numbered_titles, described_titles)
    cut = (rows[:_MOST_LISTED], rows, rows[:_MOST_LISTED], rows[:_MOST_LISTED])
    found = (form(some, _is_listed) for form, some in zip(forms, cut, strict=True))
    return next((titles for titles in found if len(titles) >= FEWEST_JOBS), [])


def _is_listed(row: str) -> bool:
    """Whether a list's line is a job's title, and no duty or thing that a posting lists without dots: `Train the model`."""
    return is_title(row) and not DUTY.match(row) and (ends_in_role(row) or not row.isascii())


def is_title(row: str) -> bool:
    return (
        len(row) <= LONGEST_TITLE
        and names_role(row)
        and small_words(row) <= _MOST_SMALL
        and not is_duty_in_signs(row)
        and not FURNITURE.match(row)
        and not is_heading(row)
        and not has_legal_form(row)
        and row[-1:] not in ".!?:,"
        and not _TOPIC.match(row)
        and ": " not in row
        and not _LISTS.search(row)
    )
