"""Drops what a guide has said before: the same sentence under two items teaches nothing the second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.interview_prep.guide.claim_check import sentences_of
from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.stage_messages import Item, Section

FEWEST_WORDS, FEWEST_IDEOGRAPHS = 4, 8
"""Of a sentence that counts as a repetition: shorter ones (`Ask the recruiter.`) may be needed twice."""
OWN_WORDS = frozenset({"role", "questions", "stories"})
"""Sections whose points may be the candidate's own: one story answers several questions."""
_LEAD = re.compile(r"^(?:\d{1,3} min|[\w ]{3,20}): ")
_EVIDENCE = re.compile(r"^Gap:|\b\d{1,3} (?:reports?|posts?)\b|\b20\d\d\b")
"""How much supports an item, or that nothing does, may be the same for several."""
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def without_repeated_lines(sections: Sequence[Section]) -> list[Section]:
    """The sections in their order, each sentence of texts, reasons and points where it stands first.

    Titles and labels stay: a plan names the question that it practises, a story the one that it answers.
    """
    seen: set[str] = set()
    return [
        section.model_copy(update={"intro": _new(section.intro, seen), "items": _items(section, seen)}) for section in sections
    ]


def _items(section: Section, seen: set[str]) -> tuple[Item, ...]:
    """What is left of the items: one whose title only says whose words follow, or which round, says nothing without them."""
    items = (_item(section, item, seen) for item in section.items)
    return tuple(item for item in items if _says_something(section, item))


def _says_something(section: Section, item: Item) -> bool:
    if section.section == "process":
        return bool(item.text.strip() or item.points)
    return section.section != "company" or item.label == "ask" or bool(item.text.strip())


def _item(section: Section, item: Item, seen: set[str]) -> Item:
    fields = {name: _new(getattr(item, name), seen) for name in ("text", "weak", "why")}
    if fields["text"] == item.text:
        fields["weak"] = item.weak  # an outline is read as one
    if not item.title.strip() and not fields["text"].strip():
        fields["text"] = item.text  # without it the item would be empty
    points = item.points if section.section in OWN_WORDS else tuple(point for point in item.points if _new(point, seen))
    return item.model_copy(update={**fields, "points": points})


def _new(text: str, seen: set[str]) -> str:
    """The text without the sentences that were seen; the others are seen from now on."""
    kept = []
    for sentence in sentences_of(text):
        key = bare_words(_LEAD.sub("", sentence))
        long = len(key.split()) >= FEWEST_WORDS or len(_IDEOGRAPH.findall(key)) >= FEWEST_IDEOGRAPHS
        if long and key in seen and not _EVIDENCE.search(sentence):
            continue
        kept.append(sentence)
        seen.add(key)
    return text if len(kept) == len(sentences_of(text)) else " ".join(kept)
