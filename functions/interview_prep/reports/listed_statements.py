"""What writers list row by row, read by rules: the rounds that they label and the questions below them. No model is asked, so none is lost or made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from functions.interview_prep.reports.accounts import Account
from functions.interview_prep.reports.asked_lists import labels_round, rows_with_places
from functions.interview_prep.reports.round_words import only_round_named
from functions.interview_prep.reports.sentences_of_posts import places_of_sentences
from functions.interview_prep.stage_messages import Question, QuestionKind, Round, RoundKind

MOST_OF_ONE = 12
"""Questions of one writer: a list of fifty is a course, and others' words count too."""
MOST_ROUNDS, LONGEST_ROUND, MOST_OF_NAME = 8, 280, 3
_KIND_IN: Mapping[RoundKind, QuestionKind] = {
    "coding": "coding",
    "system_design": "system_design",
    "behavioural": "behavioural",
    "case_study": "case",
    "online_assessment": "technical",
    "technical_screen": "technical",
    "recruiter_screen": "role",
}
_SAYS_MORE = re.compile(
    r"\b\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?(?:min|hour|hr|mcq|question|problem|coding)|\s[-–—:]\s?(?:\S+\s+){3}\S|:\s(?:\S+\s+){3}\S",
    re.IGNORECASE,
)
"""A label that says how long or how many, or behind which something is told."""
_LABEL = re.compile(r"^([^\d:\n]{3,40}):\s{1,3}(?=(?:\S+\s+){3}\S)")
"""The name of the round before what is told of it; one that says how long is kept."""
_BETWEEN_QUOTED = re.compile(r'["”]\s{0,3}(?:,|;|and|or|then|&)?\s{0,3}["“]')
"""Between two quotations on one line."""
_NUMBER = re.compile(r"^[\W_]{0,4}\d{1,2}[.)]\s{1,3}")


def asked_apart(question: Question) -> list[Question]:
    """Each of the questions that a writer quotes one after the other, `“Why us?” and “What now?”`, by itself."""
    quoted = [part.strip(' "“”') for part in _BETWEEN_QUOTED.split(question.text)]
    return [question.model_copy(update={"text": text}) for text in quoted] if len(quoted) > 1 and all(quoted) else [question]


def listed_questions(accounts: Iterable[Account], ref: str, known: Iterable[str]) -> list[Question]:
    """Each with the one post that lists it, under the round whose label stands above it; those that are `known` left out."""
    seen = {_bare(text) for text in known}
    found: list[Question] = []
    for account in accounts:
        for one in account.asked[:MOST_OF_ONE]:
            if not any(text in _bare(one.text) for text in seen):  # two questions on one row are known as two
                seen.add(_bare(one.text))
                of_round = only_round_named("", one.round_label, surely=True)
                found.append(Question(text=one.text, kind=_KIND_IN.get(of_round, "other"), round=of_round, sources=(ref,)))
    return found


def listed_rounds(accounts: Iterable[Account], ref: str) -> list[Round]:
    """The rows of a written-up account that label a round and say more of it: the sentence behind the label, or the label where it says how long."""
    found: list[Round] = []
    for account in accounts:
        asked = {one.at - account.start for one in account.asked}
        for at, row in rows_with_places(account.text) if account.is_written_up else ():
            if at not in asked and labels_round(row) and _SAYS_MORE.search(row) and not row.rstrip().endswith(("?", ":")):
                told = _without_label(_NUMBER.sub("", places_of_sentences(row.strip())[0][1]))
                if len(told) <= LONGEST_ROUND and len(found) < MOST_ROUNDS:
                    found.append(Round(kind=only_round_named("", _named(row), surely=True), detail=told, sources=(ref,)))
    return found


def _without_label(told: str) -> str:
    label = _LABEL.match(told)
    return told[label.end() :] if label and labels_round(label[1]) else told


def _named(row: str) -> str:
    """What a row calls its round: its first words, without what it was held on (`Coding round on HackerRank`)."""
    return " ".join(_NUMBER.sub("", row).split()[:MOST_OF_NAME])


def without_repeated(told: Iterable[Round], listed: Iterable[Round]) -> list[Round]:
    """The rounds that a model found, without those whose words stand in a listed one."""
    rows = [_bare(one.detail) for one in listed]
    return [one for one in told if not any(_bare(one.detail) in row for row in rows)]


def _bare(text: str) -> str:
    return " ".join(text.casefold().strip(" .?!:").split())
