"""A guide that the offline model writes in its posting's language: nothing of it is English but names and what is quoted."""

from __future__ import annotations

import io
import json
import re
import string
from dataclasses import replace

import pytest
from pypdf import PdfReader

from functions.interview_prep.job_kinds.preparation_packs import languages, pack_in, packs
from functions.interview_prep.pdf.cover.cover_page import facts
from functions.interview_prep.pdf.frame_words.frame_language import framed_in, say_date, say_length
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.second_look_document import render_second_look
from functions.interview_prep.posting.values.posting_language import NAMES
from functions.interview_prep.round_kinds import ROUND_NAMES
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import (
    Claim,
    Insights,
    Outline,
    Picked,
    Posting,
    Question,
    Round,
    Section,
    SectionRequest,
    Source,
)
from functions.interview_prep.stages.write_section import SectionDraft, write_section
from functions.interview_prep.text_exports.guide_json import guide_json
from functions.interview_prep.text_exports.guide_markdown import guide_markdown
from infra.offline_model.interviews.crafts import crafts
from infra.offline_model.interviews.round_types import KINDS
from infra.offline_model.interviews.sections import answer
from infra.offline_model.interviews.topic_lexicon import topics
from infra.offline_model.interviews.wording import known_languages, phrases, writing_in
from tests.render.pdf_sample import Given, Made, make
from tests.support.fakes import FakeModels, fake_ports
from tests.support.languages.postings_in_languages import POSTINGS
from tests.support.languages.said_phrases import said_phrases

ENGLISH_WORDS = frozenset(
    "the and you your yours with that which from for have has had they their them this these those are were not how why where would should could can its "  # noqa: SIM905
    "of what who when asked report reports round question questions answer strong weak posting told nothing every each first then ask say".split()
) - {"was", "an", "die"}
"""Words of English sentences that are none of the other languages' own."""
SHARED = {"fr": {"question", "questions"}, "de": {"die"}}
_QUOTED = re.compile(r"[“„«][^“”„«»\n]{1,500}[”“»]")
"""What is quoted is in its own language."""


def english_in(text: str, language: str, names: tuple[str, ...] = ()) -> list[str]:
    """The English words of a text, without what it quotes and without names."""
    for name in names:
        text = text.replace(name, " ")
    words = re.findall(r"(?<!\w)[A-Za-z]+(?!\w)", _QUOTED.sub(" ", text))
    return [word for word in words if word.lower() in ENGLISH_WORDS - SHARED.get(language, set())]


async def sections_of(posting: Posting, outline: Outline) -> tuple[Section, ...]:
    """All sections as the pipeline has the offline model write them."""

    def offline(*, data: str, **more: object) -> SectionDraft:
        del more
        return SectionDraft.model_validate(answer(json.loads(data)))

    ports = fake_ports(models=FakeModels(offline))
    return tuple([await write_section(SectionRequest(section=name), posting, outline, ports) for name in TITLES])


REPORTS = {
    "R1": "My Larkmoor interviews\nI interviewed at Larkmoor in May. The coding round took 45 minutes and was hard. They asked me to implement a rate limiter. "
    "The recruiter call took 20 minutes. Practise your SQL before the coding round. I heard back after two weeks.",
    "R2": "Larkmoor loop\nI interviewed at Larkmoor last year. In the coding round they asked me to implement a rate limiter. "
    "The recruiter never responded after the onsite. Everyone on the team was friendly and had read my CV.",
}
REPORTED = Outline(
    sections=Given().outline.sections,
    sources=tuple(
        Source(ref=ref, title=text.split("\n")[0], place="r/interviews", date="2026-05-02") for ref, text in REPORTS.items()
    ),
    reports=REPORTS,
    posts_used=2,
    insights=Insights(
        rounds=(
            Round(kind="coding", detail="The coding round took 45 minutes and was hard.", difficulty="hard", sources=("R1",)),
            Round(kind="recruiter_screen", detail="The recruiter call took 20 minutes.", difficulty="unknown", sources=("R1",)),
        ),
        questions=(
            Question(text="Implement a rate limiter", kind="coding", round="coding", difficulty="hard", sources=("R1", "R2")),
        ),
        topics=(Claim(text="SQL", sources=("R1",)),),
        tips=(Claim(text="Practise your SQL before the coding round.", sources=("R1",)),),
        timeline=(Claim(text="I heard back after two weeks.", sources=("R1",)),),
        culture=(Claim(text="Everyone on the team was friendly and had read my CV.", sources=("R2",)),),
        red_flags=(Claim(text="The recruiter never responded after the onsite.", sources=("R2",)),),
    ),
)


