"""The guide as Markdown. Its text comes from strangers: nothing in it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from functions.interview_prep.pdf.blocks.evidence_chips import INFERRED
from functions.interview_prep.pdf.cover.cover_page import facts, who_wrote
from functions.interview_prep.pdf.cover.coverage_box import cover_figures, cover_notes
from functions.interview_prep.pdf.cover.in_short import in_short
from functions.interview_prep.pdf.frame_words.frame_language import framed_in, say, say_date, say_label, say_row, say_sentence
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.guide_document import CHANGES
from functions.interview_prep.pdf.guide_pages import section_title
from functions.interview_prep.pdf.sections.company import HEADINGS as COMPANY_HEADINGS
from functions.interview_prep.pdf.sections.plan import day_name
from functions.interview_prep.pdf.sections.process import title_of
from functions.interview_prep.pdf.sections.process_glance import Row, facts_of, glance_lines, glance_rows
from functions.interview_prep.pdf.sections.questions import ASSUMED, is_assumed
from functions.interview_prep.pdf.sections.role import HEADINGS as ROLE_HEADINGS
from functions.interview_prep.pdf.sections.role import TERMS, terms_of
from functions.interview_prep.pdf.typography.draw_text import web_url
from functions.interview_prep.pdf.typography.printable_text import clean
from functions.interview_prep.round_kinds import name_of
from functions.interview_prep.second_look.cheat_sheet import cheat_sheet
from functions.interview_prep.second_look.mock_interview import AS_BEFORE, MockRound, mock_interview
from functions.interview_prep.stage_messages import Item, Section, Source

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
HEADINGS = {**ROLE_HEADINGS, **COMPANY_HEADINGS}
_LINE_START = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def guide_markdown(content: Content) -> str:
    """The whole guide, the cheat sheet and the mock interview; its own words in the guide's language, as on the pages."""
    with framed_in(content.language):
        return "\n".join(_lines(content)) + "\n"


def _lines(content: Content) -> Iterator[str]:
    yield f"# {_text(content.title)}"
    level, word, why = content.confidence
    del level
    yield from ("", *(f"- {say_label(name)}{_text(value)}" for name, value in facts(content.posting)))
    yield from ("", f"**{say_label('Confidence')}{say_sentence(word)}** {_text(say(why))}", "")
    yield f"- {_text(say_row(f'{value} {say(name)}' for name, value in cover_figures(content) if value))}"
    yield from (f"- {_text(note)}" for note in cover_notes(content))
    yield from (f"- **{_text(who)}**" for who in [who_wrote(content)] if who)
    if lines := in_short(content):
        yield from ("", f"## {say('In short')}", "", *(f"- {say_label(name)}{_text(text)}" for name, text in lines))
    if content.changes:
        yield from ("", f"## {say(CHANGES)}", "", *(f"- {_text(line)}" for line in content.changes))
    for section in content.sections:
        yield from _section(section, content)
    yield from _cheat_sheet(content)
    yield from _mock(mock_interview(content))
    if content.has_sources:
        yield from ("", f"## {say('Sources')}", "")
        yield from map(_source, content.all_sources)


def _section(section: Section, content: Content) -> Iterator[str]:
    yield from ("", f"## {_text(section_title(section))}", "")
    if section.intro.strip():
        yield from (_text(section.intro), "")
    if section.section == "process":
        yield from _glance(content)
    label = ""
    for item in section.items:
        if item.label and item.label != label and section.section in {"questions", "company", "role"}:
            label = item.label
            said = say(HEADINGS[label]) if label in HEADINGS else content.call_round(label)
            note = f" ({say(ASSUMED)})" if section.section == "questions" and is_assumed(label, content) else ""
            yield from ("", f"### {_text(said)}{note}", "")
        yield from _item(section, item, content)
    if section.section == "role" and (terms := terms_of(section, content)):
        yield from ("", f"### {say(TERMS)}", "", *(f"- {_text(term)}" for term in terms))


def _titled(section: Section, item: Item, content: Content) -> str:
    """An item's title; a round's is what the guide calls it, and before a day's stands which it is."""
    if section.section == "plan" and item.label:
        return f"{day_name(item.label)}: {item.title}"
    return title_of(item, content) if section.section == "process" else item.title


def _item(section: Section, item: Item, content: Content) -> Iterator[str]:
    refs = content.cited(item.sources)
    evidence = f"[{', '.join(refs)}]" if refs else f"_({say(INFERRED)})_"
    yield f"- **{_text(_titled(section, item, content) or item.text)}** {evidence}"
    text = item.text if item.title else ""
    for name, part in (
        ("Strong" if item.weak or section.section == "questions" else "", text),
        ("Weak", item.weak),
        ("Answers" if section.section == "stories" else "", item.label if section.section == "stories" else ""),
        ("Why", item.why),
    ):
        if part.strip():
            yield f"  - {say_label(name)}{_text(part)}" if name else f"  - {_text(part)}"
    yield from (f"  - {_text(point)}" for point in item.points if point.strip())


def _glance(content: Content) -> Iterator[str]:
    rows = glance_rows(content)
    if rows:
        yield from (f"| {say('Round')} | {say('What is known of it')} |", "|---|---|")
        yield from (f"| {content.call_round(name_of(row.kind))} | {_facts(row)} |" for row in rows)
        yield ""
    yield from (f"- {say_label(name)}{_text(text)}" for name, text in glance_lines(content))
    yield ""


def _facts(row: Row) -> str:
    return say_row(f"{say_label(name)}{_text(value)}{f' ({giver})' if giver else ''}" for name, value, giver in facts_of(row))


def _cheat_sheet(content: Content) -> Iterator[str]:
    yield from ("", f"## {say('Cheat sheet')}")
    for block in cheat_sheet(content):
        yield from ("", f"### {block.heading}", "")
        for line in block.lines[: block.most]:
            yield f"- {_text(line.text)}" + (f" — {_text(line.detail)}" if line.detail else "")


def _mock(rounds: list[MockRound]) -> Iterator[str]:
    if rounds:
        yield from ("", f"## {say('Mock interview')}")
    for at, one in enumerate(rounds, 1):
        yield from ("", f"### {at}. {one.title} ({one.minutes}, {one.given_by})", "")
        told = any(other.played_by == one.played_by for other in rounds[: at - 1])
        yield from (
            say(AS_BEFORE) if told else f"{one.played_by} {say('They score: {scores}.').format(scores=say_row(one.scores))}",
            "",
        )
        for question in one.questions:
            yield f"- [ ] **{_text(question.text)}**"
            yield from (
                f"  - {say_label(name)}{_text(part)}"
                for name, part in (("Strong", question.strong), ("Weak", question.weak))
                if part.strip()
            )


def _source(source: Source) -> str:
    facts = " · ".join(filter(None, (source.place, say_date(source.date))))
    url = web_url(source.url) if source.url else None
    title = _text(source.title or source.ref)
    return f"- {source.ref}: {f'[{title}](<{url}>)' if url else title} ({_text(facts)})"


def _text(text: str) -> str:
    """A stranger's text on one line, every mark of Markdown escaped."""
    line = _MARKS.sub(r"\\\1", clean(text))
    return _LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
