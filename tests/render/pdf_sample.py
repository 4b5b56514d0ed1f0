"""A believable guide's input for the PDF tests, and its output read back."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber
from pypdf import PdfReader

from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stage_messages import Guide, Logo, Outline, Picked, Posting, Section
from functions.interview_prep.stages.render_guide import render_guide
from tests.support.fakes import FakeBlobs, fake_ports

SAMPLE = json.loads(Path(__file__).with_name("pdf_sample.json").read_text("utf-8"))
INFERRED = "inferred from the posting"


REQUEST = PrepRequest(posting_text="A posting.")


@dataclass(frozen=True)
class Given:
    """A guide's input: a believable company with 18 reports, unless changed."""

    sections: tuple[Section, ...] = tuple(Section.model_validate(section) for section in SAMPLE["sections"])
    posting: Posting = Posting.model_validate(SAMPLE["posting"])
    picked: Picked = Picked.model_validate(SAMPLE["picked"])
    outline: Outline = Outline.model_validate(SAMPLE["outline"])
    logo: bytes | None = None

    def items(self, change: Any) -> Given:
        """Every item changed: `change(item, number) -> fields`."""
        sections = [
            section.model_copy(
                update={"items": tuple(item.model_copy(update=change(item, at)) for at, item in enumerate(section.items))}
            )
            for section in self.sections
        ]
        return replace(self, sections=tuple(sections))

    def without_reports(self) -> Given:
        outline = Outline(sections=self.outline.sections)
        given = replace(self, outline=outline, picked=Picked(searches=6, warnings=("reddit did not answer",)))
        return given.first(5).items(lambda item, at: {"sources": ()})

    def first(self, most: int) -> Given:
        """At most so many items per section."""
        return replace(self, sections=tuple(part.model_copy(update={"items": part.items[:most]}) for part in self.sections))


@dataclass
class Made:
    """A rendered guide and its file."""

    guide: Guide
    pdf: bytes

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.pdf))

    @cached_property
    def drawn(self) -> list[Any]:
        """pdfplumber's pages: what stands where."""
        return list(pdfplumber.open(io.BytesIO(self.pdf)).pages)

    @cached_property
    def texts(self) -> list[str]:
        return [re.sub(r"\s+", " ", page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.texts)


async def make(given: Given) -> Made:
    blobs = FakeBlobs({"logos/x.png": given.logo} if given.logo is not None else {})
    logo = Logo(blob="logos/x.png") if given.logo is not None else None
    guide = await render_guide(
        list(given.sections), given.posting, given.picked, given.outline, logo, REQUEST, fake_ports(blobs=blobs)
    )
    return Made(guide, blobs.kept[guide.pdf])


def assert_on_the_page(made: Made, *, most: int = 3) -> None:
    """No character of the first pages lies outside the margins."""
    for page in made.drawn[:most]:
        for char in page.chars:
            assert char["x0"] >= 40, (page.page_number, char)
            assert char["x1"] <= page.width - 40, (page.page_number, char)
            assert char["top"] >= 30, (page.page_number, char)
            assert char["bottom"] <= page.height - 25, (page.page_number, char)
