"""More functions that strangers' text reaches: what a model wrote, what receivers and providers answer, files, what is drawn and exported."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from lxml import html

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.image import image_sanitizer, scene_description, typesetting
from functions.daily_post.topics import junk_titles, story_eligibility
from functions.for_you.evaluation.input_files import item_files, table_reader
from functions.forum_posts.writing import voice_comparison
from functions.interview_prep.answers import private_questions
from functions.interview_prep.candidate import contact_details, cv_text
from functions.interview_prep.figures import named_rounds
from functions.interview_prep.forum import advertising
from functions.interview_prep.guide import repeated_lines, reported_statement_check
from functions.interview_prep.guide.check_items import check_item
from functions.interview_prep.guide.claim_check import Report, Tally
from functions.interview_prep.guide.question_validation import without_repeated
from functions.interview_prep.job_kinds import kinds_of_posts, known_concepts, preparation_packs
from functions.interview_prep.pdf.typography import bidirectional, draw_text
from functions.interview_prep.pdf.typography.styles import BODY
from functions.interview_prep.posting.identity.answer_in_text import company_in, title_in
from functions.interview_prep.posting.identity.employer import title_remainder
from functions.interview_prep.posting.page import employer_elements
from functions.interview_prep.posting.structured_data import schema_org
from functions.interview_prep.posting.values import posting_language
from functions.interview_prep.previous_guide import posting_lines
from functions.interview_prep.reports import other_employers
from functions.interview_prep.second_look import cheat_sheet
from functions.interview_prep.stage_messages import Claim, Insights, Item, Outline, Post, Posting, Section
from functions.interview_prep.text_exports import guide_markdown
from functions.interview_prep.written.inferred_claims import Known, introduction, without_invented_facts
from functions.interview_prep.written.plain_sentences import in_one_language, plain_item
from functions.transcript_graph.export.export_formats import write_graph
from functions.transcript_graph.export.export_rows import Edge, Exported, Node
from functions.transcript_graph.extraction import type_check
from functions.transcript_graph.resolution import namesake_context
from shared.adapters.openai import error_mapping, response_normalization
from shared.adapters.web.response_body import Body
from shared.errors import HeadraceError
from shared.ports.web import Page
from shared.post_rules.banned_claims import banned
from shared.publish.channels import image_upload, receiver_answers, webhook
from shared.records import table_files
from shared.sources import logos
from shared.text import log_lines, validation_faults

LINE, TITLE, ITEM, POST, HEADER, ANSWER, FILE = 200, 300, 1_000, 4_000, 8_000, 40_000, 1_000_000
AGENT = Agent(id="mei", name="Mei", persona="Calm.")
REPORTS = {"p1": Report.of("They asked about SQL for an hour.", "Acme")}


def _concepts(text: str) -> None:
    known_concepts.concepts_in(text, "software")
    known_concepts.concept_asked(text[:TITLE], "software")
    known_concepts.is_knowledge_question(text[:TITLE])


def _named_rounds(text: str) -> None:
    told = Outline(sections=(), reports={f"R{at}": f"The district interview was fair. {text}" for at in range(3)})
    process = Section(section="process", title="", intro="", items=(Item(title="Coding", text=text[:300], label="unknown"),))
    named = named_rounds.with_named_rounds([process], told, Posting(title="Cook", company="Acme", description=text))
    named_rounds.with_round_notes(named[0], [item.title for item in named[0].items])


def _post(text: str) -> Post:
    return Post(source="reddit", id="1", title=text[:TITLE], body=text, comments=(text[:POST],))


def _item(text: str) -> None:
    check_item("questions", Item(title=text[:LINE], text=text, sources=("p1",)), REPORTS, text, Tally())


def _model_item(text: str) -> None:
    item = plain_item(Item(title=text[:LINE], text=text, why=text[:LINE]))
    known = Known(Posting(title="Cook", company="Acme", description=text), Outline(sections=()))
    for section in ("company", "process", "questions"):
        without_invented_facts(section, item.model_copy(update={"label": "signal"}), known)
    in_one_language([item], "en")
    introduction(text[:POST], known, [])
    list(without_repeated([item]))


def _posting_data(text: str) -> None:
    place = {"address": {"addressLocality": text}}
    pay = {"currency": text[:10], "value": {"minValue": text, "unitText": text}}
    schema_org.facts_of(
        {"@type": "JobPosting", "title": text[:LINE], "baseSalary": pay, "jobLocation": [place] * 3, "description": text}
    )


def _elements(text: str) -> None:
    alt = "".join(char for char in text if char.isprintable())
    employer_elements.employer_elements(html.fragment_fromstring("<div/>"))
    employer_elements._name(html.Element("img", alt=alt))
    employer_elements._name(html.Element("span", **{"class": f"company {alt}"}))


def _repeated(text: str) -> None:
    sections = [Section(section="process", title="The process", intro=text, items=(Item(text=text), Item(text=text)))]
    repeated_lines.without_repeated_lines(sections)


def _statements(text: str) -> None:
    said = (Claim(text=text[:POST], sources=("p1",)),)
    for drop in (True, False):
        insights = Insights(tips=said, compensation=said)
        reported_statement_check.with_holding_sources(insights, {"p1": Report.of(text, "Acme")}, drop=drop)


def _exported(text: str) -> None:
    nodes = (Node("n0", text, text[:LINE], (text,), (text,), 0, (text,), 0.5),)
    graph = Exported(text[:LINE], nodes, (Edge("n0", text[:LINE], "n0", 1, (text,), 0.5),))
    for kind in ("graphml", "json-ld", "csv", "cypher"):
        "".join(write_graph(graph, kind))


def _relation(text: str) -> None:
    type_check.says_nothing(text)
    type_check.label(text)


def _drawn(text: str) -> None:
    draw_text.paragraph(text, BODY, limit=POST).wrap(400, 1000)
    bidirectional.visual(text)


def _image(text: str) -> None:
    for head in (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x40\0\0\0\x40\0\x08\x02\0\0\0",
        b"GIF89a\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0",
        b"RIFF",
    ):
        raw = head + text.encode()
        for call in (logos._pixels, image_upload._opened, lambda raw: image_sanitizer.decoded(raw, 64, 64)):
            with suppress(Exception):  # a decoder refuses it in any of its own ways; each caller has its own word for that
                call(raw)


def _cv(text: str) -> None:
    """In production in a child process: here for what it takes."""
    for call, raw in ((cv_text._from_pdf, b"%PDF-1.4\n" + text.encode()), (cv_text._from_docx, b"PK\x03\x04" + text.encode())):
        with suppress(Exception):
            call(raw)


def _file(text: str, suffix: str) -> None:
    with NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        path = Path(file.name)
        for read in (table_files.rows, table_reader.read_table, lambda path: list(table_files.json_rows(text, path))):
            with suppress(HeadraceError):
                read(path)


def _receiver(text: str) -> None:
    receiver_answers.refusal(Page("https://a.test/x", 422, {}, json.dumps({"error": text, "message": text}).encode()))
    receiver_answers.refusal(Page("https://a.test/x", 422, {}, text.encode()))
    receiver_answers._wait({"x-ratelimit-reset": text, "retry-after": text}, 0.0)


def _unpacked(text: str) -> None:
    for raw in (gzip.compress(text.encode(), 1, mtime=0), text.encode()):
        body = Body("gzip", 2_000_000)
        with suppress(HeadraceError):
            body.feed(raw)
            body.finish()


def _streamed(text: str) -> None:
    hidden = response_normalization.HiddenReasoning()
    for at in range(0, len(text), 16):
        hidden.shown(text[at : at + 16])
    response_normalization.without_reasoning(text)
    response_normalization.without_reasoning("<think>" + text)
    response_normalization.image_data(text)


def _logged(text: str) -> None:
    log_lines.render(
        None, "error", {"event": text[:LINE], "exception": text, "error": text, "timestamp": text[:LINE], "pathname": text[:LINE]}
    )


WRITTEN_CALLS: dict[str, tuple[Callable[[str], object], int]] = {
    "a card's text": (lambda text: typesetting.fitted(typesetting.cleaned(text), (800.0, 400.0), range(60, 20, -10)), TITLE),
    "an image's description": (lambda text: scene_description.alt_of(text, AGENT), POST),
    "an image": (_image, FILE),
    "a story's title": (junk_titles.junk, TITLE),
    "a banned word in a story": (lambda text: story_eligibility.mentions(text, "Acme"), POST),
    "a table": (lambda text: _file(text, ".csv"), 100_000),
    "a table of objects": (lambda text: _file(text, ".json"), 100_000),
    "an item's id": (item_files.item_name, HEADER),
    "a voice": (lambda text: voice_comparison.compared(text, (text, "Hello there. It is so.")), POST),
    "a CV": (_cv, FILE),
    "a CV's contact details": (contact_details.without_contact_details, ANSWER),
    "a model's item": (_model_item, ANSWER),
    "a model's employer and title": (lambda text: (company_in(text, text), title_in(text, text)), POST),
    "a private question": (private_questions.private_topic, POST),
    "a post on two employers": (lambda text: other_employers.without_other_employers(text, ("Acme",)), ANSWER),
    "a fault in pydantic's words": (validation_faults.in_words, HEADER),
    "a claim among others": (lambda text: list(banned("A guaranteed profit of 20%. " + text)), POST),
    "advertising": (lambda text: advertising.without_advertising([_post(text)] * 3), ANSWER),
    "an item that cites": (_item, POST),
    "lines that repeat": (_repeated, POST),
    "statements of posts": (_statements, ANSWER),
    "concepts that a text names": (_concepts, ANSWER),
    "rounds that reports name": (_named_rounds, POST),
    "the kind of a post": (lambda text: kinds_of_posts.kind_of_post(text[:TITLE], text), ANSWER),
    "the pack of a title": (preparation_packs.pack_for, TITLE),
    "a posting's lines": (lambda text: posting_lines.compare_lines(posting_lines.posting_lines(f"{text}\nYou bake bread at night.\nYou clean."), posting_lines.posting_lines(f"{text}\nYou bake rolls at night.\nYou sweep.")), 15_000),
    "a line for the day": (cheat_sheet._short, POST),
    "a paragraph of a guide": (_drawn, POST),
    "a line of a guide in Markdown": (guide_markdown._text, POST),
    "what titles leave": (lambda text: list(title_remainder.names_left([text, text + " at Acme"], [text, "Senior Software Engineer"])), LINE),
    "names on a page": (_elements, ITEM),
    "a posting's structured data": (_posting_data, 15_000),
    "a posting's language": (posting_language.text_language, 15_000),
    "a graph's export": (_exported, 8_000),
    "a relation's type": (_relation, ITEM),
    "words around a name": (lambda text: namesake_context.words_of([text]), 8_000),
    "a receiver's answer": (_receiver, FILE),
    "what a webhook tells": (lambda text: webhook._told(text, "https://receiver.example/posts"), 2_000),
    "a packed body": (_unpacked, 2_000_000),
    "a model's answer with its thoughts": (_streamed, ANSWER),
    "a provider's wait": (error_mapping.seconds_of, HEADER),
    "a log line": (_logged, ANSWER),
}  # fmt: skip
"""By name: the call, and the most characters that it may get."""
