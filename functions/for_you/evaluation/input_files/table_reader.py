"""A file of others as columns: JSON, JSON Lines, or cells set apart by a comma, a semicolon, a tab, `|`, `::` or a space; with a heading or without."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from shared.errors import BadInput
from shared.records import table_files
from shared.records.given_file import bytes_of

SEPARATORS = (",", "\t", ";", "|", "::", " ")
UNQUOTED = ("\t", "|")
"""In such files a quotation mark is part of a title, and may have no second one."""
SAMPLE = 60
"""Rows by which a separator and a heading are known."""
_UNNAMED = "column"
_TYPE = re.compile(r":(token|float)(_seq)?$")
_PLAIN = re.compile("[^a-z0-9]")


@dataclass(frozen=True)
class Table:
    """Columns, one list each, all of one length. `names`: letters and digits in lower case; of a file without a heading `column0` ….

    `heading`: whether the names are the file's own. Rows that have other cells than the rest, or are no objects, are passed over.
    """

    names: list[str]
    columns: list[list[Any]]
    heading: bool
    spaced: frozenset[str] = frozenset()
    """Columns whose cells are words with spaces between (`:token_seq` in their headings)."""

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def column(self, name: str) -> list[Any]:
        return self.columns[self.names.index(name)]


def read_table(path: Path) -> Table:
    """The whole file. What is not UTF-8 is read as Windows-1252.

    Raises:
        BadInput: it cannot be read (`no_such_file`), or is empty or no table (`bad_import`).
    """
    content = bytes_of(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    made = _of_objects(text, path) if text.lstrip()[:1] in ("{", "[") else _of_cells(text, path)
    if not len(made):
        raise BadInput(f"{path} has no row", code="bad_import", advice="Give a row, or an object, for each interaction or item.")
    return made


def plain(name: str) -> str:
    """A column's name in letters and digits: `User-ID`, `user_id` and `userId:token` are one."""
    return _PLAIN.sub("", _TYPE.sub("", name.strip().casefold()))


def _of_objects(text: str, path: Path) -> Table:
    """Objects of a list, of the one list in an object, or one a line whatever the file's ending says."""
    try:
        found = [row for _, row in table_files.json_rows(text, path)]
    except BadInput:
        found = [row for _, row in table_files.json_lines(text)]
    if len(found) == 1 and isinstance(found[0], dict):
        lists = [value for value in found[0].values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        found = lists[0] if len(lists) == 1 else found
    rows = [{plain(str(name)): value for name, value in row.items()} for row in found if isinstance(row, dict)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Table(names, [[row.get(name) for row in rows] for name in names], heading=True)


def _of_cells(text: str, path: Path) -> Table:
    lines = [line for line in re.split(r"\r\n|\n|\r", text) if line.strip()]
    separator = _separator(lines[:SAMPLE])
    try:
        rows = list(_cells(lines, separator))
    except csv.Error as error:  # a cell beyond the reader's limit
        raise BadInput(f"{path}: {error}", code="bad_import") from error
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    heading = bool(rows) and _is_heading(rows[0], rows[1:SAMPLE])
    names = [plain(cell) for cell in rows[0]] if heading else [f"{_UNNAMED}{number}" for number in range(width)]
    spaced = {plain(cell) for cell in rows[0] if cell.strip().endswith("token_seq")} if heading else set()
    # A heading may be shorter than its rows, which end with a separator.
    names += [f"{_UNNAMED}{number}" for number in range(len(names), width)]
    body = rows[1:] if heading else rows
    fitting = [row for row in body if len(row) == width]
    columns = [list(column) for column in zip(*fitting, strict=True)] or [[] for _ in names]
    return Table(names[: len(columns)], columns, heading, frozenset(spaced))


def _cells(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    if len(separator) > 1:
        return ([cell.strip() for cell in line.split(separator)] for line in lines)
    text = StringIO("\n".join(lines))
    if separator in UNQUOTED:
        given = csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE)
        return ([cell.strip().strip('"') for cell in row] for row in given if row)
    return ([cell.strip() for cell in row] for row in csv.reader(text, delimiter=separator, skipinitialspace=True) if row)


def _separator(sample: Sequence[str]) -> str:
    """What cuts most rows into as many cells; of several, into more."""

    def evenness(separator: str) -> tuple[float, int]:
        try:
            widths = Counter(len(row) for row in _cells(sample, separator))
        except csv.Error:
            return 0.0, 0
        width, often = widths.most_common(1)[0] if widths else (0, 0)
        return (round(often / widths.total(), 1), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=evenness)


def _is_heading(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: no cell of it is a number, and some column has numbers below, or a name says `id`."""
    if any(map(_number, first)) or not all(first[:2]):
        return False
    below = any(len(row) > place and _number(row[place]) for row in rest for place in range(len(first)))
    named = any(plain(cell) in _HEADINGS or plain(cell).endswith("id") for cell in first)
    return named or (below and not _numbers_in_line(first, rest))


_HEADINGS = frozenset({"user", "item", "rating", "title", "name", "timestamp", "movie", "action", "event", "tag"})


def _numbers_in_line(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether each column looks below as in the first row: words under words, so that it is a row like the others."""
    return all(
        _number(cell) == (sum(_number(row[place]) for row in rest if len(row) > place) > len(rest) / 2)
        for place, cell in enumerate(first)
    )


def _number(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError):
        return False
    return True
