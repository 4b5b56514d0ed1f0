"""The candidate's CV: read from any usual file, matched to questions, and never kept in a cache."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from functions.interview_prep.candidate.contact_details import without_contact_details
from functions.interview_prep.candidate.cv_text import cv_text, encode_file, without_broken_lines
from functions.interview_prep.flow import FLOW
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Outline, Posting, Section, SectionRequest
from functions.interview_prep.stages.outline_guide import outline_guide
from functions.interview_prep.stages.write_section import PERSONAL, write_section
from shared.errors import BadInput
from tests.support.fakes import fake_ports
from tests.unit.functions.interview_prep.guide.test_sections import EMPTY, NAMES, OUTLINE, POSTING
from tests.unit.infra.offline_model.offline_models import offline_models

CV = "Ada Vale, data engineer\n- Built the telemetry pipeline at Calderwyn, with Kafka and Python, for nine million meters.\n- Mentored two junior colleagues for a year."


def docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>',
        )
    return file.getvalue()


def pdf(text: str) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for at, line in enumerate(text.splitlines()):
        canvas.drawString(50, 700 - 20 * at, line)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("content", [CV.encode(), docx(CV), pdf(CV)], ids=["text", "docx", "pdf"])
def test_a_cv_is_read_from_text_docx_and_pdf(content: bytes) -> None:
    assert "nine million meters" in cv_text(content)
    assert base64.b64decode(encode_file(content)) == content


BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("word/document.xml", b"a" * (21 * 1024 * 1024))


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4 broken", b"PK\x03\x04broken", b"\xff\xfe\x00", b"x" * (6 * 1024 * 1024), BOMB.getvalue(), docx("")],
)
def test_a_file_that_is_no_cv_is_said(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        cv_text(content)
    assert caught.value.code == "cv_unreadable"


async def outline_with(request: PrepRequest) -> Outline:
    return await outline_guide([], POSTING, [], request, None, fake_ports())


async def test_the_outline_carries_the_cv_however_it_was_given() -> None:
    for given in ({"cv_text": CV}, {"cv_file": base64.b64encode(docx(CV)).decode()}, {"cv_file": CV}):
        assert "Calderwyn" in (await outline_with(PrepRequest.model_validate({"posting_text": "x", **given}))).candidate
    assert (await outline_with(PrepRequest(posting_text="x"))).candidate == ""


async def written(name: str, outline: Outline, posting: Posting = POSTING) -> Section:
    return await write_section(
        SectionRequest.model_validate({"section": name}), posting, outline, fake_ports(models=offline_models())
    )


@pytest.mark.parametrize("name", NAMES)
async def test_only_personal_sections_see_the_cv_and_they_are_kept_in_no_cache(name: str) -> None:
    outline = OUTLINE.model_copy(update={"candidate": CV})
    section = await written(name, outline)
    assert section.private == (name in PERSONAL)
    assert section.private or "Calderwyn" not in section.model_dump_json()
    worth = next(stage.cache.worth for stage in FLOW.stages if stage.name == "write_section" and stage.cache)
    assert worth is not None
    assert worth(section) is not section.private
    assert not (await written(name, EMPTY)).private


async def test_questions_are_mapped_to_the_candidates_stories_and_gaps_are_named() -> None:
    section = await written("questions", OUTLINE.model_copy(update={"candidate": CV}))
    said = [point for item in section.items for point in item.points]
    assert any(point.startswith("Your story: ") and "Calderwyn" in point for point in said)
    assert any(point.startswith("Gap: ") for point in said)
    stories = await written("stories", OUTLINE.model_copy(update={"candidate": CV}))
    assert stories.items[0].title == "Tell me about yourself"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Ada Vale | ada.vale@mail.example | +44 (0)7700 900 123", "Ada Vale"),
        ("Tel: 0117 496 0123, https://ada.example/cv", ""),
        ("2015 - 2019 Nurse at Elm Court; 2019-2021, 2021-2023 ward lead", "2015 - 2019 Nurse at Elm Court; 2019-2021, 2021-2023 ward lead"),
        ("Served 1,250,000 meters, 45 000 users, $40 000 saved, 12.5 % less", "Served 1,250,000 meters, 45 000 users, $40 000 saved, 12.5 % less"),
    ],
)  # fmt: skip
def test_what_one_is_reached_by_is_taken_out_and_figures_stay(line: str, kept: str) -> None:
    assert without_contact_details(line) == kept


async def test_no_section_is_written_with_the_candidates_address() -> None:
    request = PrepRequest(posting_text="x", cv_text=f"{CV}\nada@mail.example, 0117 496 0123")
    outline = await outline_guide([], POSTING, [], request, None, fake_ports())
    assert "nine million meters" in outline.candidate
    assert "@" not in outline.candidate
    assert "0117" not in outline.candidate


LEFT = ("Skills", "Python, Kotlin, SQL", "PostgreSQL and Kafka", "", "Languages", "English, German and Czech")
RIGHT = (
    "Ada Vale, Dublin",
    "Fennbrook Pay, engineer",
    "Moved forty million rows.",
    "",
    "Oakmill Shops, developer",
    "Built the refund page.",
)


def two_columns(left: tuple[str, ...], right: tuple[str, ...], *, password: str | None = None) -> bytes:
    """Set line by line across both columns, as layout tools do."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=password)
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        canvas.drawString(40, 780 - 18 * row, one)
        canvas.drawString(230, 780 - 18 * row, other)
    canvas.save()
    return file.getvalue()


def test_two_columns_are_read_one_after_the_other() -> None:
    text = cv_text(two_columns(LEFT, RIGHT))
    assert text.index("Moved forty million rows.") < text.index("Built the refund page.") < text.index("Skills")
    assert text.index("Skills") < text.index("Python, Kotlin, SQL") < text.index("English, German and Czech")


def test_dates_beside_their_entries_stay_on_their_lines() -> None:
    years = ("2020 to 2026", "", "2017 to 2020", "", "2014 to 2017", "")
    text = cv_text(two_columns(years, RIGHT))
    assert text.index("2020 to 2026") < text.index("Ada Vale") < text.index("2017 to 2020") < text.index("Built the refund")


def test_a_locked_file_and_a_scan_are_refused_as_what_they_are() -> None:
    with pytest.raises(BadInput, match="locked with a password"):
        cv_text(two_columns(LEFT, RIGHT, password="secret"))
    with pytest.raises(BadInput, match="a scan has to be made text first"):
        cv_text(two_columns(("",) * 6, ("",) * 6))


def test_a_sentence_that_a_columns_edge_has_broken_is_one_line() -> None:
    text = "Jo Fox\nbaker\n- Moved the whole night shift to a new oven\nwithout a lost batch.\n- Wrote the plan.\nskills: bread"
    assert without_broken_lines(text).split("\n") == [
        "Jo Fox",
        "baker",
        "- Moved the whole night shift to a new oven without a lost batch.",
        "- Wrote the plan.",
        "skills: bread",
    ]
