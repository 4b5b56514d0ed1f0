"""The one-page cheat sheet for the interview day, composed from the guide's own items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from functions.interview_prep.answers.private_questions import private_topic
from functions.interview_prep.guide.untrusted_text import whole_sentences
from functions.interview_prep.job_kinds.kinds_of_posts import TECHNICAL
from functions.interview_prep.job_kinds.preparation_packs import pack_for
from functions.interview_prep.pdf.frame_words.frame_language import say, say_length
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.process_glance import glance_lines
from functions.interview_prep.round_kinds import kind_of, name_of
from functions.interview_prep.stage_messages import Item, SectionName

LINE = 120
"""Characters of a line: it is read at a glance, or not at all."""
_CLAUSE = re.compile(r"[;:,](?=\s)|[，；：]")
PITCH_LINE = 170
OWN_PAGE = "C"
"""How the employer's own pages are cited."""
ON_THE_DAY = (
    "Link, camera, editor or the way there: checked the evening before",
    "The interviewer's name, your questions and water beside you",
    "Pause before you answer; ask back when a question is vague",
    "Before you leave: what comes next, who decides, by when",
)
IN_PERSON = "The way there or the link, your papers, what you will wear: settled the evening before"
"""Instead of the first of them where nobody writes programs."""
PITCH = (
    "Now: what you do, and for whom",
    "Then: the one thing you did that is closest to this job, with its number",
    "Next: why this role, in the posting's own words",
)
"""The ninety seconds of those who gave no CV."""
YOURSELF = "Tell me about yourself"


@dataclass(frozen=True)
class Line:
    """A line, and what belongs to it in smaller letters."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class Block:
    """A heading and its lines, most useful first. `most`: lines shown of them."""

    heading: str
    lines: tuple[Line, ...]
    most: int = 4


def cheat_sheet(content: Content) -> list[Block]:
    """The blocks in the order in which they are needed, in the language of the frame; empty ones are left out."""
    blocks = [
        Block("Your ninety seconds", _pitch(content), 3),
        Block("Rounds", _rounds(content), 8),
        Block("Likely questions, and what a strong answer has", _questions(content), 6),
        Block("Your stories", _lines(_titles(_items(content, "stories"), skip=say(YOURSELF))), 5),
        Block("Review once more", _lines(_titles(_items(content, "checklist"))), 6),
        Block("Must be proven", _lines(item.title for item in _items(content, "role") if item.label == "must-have"), 4),
        Block("In figures", _figures(content), 4),
        Block("Know about them", _told(content, "signal", "news"), 3),
        Block("Ask them", _lines(item.title for item in _items(content, "company") if item.label == "ask"), 4),
        Block("Watch out", _told(content, "watch out"), 2),
        Block("On the day", _lines(map(say, _on_the_day(content))), 4),
    ]
    return [replace(block, heading=say(block.heading)) for block in blocks if block.lines]


def _on_the_day(content: Content) -> tuple[str, ...]:
    return ON_THE_DAY if pack_for(content.posting.title).key in TECHNICAL else (IN_PERSON, *ON_THE_DAY[1:])


def _items(content: Content, name: SectionName) -> list[Item]:
    return [item for section in content.sections if section.section == name for item in section.items]


def _titles(items: Iterable[Item], skip: str = "") -> Iterable[str]:
    return (item.title for item in items if item.title and item.title != skip)


def _lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """A line each; one that would have to be cut comes after the others."""
    said = [text for text in texts if text.strip()]
    return tuple(Line(_short(text)) for text in sorted(said, key=lambda text: len(text) > LINE))


def _short(text: str) -> str:
    """What of a text fits a line: whole sentences, else whole clauses of the first one, else what a word ends."""
    text = " ".join(text.split())
    sentences = whole_sentences(text, LINE)
    if len(text) <= LINE or not sentences.endswith("…"):
        return sentences
    ends = [found.start() for found in _CLAUSE.finditer(text[:LINE]) if not _closing(text[: found.start()])]
    return text[: ends[-1]] if ends and ends[-1] >= LINE // 3 else f"{sentences}{_closing(sentences)}"


def _closing(text: str) -> str:
    """The mark that ends the quotation in which a text breaks off; empty where it does in none."""
    pairs = (("„", "“") if "„" in text else ("“", "”"), ("«", "»"))
    return next((end for mark, end in pairs if text.count(mark) > text.count(end)), "")


def _pitch(content: Content) -> tuple[Line, ...]:
    told = (item.points for item in _items(content, "stories") if item.title.startswith(("Tell me about", say(YOURSELF))))
    return tuple(Line(whole_sentences(text, PITCH_LINE)) for text in next(told, ()) or map(say, PITCH))


def _rounds(content: Content) -> tuple[Line, ...]:
    figures = content.outline.figures
    minutes = {step.kind: step.minutes for step in figures.stated} | {
        one.kind: one.minutes.value for one in figures.rounds if one.minutes.value
    }
    lines = []
    for item in _items(content, "process"):
        known = [
            say_length(minutes.get(kind_of(item.title), "")),
            say(item.label) if item.label in {"easy", "medium", "hard"} else "",
        ]
        if item.title != name_of("other") or "other" in content.round_titles:  # what is told of no round tells nothing on the day
            lines.append(Line(content.call_round(item.title), ", ".join(filter(None, known))))
    return tuple(lines)


def _questions(content: Content) -> tuple[Line, ...]:
    """The reported ones first, those with an answer of their own before others; what nobody has to answer stands in the guide alone."""
    asked = [item for item in _items(content, "questions") if private_topic(item.title or item.text) is None]
    items = sorted(asked, key=lambda item: (not item.sources, not item.text))
    return tuple(Line(item.title or item.text, _short(item.text) if item.title else "") for item in items)


def _figures(content: Content) -> tuple[Line, ...]:
    posted = [Line(say("Posted pay"), content.posting.salary)] if content.posting.salary else []
    return (*posted, *(Line(say(name), text) for name, text in glance_lines(content) if name != "Not known"))


def _told(content: Content, *labels: str) -> tuple[Line, ...]:
    """What the employer says of itself, and what several tell: one candidate's remark stands in the guide, with its source."""
    return _lines(
        item.text or item.title for item in _items(content, "company") if item.label in labels and not _is_a_remark(item)
    )


def _is_a_remark(item: Item) -> bool:
    return len(item.sources) == 1 and item.label == "signal" and not item.sources[0].startswith(OWN_PAGE)