async def written(posting: Posting, *, reported: bool) -> tuple[Given, Made, str]:
    """The guide's input, its PDF, and its Markdown with the second look."""
    sample = Given()
    outline = REPORTED if reported else Outline(sections=sample.outline.sections)
    picked = sample.picked if reported else Picked(searches=6)
    sections = await sections_of(posting, outline)
    given = replace(sample, sections=tuple(sections), posting=posting, outline=outline, picked=picked)
    content = Content(given.sections, posting, picked, outline)
    return given, await make(given), guide_markdown(content)


@pytest.mark.parametrize("name", sorted(POSTINGS))
async def test_no_sentence_of_an_offline_guide_is_english_besides_what_it_quotes(name: str) -> None:
    posting = POSTINGS[name]
    given, made, markdown = await written(posting, reported=False)
    assert str(made.reader.root_object["/Lang"]) == posting.language
    assert len([item for part in given.sections for item in part.items]) > 30
    names = (posting.title, posting.company)
    assert english_in(markdown, posting.language, names) == []
    assert "[U+" not in made.text, "a letter that no font has"
    told = " ".join([*map(str, (made.reader.metadata or {}).values()), *map(str, _bookmarks(made))])
    assert english_in(told, posting.language, names) == []


@pytest.mark.parametrize("name", ["cs", "de", "el", "es", "fr", "zh", "ar"])
async def test_the_second_look_is_in_the_guides_language_too(name: str) -> None:
    posting = POSTINGS[name]
    given, _, _ = await written(posting, reported=False)
    reader = PdfReader(io.BytesIO(render_second_look(Content(given.sections, posting, given.picked, given.outline))))
    text = " ".join(re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages)
    assert str(reader.root_object["/Lang"]) == name
    assert english_in(text, name, (posting.title, posting.company)) == []
    assert "Cheat sheet" not in text
    assert "[U+" not in text


def _bookmarks(made: Made) -> list[str]:
    return [str(entry.title) for entry in made.reader.outline if not isinstance(entry, list)]


@pytest.mark.parametrize("name", ["cs", "de", "el", "es", "fr", "zh", "ar"])
async def test_what_candidates_wrote_stays_in_their_words_and_all_else_is_told_in_the_guides_language(name: str) -> None:
    """The reports are English: they are quoted, their questions are their own; names of sources stay."""
    posting = POSTINGS[name].model_copy(update={"company": "Larkmoor"})
    given, made, _ = await written(posting, reported=True)
    assert str(made.reader.root_object["/Lang"]) == posting.language
    names = (posting.company, posting.title)
    cited = {part.section: [item for item in part.items if item.sources] for part in given.sections}
    assert "Implement a rate limiter" in {item.title for item in cited["questions"]}
    assert {item.title for item in cited["process"]} == {"Coding", "Recruiter screen"}
    assert len(cited["company"]) >= 2, "what they tell of people, times and faults"
    for part in given.sections:
        assert english_in(part.intro, posting.language, names) == []
        for item in part.items:
            told = [
                item.text,
                item.why,
                item.weak,
                *item.points,
                *(item.title for _ in (1,) if part.section in {"company", "checklist", "stories"}),
            ]
            assert english_in(" ".join(told), posting.language, names) == [], (part.section, item)


def test_every_phrase_that_the_offline_model_says_is_known_in_each_of_its_languages() -> None:
    english = said_phrases("infra/offline_model/interviews")
    assert len(english) > 140
    for language in known_languages():
        missing = [text for text in english if text not in phrases(language) and text not in _untold(language)]
        assert missing == [], language
        for text, told in phrases(language).items():
            extra = _fields(told) - _fields(text)
            assert not extra, (language, text, extra)


