"""What one transcript gives to a graph: its own entities and relations, with the characters that say so. Kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

Span = list[int]
"""`[at, upto, turn]`: characters of the transcript's text, and whose turn it is."""


class LocalEntity(TypedDict):
    """One of a transcript's entities."""

    key: str
    """The normal form by which it meets those of other transcripts."""
    kind: str
    types: dict[str, int]
    names: dict[str, int]
    """Every spelling that stands in the text, and how often."""
    about: list[str]
    near: list[str]
    """Normal forms of what it is related to: the context that tells namesakes apart."""
    initial: str
    short: list[str]
    """Normal forms of its acronyms, where the transcript says what they stand for."""
    spans: list[Span]


class LocalRelation(TypedDict):
    """One of a transcript's relations: entities by their numbers."""

    source: int
    type: str
    target: int
    says: list[Span]
    """The quotes."""


class Contribution(TypedDict):
    """All of it. `turns` are `[speaker, doubtful, start, end]`, in seconds; `text` is the blob that holds the words."""

    id: str
    title: str
    date: str
    body: str
    extractor: str
    text: str
    turns: list[list[object]]
    chunks: list[list[object]]
    entities: Sequence[LocalEntity]
    relations: Sequence[LocalRelation]
    ends: NotRequired[list[list[int]]]
    """Of each relation its source and target, so that those of an entity are found without reading them; older ones are without."""
    failed: int


LISTS = ("entities", "relations")
"""What is read item by item: when somebody's name becomes another's, a few entities of many transcripts are asked for."""


def ends_of(given: Contribution | Mapping[str, Any]) -> list[list[int]]:
    """Source and target of each of its relations."""
    ends: list[list[int]] | None = given.get("ends")
    return ends if ends is not None else [[each["source"], each["target"]] for each in given["relations"]]
