"""Guides in the posting's language: its words in the frame, every letter shown, and claims that are held against posts of another one."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from functions.interview_prep.pdf.cover.coverage_box import PLACES, SMALLEST
from functions.interview_prep.pdf.frame_words.frame_language import FOLDER, framed_in, known_languages, say, say_label, words_of
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.bidirectional import visual
from functions.interview_prep.pdf.typography.draw_text import line_width
from functions.interview_prep.posting.values.posting_language import NAMES, text_language
from functions.interview_prep.stage_messages import Item, Outline, Posting, Section, SectionRequest, Source
from functions.interview_prep.stages.write_section import SectionDraft, write_section
from tests.render.pdf_sample import Given, Made, make
from tests.support.fakes import FakeModels, fake_ports

TEXTS = {
    "de": "Erzählen Sie von einer Schicht, in der die Zeit nicht reichte, und was Sie für die Bewohner und das Team getan haben.",
    "cs": "Povězte o měsíci, kdy uzávěrka nevyšla na první pokus, a co jste s klientem nebo s úřadem nakonec vyřešili a jak.",
    "el": "Περιγράψτε μια συμφωνία λογαριασμών που δεν έβγαινε και πώς βρήκατε το λάθος.",
    "zh": "请讲一次线上故障：您如何发现、如何止损，之后改了什么。",
    "ar": "حدثنا عن عطل في خدمة الدفع: كيف اكتشفته وماذا غيرت بعد ذلك في Java 17؟",
    "fr": "Racontez une clôture qui ne tombait pas juste, et ce que vous avez fait avec le client et les équipes pour la trouver.",
    "es": "Hable de un cierre que no cuadraba y de lo que hizo usted con el cliente y los equipos para encontrarlo en las cuentas.",
    "en": "Tell us about a night when the service was down and what you did for the people who use it.",
}


def given(language: str) -> Given:
    text = TEXTS[language]
    items = tuple(Item(title=text, text=f"{text} {text}", why=text, weak=text, points=(text,), label="x") for _ in range(3))
    sample = Given()
    sections = tuple(part.model_copy(update={"intro": text, "items": items}) for part in sample.sections[:3])
    return replace(sample, sections=sections, posting=sample.posting.model_copy(update={"language": language}))


@pytest.mark.parametrize("language", list(TEXTS))
def test_the_language_of_a_text_is_known(language: str) -> None:
    assert text_language(TEXTS[language]) == language


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_every_language_has_all_of_the_guides_own_words(language: str) -> None:
    english = {frozenset(words_of(other)) for other in known_languages()}
    assert len(english) == 1, "one file lacks what another has"
    assert all(words_of(language).values())
    assert language in NAMES
    assert (FOLDER / f"{language}.txt").read_text("utf-8").count("\n") == len(words_of(language))


async def drawn(language: str) -> Made:
    return await make(given(language))


@pytest.mark.parametrize("language", list(TEXTS))
async def test_a_guide_has_its_own_words_in_the_language_it_was_written_in(language: str) -> None:
    made = await drawn(language)
    assert "[U+" not in made.text, "a letter that no font has"
    with framed_in(language):
        heading = say("Interview guide")
    if language != "ar":  # its letters are drawn joined, in another order
        assert heading in made.text
    assert str(made.reader.root_object["/Lang"]) == language


async def test_a_guide_that_was_written_in_english_all_the_same_has_an_english_frame() -> None:
    german_posting = replace(given("en"), posting=given("de").posting)
    made = await make(german_posting)
    assert "Interview guide" in made.text
    assert "The posting is in German. This guide is in English" in " ".join(made.text.split()), "and its cover says so"
    for own in (given("en"), given("de")):
        assert "This guide is in English" not in (await make(own)).text


POSTING = Posting(title="Backend-Entwickler", company="Fernhill", description="Wir suchen einen Entwickler. " * 60, language="de")
OUTLINE = Outline(
    sections=(SectionRequest(section="process"),),
    sources=(Source(ref="R1", title="My loop"),),
    reports={"R1": "My Fernhill loop\nThe coding round took 45 minutes in a shared editor, with two engineers and a lot of SQL."},
)


async def written(**fields: str) -> tuple[Item, ...]:
    item = Item.model_validate({"title": "Coding", "label": "hard", "sources": ["R1"], **fields})
    models = FakeModels(lambda **_: SectionDraft(intro="Das ist die Runde.", items=(item,)))
    section = await write_section(SectionRequest(section="process"), POSTING, OUTLINE, fake_ports(models=models))
    assert '"language": "German"' in models.calls[0]["data"]
    return section.items


async def test_what_is_told_in_another_language_stands_with_the_posts_own_words() -> None:
    said = "The coding round took 45 minutes in a shared editor"
    items = await written(text="Die Runde dauerte 45 Minuten in einem gemeinsamen Editor.", said=said)
    assert [item.sources for item in items] == [("R1",)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Die Runde dauerte 90 Minuten.", "The coding round took 45 minutes in a shared editor"),
        ("Es wurde nach AWS gefragt.", "with two engineers and a lot of SQL"),
        ("Die Runde dauerte 45 Minuten.", "The whole panel was rude and late by an hour"),
    ],
)
async def test_a_translation_with_other_numbers_or_names_or_made_up_words_is_left_out(text: str, said: str) -> None:
    assert await written(text=text, said=said) == ()


async def test_that_nothing_was_reported_is_said_in_the_sections_language() -> None:
    models = FakeModels(lambda **_: SectionDraft(intro=TEXTS["de"], items=(Item(title="T", text="x", label="theme"),)))
    section: Section = await write_section(
        SectionRequest(section="role"), POSTING, Outline(sections=OUTLINE.sections), fake_ports(models=models)
    )
    assert section.intro.startswith("Es wurden keine Berichte gefunden")


@pytest.mark.parametrize("language", sorted(known_languages()))
async def test_rounds_days_counts_and_the_closing_date_are_said_in_the_guides_language(language: str) -> None:
    text = TEXTS[language]
    plan = tuple(Item(title=text, text="", label=f"Day {day}", points=(text,)) for day in range(1, 8))
    asked = tuple(Item(title=f"{text} {at}?", text=text, weak=text, label="Hiring manager") for at in range(2))
    warning = "The posting's closing date, 2026-11-01, has passed: it may no longer be open."
    sample = given(language)
    sections = (
        Section(section="questions", title="Q", intro=text, items=asked),
        Section(section="plan", title="P", intro=text, items=plan),
    )
    made = await make(replace(sample, sections=sections, posting=sample.posting.model_copy(update={"warnings": (warning,)})))
    assert "may no longer be open" not in made.text
    same = r"" if language == "fr" else r"|\d questions?\b"  # the word is French too
    assert not re.search(rf"Day \d|Hiring manager|\d of \d{same}", made.text)


@pytest.mark.parametrize("language", ["en", *sorted(known_languages())])
def test_the_names_of_the_covers_figures_fit_beside_each_other(language: str) -> None:
    with framed_in(language):
        names = [say(name) for name in ("searches", "posts found", "posts used", "oldest report", "newest report")]
    shares = [after - before for before, after in itertools.pairwise(PLACES)]
    widths = [line_width(name, fonts.SANS, SMALLEST) for name in names]
    assert all(wide <= share * (styles.WIDTH - 32) - 6 for wide, share in zip(widths, shares, strict=True))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("مرة (Kafka)؟", "؟(Kafka) "),
        ("مرة (Kafka)", "(Kafka) "),
    ],
)
def test_a_bracket_at_the_end_of_an_arabic_line_opens_towards_its_word(text: str, drawn: str) -> None:
    assert drawn in visual(text)


async def test_a_guide_that_is_read_from_the_right_has_its_grid_mirrored() -> None:
    made, english = [await make(given(language).items(lambda item, at: {"sources": ("R1",)})) for language in ("ar", "en")]
    middle = styles.PAGE_WIDTH / 2
    for cover, side in ((made.drawn[0], 1), (english.drawn[0], -1)):
        monogram = [char["x0"] for char in cover.chars if abs(char["size"] - 23) < 0.1]
        assert monogram
        assert all((x - middle) * side > 0 for x in monogram), "the logo's tile stands where reading begins"
    for page, side in ((made.drawn[1], -1), (english.drawn[1], 1)):
        chips = [char["x0"] for char in page.chars if char["text"] == "R" and char["size"] < 8]
        assert chips
        assert all((x - middle) * side > 0 for x in chips), "evidence stands where a line ends"


async def test_values_on_the_cover_stand_under_their_names_whatever_their_letters() -> None:
    """An English guide for an Arabic posting: names and values begin at the same place."""
    sample = given("en")
    posting = sample.posting.model_copy(update={"location": "جدة", "employment_type": "دوام كامل"})
    (page,) = (await make(replace(sample, posting=posting))).drawn[:1]
    names = {word["text"]: word["x0"] for word in page.extract_words()}
    top = next(word["bottom"] for word in page.extract_words() if word["text"] == "Location")
    values = [char for char in page.chars if "\ufe70" <= char["text"] <= "\ufefc" and top < char["top"] < top + 20]
    firsts = [min(char["x0"] for char in values if char["x0"] < names["Type"] - 1)]
    firsts.append(min(char["x0"] for char in values if char["x0"] > names["Type"] - 1))
    assert firsts == pytest.approx([names["Location"], names["Type"]], abs=2)


@pytest.mark.parametrize(("language", "label"), [("en", "Why: "), ("fr", "Pourquoi\N{NO-BREAK SPACE}: "), ("zh", "原因：")])
def test_a_colon_stands_as_the_language_has_it(language: str, label: str) -> None:
    with framed_in(language):
        assert say_label("Why") == label


@pytest.mark.parametrize("language", sorted(known_languages()))
async def test_how_claims_held_and_what_sources_say_stands_in_the_guides_language(language: str) -> None:
    sample = given(language)
    held = tuple(part.model_copy(update={"claims_checked": 4, "claims_held": 3}) for part in sample.sections)
    text = (await make(replace(sample, sections=held))).text
    for english in ("held against it", "date unknown", "score"):
        assert english not in text.replace("scores", "")
