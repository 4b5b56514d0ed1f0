"""Finds questions about the candidate's private life, and says of each that nobody has to answer it, and how to answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from functions.interview_prep.pdf.frame_words.frame_language import said_in
from functions.interview_prep.stage_messages import Item, Section, SectionName

FILE = Path(__file__).with_name("private_questions.txt")
LONGEST = 400
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class PrivateTopic:
    """A side of private life: how questions ask for it, what to answer, and what not to."""

    key: str
    asks: re.Pattern[str]
    strong: str
    weak: str


AGAIN = (
    "The same holds here: nobody has to answer it, and one friendly sentence about the work is enough.",
    "Answers out of politeness, and regrets it.",
)
"""What a second question on the same side of private life is answered with."""


@cache
def private_topics() -> tuple[PrivateTopic, ...]:
    """All topics, in the order of their file."""
    _, *parts = re.split(r"^\[([\w ]+)\]\n", FILE.read_text("utf-8"), flags=re.MULTILINE)
    return tuple(_topic(key, text.splitlines()) for key, text in zip(parts[::2], parts[1::2], strict=True))


def _topic(key: str, rows: list[str]) -> PrivateTopic:
    said = {name: row.removeprefix(f"{name}: ") for row in rows for name in ("strong", "weak") if row.startswith(f"{name}: ")}
    asks = [row for row in rows if row.strip() and not row.startswith(("strong: ", "weak: "))]
    return PrivateTopic(key, re.compile(rf"(?<![A-Za-zÀ-ž])(?:{'|'.join(asks)})", re.IGNORECASE), said["strong"], said["weak"])


def private_topic(question: str) -> PrivateTopic | None:
    """What of private life a question asks for; None where it asks for work."""
    text = " ".join(question[:LONGEST].split())
    return next((topic for topic in private_topics() if topic.asks.search(text)), None)


def with_private_advice(section: SectionName, item: Item, language: str) -> Item:
    """A private question with the advice that nobody has to answer it, in place of an outline; a plan does not practise it.

    `language`: the tag of the language that the item is written in.
    """
    if section == "plan":
        return item.model_copy(update={"points": tuple(point for point in item.points if private_topic(point) is None)})
    topic = private_topic(item.title or item.text) if section == "questions" else None
    if topic is None:
        return item
    strong, weak = (said_in(language, text) for text in (topic.strong, topic.weak))
    return item.model_copy(update={"title": item.title or item.text, "text": strong, "weak": weak, "points": ()})


def with_advice_again(sections: Iterable[Section], language: str) -> list[Section]:
    """The sections, a private question whose advice stands above already with the short form of it.

    `language`: the tag of the language that the guide is written in.
    """
    again, weak = (said_in(language, text) for text in AGAIN)

    def advised(item: Item) -> Item:
        if item.text.strip() or private_topic(item.title) is None:
            return item
        return item.model_copy(update={"text": again, "weak": item.weak or weak})

    return [
        part.model_copy(update={"items": tuple(map(advised, part.items))}) if part.section == "questions" else part
        for part in sections
    ]
