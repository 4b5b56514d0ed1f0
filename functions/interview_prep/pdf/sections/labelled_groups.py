"""Items under the headings of their labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from functions.interview_prep.pdf.blocks.page_blocks import group
from functions.interview_prep.pdf.frame_words.frame_language import say, say_counted
from functions.interview_prep.stage_messages import Item, Section


def labels(section: Section, headings: Mapping[str, str]) -> list[str]:
    """The labels of a section in the order of its groups."""
    return [*headings, *dict.fromkeys(item.label for item in section.items if item.label and item.label not in headings), ""]


_NO_NOTES: Mapping[str, str] = {}


def group_items(
    section: Section,
    headings: Mapping[str, str],
    entry: Callable[[Item], Any],
    *,
    count: str = "",
    notes: Mapping[str, str] = _NO_NOTES,
) -> list[Any]:
    """The items by label: known labels in the order of `headings`, others as they come, those without one last.

    `count` is a noun: the heading then says how many there are; `notes` are what a label's heading says beside it.
    """
    story: list[Any] = []
    for at, label in enumerate(labels(section, headings)):
        items = [item for item in section.items if item.label == label]
        if not items:
            continue
        heading = say(headings.get(label, label)) or (say("More") if story else "")
        note = say_counted(len(items), count) if count else ""
        note = " · ".join(filter(None, (note, notes.get(label, ""))))
        story += group(heading, f"{section.section}-{at}", note) if heading else []
        story += [entry(item) for item in items]
    return story
