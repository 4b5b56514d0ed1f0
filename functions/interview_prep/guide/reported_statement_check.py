"""Reported statements with the posts that say them, and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from functions.interview_prep.guide.claim_check import Report, holds, numbers_of, sentences_of
from functions.interview_prep.stage_messages import Claim, Insights, Post, Question, Round

Statement = TypeVar("Statement", Round, Question, Claim)


_ELSEWHERE = re.compile(
    r"\b(?:compet\w+|counter|another|other|current|previous|old|last) (?:\w+ )?(?:offers?|jobs?|compan(?:y|ies)|employers?|roles?|salary|comp|pay)\b|\b(?:elsewhere|my (?:current|old|last|previous))\b|\bfrom (?:a|another) (?:bank|startup|competitor|company|firm)\b",
    re.IGNORECASE,
)
"""Words by which a figure is another employer's, or the writer's own of today."""


def words_in(post: Post) -> str:
    """A post's own words: its title on the first line, then its text and its comments."""
    return "\n".join([post.title.replace("\n", " "), post.body, *post.comments])


def with_holding_sources(insights: Insights, reports: Mapping[str, Report], *, drop: bool = True) -> Insights:
    """The statements that at least one of their posts says, each with those posts alone; without `drop`, the others as they are.

    Pay that another employer offers is no pay of this one, whatever the post is about.
    """
    held = {name: _holding(getattr(insights, name), reports, drop=drop) for name in Insights.model_fields}
    paid = (one for one in insights.compensation if not _ELSEWHERE.search(one.text))
    held["compensation"] = tuple(one for one in paid if any(numbers_of(one.text) <= reports[ref].numbers for ref in one.sources if ref in reports))  # fmt: skip
    return Insights(**held)


def _holding(statements: tuple[Statement, ...], reports: Mapping[str, Report], *, drop: bool) -> tuple[Statement, ...]:
    kept = []
    for statement in statements:
        parts = sentences_of(statement.detail) if isinstance(statement, Round) else [statement.text]
        sources = tuple(ref for ref in statement.sources if ref in reports and any(holds(part, reports[ref]) for part in parts))
        if sources or not drop:
            kept.append(statement.model_copy(update={"sources": sources}) if sources else statement)
    return tuple(kept)
