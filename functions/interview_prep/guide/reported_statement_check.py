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
    told = (_not_denied(one, reports) for one in _holding(insights.topics, reports, drop=drop))
    held["topics"] = tuple(topic for topic in told if topic.sources)
    held["compensation"] = tuple(one for one in paid if any(numbers_of(one.text) <= reports[ref].numbers for ref in one.sources if ref in reports))  # fmt: skip
    return Insights(**held)


def _not_denied(topic: Claim, reports: Mapping[str, Report]) -> Claim:
    """The subject without the posts that name it only to say that it did not come up."""
    named = re.compile(rf"(?<!\w){re.escape(topic.text)}(?!\w)", re.IGNORECASE)
    denied = re.compile(rf"\b(?:no|nobody|not|never|without|nothing|\w+n['’]t)\b[^.?!,;:\n]{{0,40}}(?<!\w){re.escape(topic.text)}(?!\w)", re.IGNORECASE)  # fmt: skip

    def only_denies(report: Report) -> bool:
        return len(named.findall(report.text)) == len(denied.findall(report.text)) > 0

    sources = tuple(ref for ref in topic.sources if ref not in reports or not only_denies(reports[ref]))
    return topic if sources == topic.sources else topic.model_copy(update={"sources": sources})


def _holding(statements: tuple[Statement, ...], reports: Mapping[str, Report], *, drop: bool) -> tuple[Statement, ...]:
    kept = []
    for statement in statements:
        parts = sentences_of(statement.detail) if isinstance(statement, Round) else [statement.text]
        sources = tuple(ref for ref in statement.sources if ref in reports and any(holds(part, reports[ref]) for part in parts))
        if sources or not drop:
            kept.append(statement.model_copy(update={"sources": sources}) if sources else statement)
    return tuple(kept)
