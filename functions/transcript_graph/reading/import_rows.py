"""Transcripts in files as records, for `headrace import transcripts`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from functions.transcript_graph.reading.read_file import decoded, files_of, read
from shared.errors import BadInput
from shared.records.given_file import bytes_of

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
COLLECTION = "transcripts"


def records_of(path: Path) -> Iterator[dict[str, Any]]:
    """A folder's transcripts, or one file's. One that cannot be read has no text: the importer says so, by its name.

    Raises:
        BadInput: there is no such file or folder (`no_transcripts`).
    """
    if not path.exists():
        raise BadInput(f"there is no {path}", code="no_such_file")
    for name, file in files_of(path) if path.is_dir() else [(path.stem, path)]:
        record: dict[str, Any] = {"id": _UNSAFE.sub("-", name).strip("-.")[:64], "collection": COLLECTION}
        try:
            content = bytes_of(file)
            transcript = read(content, file.suffix)
            yield {**record, "title": transcript.title, "date": transcript.date, "text": decoded(content)}
        except BadInput as error:
            yield {**record, "text": None, "title": f"{file.name}: {error.message}"[:300]}
