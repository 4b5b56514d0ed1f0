"""Merge what all batches report into one outline, its sources renamed R1, R2 ... in order of use."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

from functions.interview_prep.employer_messages import EmployerPage, EmployerPages
from functions.interview_prep.figures.process_statistics import process_figures, renamed, renamed_insights, sources_of
from functions.interview_prep.figures.round_titles import in_own_trade
from functions.interview_prep.figures.stated_steps import stated_steps
from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.merge_statements import merge_rounds, merge_statements, weights_of
from functions.interview_prep.guide.reported_statement_check import with_holding_sources, words_in
from functions.interview_prep.guide.untrusted_text import clean
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Batch, Insights, Outline, Post, Posting, SectionName, SectionRequest, Source
from shared.ports import Ports

MAX_ROUNDS, MAX_QUESTIONS, MAX_CLAIMS = 8, 40, 12
CLAIMS = ("topics", "tips", "timeline", "culture", "compensation", "red_flags")


async def outline_guide(  # noqa: PLR0917 - a stage takes what it needs by position
    insights: list[Insights],
    posting: Posting,
    batches: list[Batch],
    request: PrepRequest,
    own: EmployerPages | None,
    ports: Ports,
) -> Outline:
    """What the guide will rest on, each statement with the posts that say it. Nothing is asked of anyone."""
    del ports
    posts = {f"{post.source}:{post.id}": post for batch in batches for post in batch.posts}
    weights = weights_of(posts)
    reports = {ref: Report.of(words_in(post), posting.company, posting.company_domain) for ref, post in posts.items()}

    def all_of(name: str) -> list[Any]:
        return [statement for part in insights for statement in getattr(part, name) if _known(statement.sources, posts)]

    found = with_holding_sources(
        Insights(
            rounds=merge_rounds(all_of("rounds"), weights, MAX_ROUNDS),
            questions=merge_statements(all_of("questions"), weights, MAX_QUESTIONS),
            **{name: merge_statements(all_of(name), weights, MAX_CLAIMS) for name in CLAIMS},
        ),
        reports,
        drop=False,
    )
    rounds = in_own_trade(found.rounds, posting.title)
    found = _each_once(found.model_copy(update={"rounds": merge_rounds(rounds, weights, MAX_ROUNDS)}))
    authors = {
        ref: Report.of(f"{post.title}\n{post.body}", posting.company, posting.company_domain) for ref, post in posts.items()
    }
    pages = tuple(page.model_copy(update={"ref": f"C{number}"}) for number, page in enumerate(own.pages if own else (), 1))
    figures = process_figures(
        found, in_own_trade(all_of("rounds"), posting.title), reports, authors, stated_steps(posting.description, pages)
    )
    used = [ref for ref in dict.fromkeys([*_sources_of(found), *sources_of(figures)]) if ref in posts]
    names = {ref: f"R{number}" for number, ref in enumerate(used, 1)}
    dates = sorted(date for ref in used if (date := _date(posts[ref])))
    return Outline(
        sections=tuple(SectionRequest(section=name) for name in get_args(SectionName)),
        insights=renamed_insights(found, names),
        figures=renamed(figures, names),
        sources=tuple(_source(names[ref], posts[ref]) for ref in used),
        pages=pages,
        reports={names[ref]: words_in(posts[ref]) for ref in used} | {page.ref: _as_report(page, posting) for page in pages},
        candidate=await asyncio.to_thread(_candidate, request),
        posts_used=len(used),
        oldest_report=dates[0] if dates else "",
        newest_report=dates[-1] if dates else "",
    )


ONCE = ("red_flags", "rounds", "timeline", "culture", "compensation", "tips")
"""The kinds that a sentence can be of; it is told as the first that it is."""


def _each_once(found: Insights) -> Insights:
    """The statements without those whose words stand under another kind already."""
    seen: set[str] = set()
    kept: dict[str, Any] = {}
    for name in ONCE:
        statements = getattr(found, name)
        kept[name] = tuple(one for one in statements if _words(one) not in seen)
        seen |= {_words(one) for one in statements}
    return found.model_copy(update=kept)


def _words(statement: Any) -> str:
    text = statement.detail if hasattr(statement, "detail") else statement.text
    return " ".join(text.casefold().split())


def _as_report(page: EmployerPage, posting: Posting) -> str:
    """An own page's words, as claims are held against them: all of it is about the employer."""
    return f"{posting.company}: {page.title}\n{page.text}"


def _candidate(request: PrepRequest) -> str:
    """The CV's text, without what one is reached by.

    Raises:
        BadInput: the file cannot be read (`cv_unreadable`).
    """
    from functions.interview_prep.candidate.contact_details import without_contact_details  # noqa: PLC0415 - only with a CV
    from functions.interview_prep.candidate.cv_text import MOST_CHARACTERS, cv_text  # noqa: PLC0415 - as above

    if request.cv_text and request.cv_text.strip():
        return without_contact_details(clean(request.cv_text)[:MOST_CHARACTERS])
    if not request.cv_file:
        return ""
    try:
        content = base64.b64decode(request.cv_file, validate=True)
    except ValueError:
        content = request.cv_file.encode(errors="replace")  # the text itself, as people give it
    return without_contact_details(clean(cv_text(content)))


def _known(sources: tuple[str, ...], posts: dict[str, Post]) -> bool:
    return any(source in posts for source in sources)


def _sources_of(insights: Insights) -> Iterator[str]:
    for name in Insights.model_fields:
        for statement in getattr(insights, name):
            yield from statement.sources


def _source(ref: str, post: Post) -> Source:
    return Source(ref=ref, title=post.title, url=post.url, place=post.place, score=post.score, date=_date(post))


def _date(post: Post) -> str:
    return datetime.fromtimestamp(post.created, UTC).date().isoformat() if post.created > 0 else ""
