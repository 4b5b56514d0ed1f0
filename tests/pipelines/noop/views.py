"""noop's result, to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.result_blocks import Block, Column, Gap, Heading, Note, Paragraphs, Table


def view(result: dict[str, Any]) -> Iterator[Block]:
    """One block of each kind."""
    yield Heading(("noop", "", "all of it"))
    yield Paragraphs("first\nsecond")
    columns = (
        Column("what"),
        Column("members", "number"),
        Column("paid", "dollars"),
        Column("took", "seconds"),
        Column("of all", "share"),
    )
    yield Table(
        columns, [["tasks", result["members"], 0.5, 1.25, 0.375]], total=("all", result["sum"], None, None, None), indent=True
    )
    yield Gap()
    yield Note("a note")
    yield Note("look here", warning=True, indent=True)
