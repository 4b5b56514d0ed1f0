"""Rows of files that people have: JSON, JSON Lines, CSV and what separates its cells otherwise."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

from shared.errors import BadInput
from shared.records.given_file import text_of

TABLES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv")

_SEPARATOR = re.compile(r"sep=(\S)[^\S\n]*\n", re.IGNORECASE)

Row: TypeAlias = tuple[int, Any]
"""A row with its line, from 1 (in a JSON list its place); a `BadInput` where a line can be read as none."""


def rows(path: Path) -> list[Row]:
    """The rows of a file, by its ending.

    Raises:
        BadInput: it cannot be read (`no_such_file`), or is of another kind (`bad_import`).
    """
    text = text_of(path)
    readers = {".json": json_rows, ".jsonl": _lines, ".ndjson": _lines, ".csv": _csv, ".tsv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{path} is none of {', '.join(readers)}", code="bad_import", advice="Give a JSON, JSONL or CSV file.")
    try:
        return list(reader(text, path))
    except csv.Error as error:  # a cell beyond the reader's limit
        raise BadInput(f"{path}: {error}", code="bad_import") from error


def json_rows(text: str, path: Path) -> Iterator[Row]:
    """The objects of a JSON list, or the one there is.

    Raises:
        BadInput: it is no JSON (`bad_import`).
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not JSON: {error}", code="bad_import") from error
    yield from enumerate(found if isinstance(found, list) else [found], 1)


def _lines(text: str, path: Path) -> Iterator[Row]:
    del path
    return json_lines(text)


def json_lines(text: str) -> Iterator[Row]:
    """One object a line; U+2028 and its like stand inside strings and end none."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.strip():
            try:
                yield number, json.loads(line, strict=False)  # tabs stand in strings as they are
            except (ValueError, RecursionError) as error:
                yield number, BadInput(f"not JSON: {error}")


def _csv(text: str, path: Path) -> Iterator[Row]:
    """Empty cells are fields that were left out, and rows of them alone none. Excel's `sep=;` may stand before the heading."""
    del path
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SEPARATOR.match(plain)
    begin = said.end() if said else len(plain) - len(plain.lstrip("\n"))
    heading = plain[begin:].partition("\n")[0]
    delimiter = (said[1] if said else "") or max(",;\t|", key=heading.count)  # a spreadsheet's, where a comma is the decimal sign
    reader = csv.DictReader(StringIO(plain[begin:], newline=""), delimiter=delimiter)
    above = plain[:begin].count("\n")
    for row in reader:
        if any(cell and cell.strip() for cell in row.pop(None, ())):
            yield above + reader.line_num, BadInput(f"more cells than the {len(reader.fieldnames or ())} of the heading")
        elif found := {name.strip(): cell.strip() for name, cell in row.items() if cell and cell.strip()}:
            yield above + reader.line_num, found
