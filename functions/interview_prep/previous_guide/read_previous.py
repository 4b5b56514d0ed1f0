"""An earlier guide read from the JSON that lies beside its PDF. It came back through a person's hands: only what is compared is read."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from functions.interview_prep.process_figure_messages import ProcessFigures
from shared.errors import BadInput
from shared.text.json_limits import check_json_size

MOST_VALUES = 50_000
"""Values in its JSON: ten times what a guide has."""


class _Part(BaseModel):
    """A part of the JSON; what else it holds is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class PreviousPosting(_Part):
    title: str = ""
    company: str = ""
    location: str = ""
    employment_type: str = ""
    salary: str = ""
    valid_through: str = ""


class PreviousItem(_Part):
    title: str = ""
    text: str = ""
    label: str = ""
    sources: tuple[str, ...] = ()


class PreviousSection(_Part):
    section: str
    items: tuple[PreviousItem, ...] = ()


class PreviousSource(_Part):
    ref: str
    title: str = ""
    url: str = ""
    date: str = ""

    @property
    def key(self) -> str:
        """What a post is known by from one guide to the next; its ref is not."""
        return self.url or self.title


class PreviousConfidence(_Part):
    word: str = ""


class PreviousGuide(_Part):
    """What of an earlier guide is compared."""

    posting: PreviousPosting
    posting_lines: tuple[str, ...] = Field((), max_length=200)
    sections: tuple[PreviousSection, ...] = Field(max_length=20)
    sources: tuple[PreviousSource, ...] = Field((), max_length=200)
    process: ProcessFigures = ProcessFigures()
    confidence: PreviousConfidence = PreviousConfidence()

    def items(self, section: str) -> list[PreviousItem]:
        """The entries of one section."""
        return [item for part in self.sections if part.section == section for item in part.items]


def read_previous(text: str) -> PreviousGuide:
    """The earlier guide.

    Raises:
        BadInput: it is not a guide's JSON (`previous_guide_unreadable`).
    """
    try:
        check_json_size(text.encode("utf-8", "replace"), values=MOST_VALUES)
        data: Any = json.loads(text)
        return PreviousGuide.model_validate(data)
    except (ValueError, RecursionError, ValidationError) as error:
        raise BadInput(
            "the earlier guide cannot be read: it is no JSON of a guide",
            code="previous_guide_unreadable",
            advice="Give the .json file that lay beside the earlier guide's PDF.",
        ) from error


def encode_file(content: bytes) -> str:
    """An earlier guide's file as a request carries it; read once, so that what is unreadable is known at once.

    Raises:
        BadInput: as `read_previous`.
    """
    text = content.decode("utf-8-sig", "replace")
    read_previous(text)
    return text
