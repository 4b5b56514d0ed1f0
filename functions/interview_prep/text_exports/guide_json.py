"""The guide as JSON: all that its pages show, as data with sources, for programs; and the posting's lines, for the next guide."""

from __future__ import annotations

import json
from dataclasses import asdict

from functions.interview_prep.pdf.cover.coverage_box import cover_figures
from functions.interview_prep.pdf.cover.in_short import in_short
from functions.interview_prep.pdf.frame_words.frame_language import framed_in, say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.guide_pages import section_title
from functions.interview_prep.pdf.sections.process import title_of
from functions.interview_prep.previous_guide.posting_lines import posting_lines
from functions.interview_prep.second_look.cheat_sheet import cheat_sheet
from functions.interview_prep.second_look.mock_interview import mock_interview
from functions.interview_prep.stage_messages import Section

VERSION = 1
"""Raised when a field changes its meaning or goes."""


def guide_json(content: Content) -> str:
    """One JSON object, sorted as the guide reads: its texts in the guide's language, labels and words of levels as keys in English."""
    with framed_in(content.language):
        return _json(content)


def _json(content: Content) -> str:
    level, word, why = content.confidence
    posting = content.posting.model_dump(mode="json", exclude={"description", "warnings"})
    data = {
        "version": VERSION,
        "title": content.title,
        "posting": posting,
        "terms": list(content.terms),
        "posting_lines": list(posting_lines(content.posting.description)),
        "confidence": {"level": level, "word": word, "why": say(why)},
        "coverage": dict(cover_figures(content)),
        "in_short": dict(in_short(content)),
        "notes": content.notes,
        "changes": list(content.changes),
        "claims": dict(zip(("checked", "held"), content.claims, strict=True)),
        "written_by": content.written_by,
        "process": content.outline.figures.model_dump(mode="json"),
        "sections": [_titled(section, content).model_dump(mode="json", exclude={"private"}) for section in content.sections],
        "cheat_sheet": [asdict(block) for block in cheat_sheet(content)],
        "mock_interview": [asdict(one) for one in mock_interview(content)],
        "sources": [source.model_dump(mode="json") for source in content.all_sources],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _titled(section: Section, content: Content) -> Section:
    """The section, its title and those of rounds as the guide says them."""
    items = section.items
    if section.section == "process":
        items = tuple(item.model_copy(update={"title": title_of(item, content)}) for item in items)
    return section.model_copy(update={"title": section_title(section), "items": items})
