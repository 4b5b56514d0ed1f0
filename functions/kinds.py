"""Records that users bring in, by kind: `headrace import KIND PATH`, `PUT /api/v1/KIND/{id}`. A further kind is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class Kind:
    """Where a kind of record is kept, what it has to be (`module:Class`, imported when it is needed), and the field that names it."""

    collection: str
    model_at: str
    key: str
    files_at: str = ""
    """What reads records from a folder or a file of another format (`module:function`, a path to rows), if the kind has such."""

    @cached_property
    def files(self) -> Callable[[Path], Iterator[dict[str, Any]]] | None:
        module, _, name = self.files_at.partition(":")
        found: Callable[[Path], Iterator[dict[str, Any]]] | None = getattr(import_module(module), name) if module else None
        return found

    @cached_property
    def model(self) -> type[BaseModel]:
        module, _, name = self.model_at.partition(":")
        found: type[BaseModel] = getattr(import_module(module), name)
        return found

    @property
    def one(self) -> str:
        """One of them, in words: `profile`."""
        return self.collection.removesuffix("s")


KINDS = {
    "profiles": Kind("profiles", "functions.forum_posts.profiles:Profile", "serial"),
    "agents": Kind("agents", "functions.daily_post.agents:Agent", "id"),
    "transcripts": Kind(
        "transcripts",
        "functions.transcript_graph.records:TranscriptRecord",
        "id",
        "functions.transcript_graph.reading.records:records_of",
    ),
}
