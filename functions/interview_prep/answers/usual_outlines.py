"""Gives a question that is left without an outline the one of its form, so that none stands in a guide without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from functions.interview_prep.answers.private_questions import AGAIN, private_topic
from functions.interview_prep.pdf.frame_words.frame_language import ENGLISH, said_in, words_of
from functions.interview_prep.stage_messages import Item, Section

FILE = Path(__file__).with_name("usual_outlines.txt")
LONGEST = 400
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class Outline:
    """What a strong answer to questions of a form has, and what a weak one does."""

    form: re.Pattern[str]
    strong: str
    weak: str


@cache
def usual_outlines() -> tuple[Outline, ...]:
    """All outlines, the most special form first."""
    rows = (row.split(" | ") for row in FILE.read_text("utf-8").splitlines() if row.strip() and not row.startswith("#"))
    return tuple(Outline(re.compile(form, re.IGNORECASE), strong.strip(), weak.strip()) for form, strong, weak in rows)


def with_outlines(sections: Iterable[Section], language: str) -> list[Section]:
    """The sections, each question with what a strong and a weak answer has; one outline for two questions only where all are used.

    `language`: the tag of the language that the guide is written in; where an outline is not known in it, none is added.
    """
    return [_completed(section, language) if section.section == "questions" else section for section in sections]


def _completed(section: Section, language: str) -> Section:
    used = {part for item in section.items for part in (item.text, item.weak) if part}
    items = []
    for item in section.items:
        completed = item if item.title.strip() and item.text.strip() and item.weak.strip() else _outlined(item, language, used)
        used |= {completed.text, completed.weak}
        items.append(completed)
    return section.model_copy(update={"items": tuple(items)})


def _outlined(item: Item, language: str, used: set[str]) -> Item:
    question, strong = (item.title, item.text) if item.title.strip() else (item.text, "")
    if private_topic(question) is not None:  # its advice stands above, and is not told twice
        again, weak = (said_in(language, text) for text in AGAIN)
        return item.model_copy(update={"title": question, "text": strong or again, "weak": item.weak or weak})
    fitting = [
        (said_in(language, one.strong), said_in(language, one.weak))
        for one in usual_outlines()
        if one.form.search(question[:LONGEST]) and (language == ENGLISH or one.strong in words_of(language))
    ]
    if not fitting:
        return item
    new = next((pair for pair in fitting if not used.intersection(pair)), fitting[0])
    return item.model_copy(update={"title": question, "text": strong or new[0], "weak": item.weak or new[1]})
