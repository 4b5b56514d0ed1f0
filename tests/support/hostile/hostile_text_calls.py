"""More functions that strangers' text reaches: an employer's site, an earlier guide, figures of reports, a posting's sentences, the API's own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from pydantic import ValidationError

from functions.events import smtp_mail
from functions.for_you.imported_records import Episode
from functions.for_you.text import episode_text, words
from functions.interview_prep.answers import generic_outlines
from functions.interview_prep.employer_site import recent_news, site_links
from functions.interview_prep.figures import (
    duration_parsing,
    process_outcomes,
    round_statistics,
    round_titles,
    stated_names,
    stated_steps,
)
from functions.interview_prep.guide import generic_lines
from functions.interview_prep.pdf import guide_content
from functions.interview_prep.pdf.frame_words import stored_messages
from functions.interview_prep.posting import own_text, posting_marks
from functions.interview_prep.posting.copied_page import find_posting
from functions.interview_prep.posting.identity import labelled_lines, lone_lines, organisation_names
from functions.interview_prep.posting.identity.employer import (
    agencies,
    board_phrases,
    company_sentences,
    frame_names,
    line_features,
)
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title import (
    find_titles,
    title_features,
    title_lexicon,
    title_sentences,
    title_spans,
    title_team,
)
from functions.interview_prep.posting.page import parsed_page
from functions.interview_prep.previous_guide import read_previous
from functions.interview_prep.reports import other_languages, round_words
from functions.interview_prep.reports.alone import read_alone, unnamed_things, whole_questions
from functions.interview_prep.stage_messages import Insights, Outline, Round
from functions.jobs_api import event_stream
from shared.page_fetch import messages
from shared.ports.web import Page
from shared.sources.news import long_texts
from shared.text import folding

POSTING, LINE, ITEM, HEADER, PAGE_BYTES, GUIDE = 15_000, 200, 1_000, 8_000, 3_000_000, 400_000
TODAY = date(2026, 1, 1)


def _own_links(markup: str) -> None:
    page = Page("https://a.test/x", 200, {"content-type": "text/html"}, markup.encode())
    if (found := parsed_page.open_page(page, "https://a.test/x")) is not None:
        site_links.own_links(found, "a.test")


def _around(text: str) -> None:
    list(frame_names.names_around(PostingParts(text, above=text, below=text)))


def _sentences(text: str) -> None:
    list(company_sentences.companies_in(text))
    list(title_sentences.titles_in(text))
    title_spans.titles_within(text)
    title_lexicon.title_score(text)
    list(company_sentences.companies_as_a(text))
    list(company_sentences.opening_subjects(text))
    agencies.named_clients(text)
    agencies.may_speak_for_another(text)
    agencies.is_agencys(text[:LINE], text, "")
    company_sentences.mentions_of(text[:LINE], text)


def _rows(text: str) -> None:
    rows = lone_lines.short_rows(text)
    for said in (PostingParts(text), PostingParts(text, head=(text[:LINE],), headings=(text[:LINE],))):
        title_features.features_of(find_titles.find_titles(said, (), (), rows), said, rows)
    list(lone_lines.names_beside(rows, text[:LINE]))
    list(lone_lines.lone_names(rows))
    agencies.speaks_for_another(text, rows)
    list(board_phrases.named_by_boards(rows, text[:LINE]))
    board_phrases.before_its_place(text)
    line_features.Lines(rows[:16], text[:LINE], tuple(range(len(rows[:1]))), {"a": 0}).features("a")
    title_team.with_team(text[:LINE], rows, text[:LINE])


def _name(text: str) -> None:
    for ask in (organisation_names.is_organisation, organisation_names.may_be_employer, organisation_names.without_unit):
        ask(text)
    organisation_names.is_where(text, text * 10)
    labelled_lines.is_labelled(text)


def _episode(text: str) -> None:
    with suppress(ValidationError):  # a title of spaces
        list(words.words(episode_text.text_of(Episode(id="a", title=text[:300], description=text))))


def _question(text: str) -> None:
    unnamed = (unnamed_things.names_all, unnamed_things.names_its_problem)
    for ask in (whole_questions.can_be_put, whole_questions.sets_up, whole_questions.sets_task, *unnamed):
        ask(text)
    for kind in ("rounds", "questions", "timeline", "tips", "red_flags"):
        read_alone.reads_alone(kind, text, "online_assessment")


def _rounds(text: str) -> None:
    told = Round(kind="hiring_manager", detail=text[:300], sources=("R1",))
    round_titles.in_own_trade([told], "Florist")
    outline = Outline(sections=(), insights=Insights(rounds=(told,)), reports={"R1": text, "R2": text})
    round_titles.round_titles(outline, "Florist", "Acme")


TEXT_CALLS: dict[str, tuple[Callable[[str], object], int]] = {
    "an employer's site": (_own_links, PAGE_BYTES),
    "an employer's news": (lambda text: recent_news.recent_news(text, TODAY), 20_000),
    "minutes": (duration_parsing.minutes_in, ITEM),
    "days": (duration_parsing.days_in, ITEM),
    "stated steps": (stated_steps.stated_steps, POSTING),
    "the kind of a step": (stated_steps.kind_of_step, ITEM),
    "the name of a step": (stated_names.name_in, ITEM),
    "an outline": (generic_outlines.is_specific, ITEM),
    "people in a round": (round_statistics.people_in, ITEM),
    "what is said of pay": (process_outcomes.paid_part, ITEM),
    "a line that fits any job": (lambda text: generic_lines.names_something(text, text, text * 10), ITEM),
    "counts in an introduction": (generic_lines.without_counts, ITEM),
    "a posting's own text": (own_text.own_text, POSTING),
    "the posting on a page that was copied whole": (find_posting.parts_of, 60_000),
    "whose page a posting stands on": (_around, POSTING),
    "a posting's marks": (posting_marks.marks_of, POSTING),
    "a posting's sentences": (_sentences, POSTING),
    "a posting's rows": (_rows, POSTING),
    "a labelled value": (lambda text: labelled_lines.labelled_value(text, "company"), POSTING),
    "an organisation's name": (_name, LINE),
    "a round's name": (lambda text: round_words.names_round("coding", text, text), ITEM),
    "what reports call rounds": (_rounds, POSTING),
    "a report in another language": (lambda text: other_languages.reports_in("de", text, text * 10), ITEM),
    "a question by itself": (_question, ITEM),
    "a stored warning": (stored_messages.in_own_words, ITEM),
    "where a shown part stands": (lambda text: guide_content.stands_in(text[:LINE], text, frozenset()), POSTING),
    "an earlier guide": (read_previous.read_previous, GUIDE),
    "an episode": (_episode, 20_000),
    "a long feed's texts": (lambda text: long_texts.shortened(text.encode()), PAGE_BYTES),
    "an event's id": (lambda text: event_stream.read_id(text, "a"), HEADER),
    "a page to fetch": (lambda text: messages.read_request(text.encode()), GUIDE),
    "folded text": (folding.folded, 40_000),
    "a mail": (lambda text: smtp_mail.message_of("a@a.test", ["b@a.test"], " ".join(text[:LINE].split()), text, "m"), HEADER),
}  # fmt: skip
"""By name: the call, and the most characters that it may get."""
