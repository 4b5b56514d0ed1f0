"""A section's items in the order in which the guide shows them, the same in every form: pages, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Mapping

from functions.interview_prep.pdf.frame_words.frame_language import say, say_date
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.sections.company import HEADINGS as COMPANY
from functions.interview_prep.pdf.sections.labelled_groups import labels
from functions.interview_prep.pdf.sections.process import is_told_of_no_round
from functions.interview_prep.pdf.sections.questions import rounds_of
from functions.interview_prep.pdf.sections.role import HEADINGS as ROLE
from functions.interview_prep.stage_messages import Section


def as_shown(section: Section, content: Content) -> Section:
    """The section, its items under their groups in the groups' order; what is told of no round stands behind the rounds."""
    if section.section == "process":
        items = sorted(section.items, key=lambda item: is_told_of_no_round(item, content))
        return section.model_copy(update={"items": tuple(items)})
    if section.section == "company":
        section = with_one_news_among_signals(section)
    groups: Mapping[str, Mapping[str, str]] = {"role": ROLE, "company": COMPANY, "questions": rounds_of(content)}
    if section.section not in groups:
        return section
    order = labels(section, groups[section.section])
    return section.model_copy(update={"items": tuple(sorted(section.items, key=lambda item: order.index(item.label)))})


def with_one_news_among_signals(section: Section) -> Section:
    """A single piece of news stands among the signals: one line is no group of its own."""
    news = [item for item in section.items if item.label == "news"]
    if len(news) != 1:
        return section
    (one,) = news
    told = one.model_copy(update={"label": "signal", "title": f"{say(COMPANY['news'])} · {say_date(one.title)}"})
    return section.model_copy(update={"items": tuple(told if item is one else item for item in section.items)})
