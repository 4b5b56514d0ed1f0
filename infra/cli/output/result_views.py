"""Results that people read on the spot: the blocks of a pipeline's own view, drawn on a terminal. Others are their file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from functions import registrations
from functions.pipeline_registration import load
from functions.result_blocks import Block, Gap, Heading, Note, Paragraphs, Table, ValueKind
from infra.cli.output import tables
from infra.cli.output.value_formatting import clean, dollars, text

NARROWEST, WIDEST = 40, 100
"""Columns of running text."""
INDENT = (0, 0, 0, 2)

CELLS: Mapping[ValueKind, Callable[[Any], str]] = {
    "text": clean,
    "number": clean,
    "dollars": dollars,
    "seconds": "{:.2f}".format,
    "share": "{:.1%}".format,
}


def show(pipeline: str, result: Any, screen: Console) -> None:
    """A result as its pipeline has it shown; nothing where it registers no view."""
    registered = registrations().get(pipeline)
    if registered is None or not registered.view or not result:
        return
    screen.print()
    draw(load(registered.view)(result), screen)


def draw(blocks: Iterable[Block], screen: Console) -> None:
    """Blocks, one below the other."""
    for block in blocks:
        match block:
            case Heading(parts):
                screen.print(Text.assemble(text(" · ".join(part for part in parts if part), "bold")), soft_wrap=True)
            case Paragraphs(lines):
                _paragraphs(lines, screen)
            case Note(told, warning, indent):
                tables.line(f"  {told}" if indent else told, "yellow" if warning else "dim", to=screen)
            case Table():
                _table(block, screen)
            case Gap():
                screen.print()


def _paragraphs(lines: str, screen: Console) -> None:
    width = max(NARROWEST, min(screen.width, WIDEST) - 2)
    for paragraph in lines.splitlines():
        # Chinese has no spaces to break at: rich folds it at the width of its characters.
        screen.print(Padding(Text(clean(paragraph), overflow="fold"), INDENT), width=width)


def _table(block: Table, screen: Console) -> None:
    titles = [column.title for column in block.columns]
    made = tables.table(*titles, right=[column.title for column in block.columns if column.kind != "text"])
    for row in block.rows:
        made.add_row(*_cells(block, row))
    if block.total:
        made.add_section()
        made.add_row(*_cells(block, block.total), style="bold")
    screen.print(Padding(made, INDENT) if block.indent else made)


def _cells(block: Table, row: Iterable[Any]) -> list[str]:
    cells = zip(block.columns, row, strict=True)
    return ["" if value is None else CELLS[column.kind](value) for column, value in cells]
