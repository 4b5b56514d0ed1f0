"""What changed since an earlier guide, in a few plain lines: the posting, the reports, the rounds, the questions, the news."""

from __future__ import annotations

from collections.abc import Iterator

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.guide.merge_statements import alike
from functions.interview_prep.guide.untrusted_text import cap_length
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.previous_guide.read_previous import PreviousGuide
from functions.interview_prep.process_figure_messages import ProcessFigures
from functions.interview_prep.round_kinds import name_of

MOST_QUESTIONS, MOST_LINES, LONGEST = 4, 12, 200
NOTHING = "Nothing that the guide shows has changed."
_FACTS = {"title": "Title", "location": "Location", "employment_type": "Type", "salary": "Pay", "valid_through": "Closing date"}


def guide_changes(content: Content, previous: PreviousGuide) -> tuple[str, ...]:
    """The changes, what matters most first; one line that says so where there are none, or where it was another employer's guide."""
    company = previous.posting.company
    if company_name(company).casefold() != company_name(content.posting.company).casefold():
        return (f"The earlier guide was for {company or 'another employer'}: nothing is compared.",)
    lines = [*_facts(content, previous), *_reports(content, previous), *_figures(content.outline.figures, previous.process)]
    lines += [*_questions(content, previous), *_news(content, previous)]
    if previous.confidence.word and previous.confidence.word != content.confidence[1]:
        lines.append(f"Confidence: {previous.confidence.word} before, {content.confidence[1]} now.")
    return tuple(cap_length(line, LONGEST) for line in lines[:MOST_LINES]) or (NOTHING,)


def _facts(content: Content, previous: PreviousGuide) -> Iterator[str]:
    for name, title in _FACTS.items():
        before, now = (str(getattr(posting, name)).rstrip(" .") for posting in (previous.posting, content.posting))
        if before != now:
            yield f"{title}: {before or 'not given'} before, {now or 'not given'} now."


def _reports(content: Content, previous: PreviousGuide) -> Iterator[str]:
    before = {source.key for source in previous.sources}
    new = [source for source in content.all_sources if (source.url or source.title) not in before]
    now = {source.url or source.title for source in content.all_sources}
    gone = len(before - now)
    if new:
        yield f"New sources: {', '.join(source.ref for source in new)}."
    if gone:
        yield f"{gone} earlier source{' is' if gone == 1 else 's are'} no longer used."


def _figures(now: ProcessFigures, before: ProcessFigures) -> Iterator[str]:
    known = {one.kind: one for one in before.rounds}
    for one in now.rounds:
        if one.kind not in known:
            yield f"A round that was not reported before: {name_of(one.kind)}."
            continue
        for part, title in (("minutes", "length"), ("difficulty", "difficulty")):
            old, new = getattr(known[one.kind], part).value, getattr(one, part).value
            if old != new:
                yield f"{name_of(one.kind)}, {title}: {old or 'unknown'} before, {new or 'unknown'} now."
    if now.length.value != before.length.value:
        yield f"First contact to answer: {before.length.value or 'unknown'} before, {now.length.value or 'unknown'} now."


def _questions(content: Content, previous: PreviousGuide) -> Iterator[str]:
    """Reported questions that no earlier one resembles."""
    asked = [item.title or item.text for item in previous.items("questions")]
    reported = [
        item.title or item.text for part in content.sections if part.section == "questions" for item in part.items if item.sources
    ]
    new = [question for question in reported if not any(alike(question, known) for known in asked)]
    yield from (f"Newly reported question: {question}" for question in new[:MOST_QUESTIONS])


def _news(content: Content, previous: PreviousGuide) -> Iterator[str]:
    known = {item.text for item in previous.items("company") if item.label == "news"}
    items = [item for part in content.sections if part.section == "company" for item in part.items if item.label == "news"]
    yield from (f"News, {item.title}: {item.text}" for item in items if item.text not in known)
