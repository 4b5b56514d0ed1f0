"""What changed since an earlier guide, in a few plain lines: the posting, the rounds, the reports, the questions, the news."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.guide.merge_statements import alike
from functions.interview_prep.guide.untrusted_text import cap_length
from functions.interview_prep.pdf.frame_words.frame_language import said_in
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.previous_guide.posting_lines import compare_lines, posting_lines
from functions.interview_prep.previous_guide.read_previous import PreviousGuide
from functions.interview_prep.process_figure_messages import ProcessFigures
from functions.interview_prep.round_kinds import name_of

MOST_QUESTIONS, MOST_OF_POSTING, MOST_NAMED, MOST_LINES, LONGEST = 4, 4, 3, 16, 200
LONGEST_QUOTE, LONGEST_TITLE = 150, 60
SHORTEST_FACT = 5
"""Letters of a place or a pay from which a line that holds it says the same once more."""
NOTHING = "Nothing that the guide shows has changed."
OTHER_EMPLOYER = "The earlier guide was for {company}: nothing is compared."
_FACTS = {"title": "Title", "location": "Location", "employment_type": "Type", "salary": "Salary", "valid_through": "Closes"}
_Say = Callable[[str], str]


def guide_changes(content: Content, previous: PreviousGuide) -> tuple[str, ...]:
    """The changes in the guide's language, what matters most first; one line that says so where there are none, or where it was another employer's guide."""

    def say(english: str) -> str:
        return said_in(content.language, english)

    company = previous.posting.company
    if company_name(company).casefold() != company_name(content.posting.company).casefold():
        return (say(OTHER_EMPLOYER).format(company=cap_length(company, LONGEST_TITLE) or "?"),)
    lines = [*_facts(content, previous, say), *_posting(content, previous, say)]
    lines += [*_rounds(content, previous.process, say), *_figures(content, previous.process, say)]
    lines += [*_reports(content, previous, say), *_questions(content, previous, say), *_news(content, previous, say)]
    before, now = previous.confidence.word, content.confidence[1]
    lines += [_changed(say, say("Confidence"), say(before), say(now))] if before and before != now else []
    return tuple(cap_length(line, LONGEST) for line in lines[:MOST_LINES]) or (say(NOTHING),)


def _changed(say: _Say, name: str, before: str, now: str) -> str:
    return say("{name}: {before} before, {now} now.").format(name=name, before=before, now=now)


def _facts(content: Content, previous: PreviousGuide, say: _Say) -> Iterator[str]:
    for name, title in _FACTS.items():
        before, now = (str(getattr(posting, name)).rstrip(" .") for posting in (previous.posting, content.posting))
        if before != now:
            yield _changed(say, say(title), before or say("not given"), now or say("not given"))


def _posting(content: Content, previous: PreviousGuide, say: _Say) -> Iterator[str]:
    """What the posting's own text says now, and no longer: duties, requirements, steps."""
    told = [str(getattr(posting, name)) for name in _FACTS for posting in (previous.posting, content.posting)]
    before, now = (
        [line for line in lines if not any(len(value) >= SHORTEST_FACT and (value in line or line in value) for value in told)]
        for lines in (previous.posting_lines, posting_lines(content.posting.description))
    )
    found = compare_lines(before, now)
    if found.rewritten:
        yield say("The posting's text is largely another one: read it again.")
    for old, new in found.changed[:MOST_OF_POSTING]:
        both = {"before": cap_length(old, LONGEST_QUOTE // 2), "now": cap_length(new, LONGEST_QUOTE // 2)}
        yield say("The posting now says “{now}” where it said “{before}”.").format(**both)
    yield from (
        say("New in the posting: “{line}”").format(line=cap_length(line, LONGEST_QUOTE)) for line in found.new[:MOST_OF_POSTING]
    )
    yield from (
        say("Gone from the posting: “{line}”").format(line=cap_length(line, LONGEST_QUOTE))
        for line in found.gone[:MOST_OF_POSTING]
    )


def _reports(content: Content, previous: PreviousGuide, say: _Say) -> Iterator[str]:
    before = {source.key for source in previous.sources}
    new = [source for source in content.all_sources if (source.url or source.title) not in before]
    now = {source.url or source.title for source in content.all_sources}
    if new:
        named = [
            f"{source.ref} “{cap_length(source.title, LONGEST_TITLE)}”" if source.title else source.ref
            for source in new[:MOST_NAMED]
        ]
        more = [source.ref for source in new[MOST_NAMED:]]
        yield say("New sources: {sources}.").format(sources=", ".join([*named, *more]))
    if gone := len(before - now):
        yield say("Earlier sources that are no longer used: {number}.").format(number=gone)


def _rounds(content: Content, before: ProcessFigures, say: _Say) -> Iterator[str]:
    """Rounds that somebody reports or announces now, and rounds that nobody does any more."""
    known, told = _kinds(before), _kinds(content.outline.figures)
    if not known:
        return
    new, gone = ([kind for kind in kinds if kind not in others] for kinds, others in ((told, known), (known, told)))
    for template, found in (("Rounds that are new: {rounds}.", new), ("Rounds that nobody tells of any more: {rounds}.", gone)):
        names = dict.fromkeys(content.call_round(name_of(kind)) for kind in found)
        if names:
            yield say(template).format(rounds=", ".join(names))


def _kinds(figures: ProcessFigures) -> list[str]:
    return [*(one.kind for one in figures.rounds), *(step.kind for step in figures.stated)]


def _figures(content: Content, before: ProcessFigures, say: _Say) -> Iterator[str]:
    now = content.outline.figures
    known = {one.kind: one for one in before.rounds}
    for one in now.rounds:
        for part, title in (("minutes", "Length"), ("difficulty", "Difficulty")) if one.kind in known else ():
            old, new = getattr(known[one.kind], part).value, getattr(one, part).value
            if old != new:
                yield _changed(
                    say, f"{content.call_round(name_of(one.kind))}, {say(title)}", old or say("unknown"), new or say("unknown")
                )
    if now.length.value != before.length.value:
        name = say("First contact to answer")
        yield _changed(say, name, before.length.value or say("unknown"), now.length.value or say("unknown"))


def _questions(content: Content, previous: PreviousGuide, say: _Say) -> Iterator[str]:
    """Reported questions that no earlier one resembles."""
    asked = [item.title or item.text for item in previous.items("questions")]
    reported = [
        item.title or item.text for part in content.sections if part.section == "questions" for item in part.items if item.sources
    ]
    new = [question for question in reported if not any(alike(question, known) for known in asked)]
    yield from (say("Newly reported question: {question}").format(question=question) for question in new[:MOST_QUESTIONS])


def _news(content: Content, previous: PreviousGuide, say: _Say) -> Iterator[str]:
    known = {item.text for item in previous.items("company")}
    items = [item for part in content.sections if part.section == "company" for item in part.items if item.label == "news"]
    yield from (say("News, {day}: {text}").format(day=item.title, text=item.text) for item in items if item.text not in known)
