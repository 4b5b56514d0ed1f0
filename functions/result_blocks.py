"""What a result looks like to people, whatever draws it: headings, paragraphs, tables, notes. A pipeline's view answers these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

ValueKind: TypeAlias = Literal["text", "number", "dollars", "seconds", "share"]
"""What a cell holds: text and whole numbers as they are; dollars, seconds, and shares from 0 to 1 for the reader to format."""


@dataclass(frozen=True)
class Heading:
    """What follows is about this. Empty parts are left out."""

    parts: Sequence[str]


@dataclass(frozen=True)
class Paragraphs:
    """Running text; each line is a paragraph. It may be untrusted."""

    text: str


@dataclass(frozen=True)
class Note:
    """A line beside the matter; `warning`: somebody should look at it. `indent`: it belongs to what stands above."""

    text: str
    warning: bool = False
    indent: bool = False


@dataclass(frozen=True)
class Column:
    """A table's column: its heading, and what its cells hold."""

    title: str
    kind: ValueKind = "text"


@dataclass(frozen=True)
class Table:
    """Rows of as many cells as there are columns, None for an empty one; `total` stands below a line. `indent`: as a note's."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()
    indent: bool = False


@dataclass(frozen=True)
class Gap:
    """An empty line."""


Block: TypeAlias = Heading | Paragraphs | Note | Table | Gap
