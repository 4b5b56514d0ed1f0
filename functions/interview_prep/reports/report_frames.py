"""Whether a sentence of a post reports what a statement makes of it: not what its writer asks, plans, advises, guesses or lived elsewhere.

"I was asked about Kafka" reports a question; "should I learn Kafka?", "expect questions about Kafka" and "I ask them about Kafka" do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from functions.interview_prep.reports.report_phrases import (
    ADVISES,
    ASKED,
    ASKS,
    DONE_TO_WRITER,
    ELSEWHERE,
    GENERAL,
    IMAGINES,
    LEADS_TO_OWN,
    LEADS_TO_QUESTION,
    MISBEHAVES,
    NO_FAULT,
    NO_ROUND,
    NOT_THERE,
    OF_JOB_HUNT,
    OF_ROUND,
    OPENS_WITH_SELF,
    OWN_LIFE,
    PLANS,
    PREDICTS,
    PREPARES,
    PREPARES_BEFORE,
    TO_FORUM,
    TOLD_BY_THEM,
    WAITS,
    WAS_THERE,
)

Kind = Literal["rounds", "questions", "topics", "tips", "timeline", "culture", "red_flags", "compensation"]
LEAD = 220
"""Characters before a sentence in which something leads to it: `They asked:`, `Questions:`."""
_ENGLISH = re.compile(r"\b(?:the|a|an|and|was|is|they|i|to|of|you|for|in|on|it|my|with)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”][^\"“”]{2,300}[\"“”]")
_END_OF_QUESTION = re.compile(r"\?[\s)*_\"”]*$")


def reports_of(kind: Kind, sentence: str, before: str = "") -> bool:
    """Whether a post's sentence reports something of that kind. Only English is judged: sentences of other languages pass.

    `before`: the line that leads to its list, if it stands in one, and after a line end what stands before it.
    """
    if not _ENGLISH.search(sentence):
        return True
    lead, _, before = before.partition("\n")
    if _has(lead, LEADS_TO_OWN) or _has(before, NOT_THERE):
        return False
    plain = _QUOTED.sub(" ", sentence)  # what interviewers said is not the writer's own question
    return _TESTS[kind](sentence, plain, before[-LEAD:])


def _has(text: str, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _is_question(plain: str) -> bool:
    return bool(_END_OF_QUESTION.search(plain))


def _round(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001 - the tests share their form
    if _is_question(plain) or _has(plain, ASKS, PLANS, ADVISES, GENERAL, ELSEWHERE, OWN_LIFE, NO_ROUND, WAITS):
        return False
    if _has(plain, PREDICTS) and not _has(plain, TOLD_BY_THEM):
        return False
    return _has(sentence, OF_ROUND) and (_has(plain, WAS_THERE) or not _has(plain, OPENS_WITH_SELF))


def _question(sentence: str, plain: str, before: str) -> bool:
    if _has(plain, PREDICTS, PREPARES, TO_FORUM, GENERAL) or _has(before, PREPARES_BEFORE):
        return False
    if _is_question(plain) or not re.search(r"\w \w", plain):  # asked of the forum, unless something says who put it
        return _has(before, LEADS_TO_QUESTION)
    return _has(f"{before} {sentence}", ASKED)


def _topic(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    return not _has(plain, ASKS, PLANS, WAITS)


def _tip(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    return not _is_question(plain) and not _has(plain, OF_JOB_HUNT, TO_FORUM, GENERAL)


def _timeline(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    return not _is_question(plain) and not _has(plain, ASKS, PLANS, ADVISES, GENERAL, ELSEWHERE, OWN_LIFE)


def _culture(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    return not _is_question(plain) and not _has(plain, ASKS, PLANS, ADVISES, GENERAL, ELSEWHERE, OWN_LIFE, IMAGINES, TO_FORUM)


def _red_flag(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    if _is_question(plain) or not _has(plain, MISBEHAVES) or (_has(plain, OPENS_WITH_SELF) and not _has(plain, DONE_TO_WRITER)):
        return False
    return not _has(plain, ADVISES, GENERAL, ELSEWHERE, OWN_LIFE, IMAGINES, NO_FAULT)


def _pay(sentence: str, plain: str, before: str) -> bool:  # noqa: ARG001
    return not _is_question(plain) and not _has(plain, GENERAL, ELSEWHERE)


_TESTS: Mapping[Kind, Callable[[str, str, str], bool]] = {
    "rounds": _round,
    "questions": _question,
    "topics": _topic,
    "tips": _tip,
    "timeline": _timeline,
    "culture": _culture,
    "red_flags": _red_flag,
    "compensation": _pay,
}
