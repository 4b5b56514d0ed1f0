"""What posts in other languages than English report, by a few words of each: rounds, questions, answers, faults, people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from functions.interview_prep.posting.values.posting_language import text_language
from functions.interview_prep.reports.other_languages import reports_in
from infra.offline_model.text_helpers import lines

_LIST = Path(__file__).with_name("reports_in_languages.txt")
ROUNDS = ("take_home", "online_assessment", "technical_screen", "onsite", "hiring_manager", "recruiter_screen")
"""Kinds of rounds, the surest words first."""
LONGEST, SHORTEST, LONGEST_QUESTION = 280, 8, 200
_ENDS = re.compile(r"[?？؟;]\W{0,3}$")
_AFTER_QUESTION = re.compile(r"(?<=[?？؟;])\s+(?=\S)")
"""Where a question ends inside a line: Greek and Arabic have marks of their own."""


def language_of_post(post: dict[str, Any]) -> str:
    """The tag of the language that a post is written in."""
    return text_language("\n".join([str(post.get("title", "")), str(post.get("body", ""))]))


def statements_in(post: dict[str, Any], language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the post's sentences report, in their own words: the kind of statement and its fields. Nothing where no words are known."""
    if language not in _words():
        return
    for account in (str(post.get("body", "")), *map(str, post.get("comments", []))):
        told = [part.strip() for line in lines(account) for part in _AFTER_QUESTION.split(line.text) if part.strip()]
        asked = [_question(text, following, language) for text, following in pairwise([*told, ""])]
        for at, text in enumerate(told):
            if asked[at] and not (asked[at] == text and _kind(text, language)):
                yield "questions", {"text": asked[at], "kind": "behavioural", "round": "other", "difficulty": "unknown"}
            elif not _ENDS.search(text) and SHORTEST <= len(text) <= LONGEST and reports_in(language, text, account):
                yield from _of_sentence(text, language)


def _of_sentence(text: str, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = _kind(text, language)
    if _has(text, language, "flag"):
        yield "red_flags", {"text": text}
    elif _has(text, language, "people"):
        yield "culture", {"text": text}
    elif _has(text, language, "answer"):
        yield "timeline", {"text": text}
    elif kind or _has(text, language, "round"):
        difficulty = next((name for name in ("hard", "easy") if _has(text, language, name)), "unknown")
        if not kind and difficulty == "unknown" and not re.search(r"\d", text):
            return  # `I interviewed there last year`: nothing of the round
        yield "rounds", {"kind": kind or "other", "detail": text, "difficulty": difficulty}


def _kind(text: str, language: str) -> str:
    return next((kind for kind in ROUNDS if _has(text, language, kind)), "")


def _question(text: str, following: str, language: str) -> str:
    """What was asked: word for word behind a colon, there or in the next sentence; else the whole sentence that tells it."""
    lead = _words()[language].get("asked")
    found = lead.search(text) if lead else None
    if found is None:
        return ""
    rest = text[found.end() :].strip()
    if rest[:1] in {":", "："} or not rest:
        said = rest.lstrip(":： ") or following
        return said if _ENDS.search(said) and len(said) <= LONGEST_QUESTION else ""
    return text if len(rest) >= SHORTEST and len(text) <= LONGEST_QUESTION else ""


def _has(text: str, language: str, what: str) -> bool:
    pattern = _words()[language].get(what)
    return pattern is not None and pattern.search(text) is not None


@cache
def _words() -> dict[str, dict[str, re.Pattern[str]]]:
    """By language and by what is told: the words that tell it, from their beginning on."""
    found: dict[str, dict[str, re.Pattern[str]]] = defaultdict(dict)
    for row in _LIST.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            language, what, words = row.split(" ", 2)
            one = "|".join(
                re.escape(word.strip()).replace("'", "['’]") for word in sorted(words.split(","), key=len, reverse=True)
            )
            found[language][what] = re.compile(one if language == "zh" else rf"(?<!\w)(?:{one})", re.IGNORECASE)
    return dict(found)