def _untold(language: str) -> set[str]:
    """What a language's own sides of work never ask: questions of sides that it does not have."""
    from infra.offline_model.interviews.sections.company import _ASK  # noqa: PLC0415 - the table itself is looked at

    with writing_in(language):
        own = {craft.key for craft in crafts()}
    return {question for key, question in _ASK.items() if key not in own}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_what_to_prepare_for_rounds_and_subjects_is_known_in_each_language() -> None:
    told = {line for kind in KINDS for line in kind.prepare[:2]} | {line for topic in topics() for line in topic.usual[:2]}
    for language in known_languages():
        assert told <= set(phrases(language)), language


def test_languages_of_phrases_and_of_packs_are_the_same_and_can_be_asked_for() -> None:
    assert known_languages() == languages() >= {"cs", "de", "el", "es", "fr", "zh", "ar"}
    assert known_languages() <= set(NAMES)
    keys = {pack.key for pack in packs()}
    for language in languages():
        for title in ("Nurse", "Backend developer", "Store manager", "Accountant", "Astronaut"):
            pack = pack_in(language, title)
            assert pack.key in keys
            assert english_in(json.dumps((pack.plan, pack.review), ensure_ascii=False), language) == []
            assert all(len(question) in {3, 4} for question in pack.questions)
            assert all(question[3] in ROUND_NAMES for question in pack.questions if len(question) > 3)


def test_a_kind_without_a_file_in_the_language_has_its_general_one_and_its_own_key() -> None:
    pack = pack_in("de", "Astronautin")
    legal = pack_in("de", "Paralegal")
    assert legal.key == "legal"
    assert legal.plan == pack.plan
    assert pack_in("xx", "Paralegal").plan != pack.plan


@pytest.mark.parametrize(
    ("language", "day", "length"),
    [
        ("en", "2027-01-05", "45-60 min"),
        ("de", "05.01.2027", "45–60 min"),
        ("cs", "5. 1. 2027", "45–60 min"),
        ("el", "5/1/2027", "45–60 λεπτά"),
        ("zh", "2027年1月5日", "45–60 分钟"),
        ("ar", "5/1/2027", "45–60 دقيقة"),
        ("fr", "05/01/2027", "45–60 min"),
    ],
)
def test_days_and_lengths_are_written_as_the_language_writes_them(language: str, day: str, length: str) -> None:
    with framed_in(language):
        assert say_date("2027-01-05") == day
        assert say_length("45-60 min") == length
        assert say_date("soon") == "soon"
        assert ("Closes", day) in [
            (name, value) for name, value in facts(Posting(title="A", company="B", description="C", valid_through="2027-01-05"))
        ]


async def test_the_json_tells_its_texts_in_the_guides_language_and_keeps_its_keys() -> None:
    given, _, _ = await written(POSTINGS["de"], reported=False)
    data = json.loads(guide_json(Content(given.sections, given.posting, given.picked, given.outline)))
    assert data["title"].endswith("Leitfaden für das Vorstellungsgespräch")
    assert data["confidence"]["word"] == "None"
    assert data["confidence"]["why"].startswith("Keine Berichte")
    assert data["sections"][0]["title"] == "Die Stelle, entschlüsselt"
    assert {item["label"] for item in data["sections"][0]["items"]} <= {"must-have", "nice-to-have", "theme"}
    assert data["cheat_sheet"][0]["heading"] == "Ihre neunzig Sekunden"
    assert data["mock_interview"][0]["title"] == "Vorgespräch"


def test_the_detector_finds_an_english_sentence_and_lets_quotations_pass() -> None:
    assert english_in("Die Anzeige: „You own the roadmap“.", "de") == []
    assert english_in("Ask them what the team does.", "de") == ["Ask", "them", "what", "the"]


async def test_that_nothing_was_reported_is_said_in_the_guides_language_however_short_the_introduction() -> None:
    (role, *_) = await sections_of(POSTINGS["de"], Outline(sections=Given().outline.sections))
    assert role.section == "role"
    assert "No first-hand reports" not in role.intro
