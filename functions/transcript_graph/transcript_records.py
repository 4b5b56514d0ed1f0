"""Transcripts as records: brought in by `headrace import transcripts`, or written by a user's own application."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from functions.transcript_graph.stage_messages import CollectionId, Short
from shared.base_message import Message
from shared.records.record_use import RecordUse

COLLECTION = "transcripts"
MOST_TEXT = 900_000
"""Characters: a document holds a mebibyte. Longer ones come as files (`uri`, `path`)."""
RecordId = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
_SAFE = re.compile(r"[^A-Za-z0-9_.-]")


class TranscriptRecord(Message):
    """A transcript that was brought in. Writing or changing one puts it into its collection's graph."""

    model_config = ConfigDict(extra="ignore")

    id: RecordId
    collection: CollectionId = "transcripts"
    title: Short = ""
    date: Short = ""
    text: str = Field(max_length=MOST_TEXT)

    def records_used(self) -> list[RecordUse]:
        """The graph that it goes into."""
        return [RecordUse("graphs", self.collection, makes=True)]


def path_of(transcript: str) -> str:
    """Where a record is kept; ids may have signs that paths do not."""
    return f"{COLLECTION}/{_SAFE.sub(lambda sign: f'~{ord(sign[0]):x}', transcript)}"
