"""Read a batch of posts and list what they report, each statement with the posts that say so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from functions.interview_prep.guide.claim_check import Report
from functions.interview_prep.guide.reported_statement_check import with_holding_sources, words_in
from functions.interview_prep.guide.untrusted_text import as_written, cap_length, clean, map_text
from functions.interview_prep.prompts import prompt
from functions.interview_prep.reports.listed_statements import asked_apart, listed_questions, listed_rounds, without_repeated
from functions.interview_prep.stage_messages import Batch, Claim, Insights, Post, Question, Round
from shared.ports import Ports
from shared.text.links_and_markup import forms

MAX_STATEMENT = 300
Statement = TypeVar("Statement", Round, Question, Claim)


async def extract_insights(batch: Batch, ports: Ports) -> Insights:
    """What the posts report, sources as `{source}:{id}` of those posts.

    A statement that no post it names says is dropped: nothing is reported that no post says. Links are taken out:
    the reader gets each post's own address with the sources, and a link inside a claim may be anybody's.

    Raises:
        PutBack, Transient, Permanent: as the models port says.
    """
    refs = {f"P{number}": f"{post.source}:{post.id}" for number, post in enumerate(batch.posts, 1)}
    if not refs:
        return Insights()
    batch_data = {
        "company": batch.company,
        "role": batch.role,
        "posts": [as_read(ref, post) for ref, post in zip(refs, batch.posts, strict=True)],
    }
    data = json.dumps(batch_data, ensure_ascii=False, indent=1)  # JSON: a post cannot pretend to be the next one
    instructions = prompt("extract_insights")
    found = await ports.models.ask(
        instructions=instructions,
        data=data,
        answer=Insights,
        role="fast",
        max_output_tokens=6000,
    )
    names = " ".join(form for form in forms(data) if not set(form) & set("/:?@"))  # "Booking.com" is a name; more is an address
    found = map_text(found, lambda text: cap_length(as_written(text, names, instructions), MAX_STATEMENT))
    named = Insights(**{name: _reported(getattr(found, name), refs) for name in Insights.model_fields})
    reports = {refs[ref]: Report.of(words_in(post), batch.company) for ref, post in zip(refs, batch.posts, strict=True)}
    return await asyncio.to_thread(_held, named, reports)


def _held(named: Insights, reports: Mapping[str, Report]) -> Insights:
    """What its posts say of what a model found, and what they list row by row."""
    asked = [apart for one in named.questions for apart in asked_apart(one)]
    known = [one.text for one in asked]
    questions = [one for ref, report in reports.items() for one in listed_questions(report.accounts, ref, known)]
    rounds = [one for ref, report in reports.items() for one in listed_rounds(report.accounts, ref)]
    listed = {"questions": (*asked, *questions), "rounds": (*rounds, *without_repeated(named.rounds, rounds))}
    return with_holding_sources(named.model_copy(update=listed), reports)


def as_read(ref: str, post: Post) -> dict[str, Any]:
    """One post as the model sees it."""
    return {
        "ref": ref,
        "title": clean(post.title),
        "place": post.place,
        "score": post.score,
        "date": datetime.fromtimestamp(post.created, UTC).date().isoformat() if post.created > 0 else "",
        "body": clean(post.body),
        "comments": [text for text in map(clean, post.comments) if text],
    }


def _reported(statements: tuple[Statement, ...], refs: dict[str, str]) -> tuple[Statement, ...]:
    """The statements that say something and rest on a given post, their refs replaced by post ids."""
    kept = []
    for statement in statements:
        named = (ref.strip().strip("[]").upper() for ref in statement.sources)
        sources = tuple(dict.fromkeys(refs[ref] for ref in named if ref in refs))
        if sources and (statement.detail if isinstance(statement, Round) else statement.text):
            kept.append(statement.model_copy(update={"sources": sources}))
    return tuple(kept)


def insights_key(batch: Batch) -> list[Any]:
    """What the week's cache is keyed by: the words of the posts, not their scores of the hour."""
    return [batch.company, batch.role, [[post.source, post.id, post.title, post.body, post.comments] for post in batch.posts]]
