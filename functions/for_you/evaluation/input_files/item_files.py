"""Any file of items as episodes: the column with the interactions' ids, a title, categories, and what else is told in words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from functions.for_you.evaluation.input_files.column_roles import ITEM, LOOKED_AT
from functions.for_you.evaluation.input_files.table_reader import Table, read_table
from functions.for_you.imported_records import Episode
from shared.engine.store.paths import digest
from shared.errors import BadInput

TITLES = ("title", "name", "originaltitle", "headline", "subject")
TOPICS = ("categories", "genres", "genre", "class", "category", "topics", "topic", "tags", "listedin", "subjects", "sections")
OWN = {
    "description": ("description",), "series_id": ("seriesid", "showid", "podcastid"), "series_title": ("seriestitle", "showtitle", "podcasttitle", "showname"),
    "series_type": ("seriestype",), "language": ("language", "lang"), "duration_s": ("durations", "duration"), "season": ("season",), "number": ("number",),
    "published_at": ("publishedat", "published", "releasedate", "pubdate"),
}  # fmt: skip
"""Fields of an episode, by the columns that may have them."""
WORDS_AT_LEAST = 0.5
"""Of a column's cells, those that have letters, for it to be told in words."""
LONGEST_NAME, MOST_TOPICS = 100, 20
_PARTS = re.compile(r"[|;,]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LINK = re.compile(r"https?:|www\.|\.(?:jpe?g|png)\b", re.IGNORECASE)
_FITS = re.compile(r"[^/\x00-\x1f]{1,200}")


def item_name(value: Any) -> str:
    """An item's id: 7, 7.0 and "7" are one; what no id may be like is called by its digest."""
    name = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return name if _FITS.fullmatch(name) else digest(name)[:24]


def episodes(path: Path | None, tags: Path | None, ids: Sequence[str]) -> list[Episode]:
    """The items of a file, and those that only the interactions know, by their ids.

    Raises:
        BadInput: a file cannot be read, or has none of the ids (`bad_interactions`).
    """
    wanted = dict.fromkeys(ids)
    told = _tags(tags, wanted) if tags else {}
    found = {episode.id: episode for episode in (_items(path, told, wanted) if path else ())}
    return [*found.values(), *(_bare(name, told) for name in wanted if name not in found)]


def _tags(path: Path, wanted: Collection[str]) -> dict[str, list[str]]:
    table = read_table(path)
    place = _ids(table, wanted, path)
    words = next((name for name in table.names if name in ("tag", "tags", "keyword", "word", "label", "name")), None)
    column = table.column(words) if words else next(iter(_in_words(table, {place}).values()), [])
    made: dict[str, list[str]] = {}
    for name, tag in zip(table.columns[place], column, strict=False):
        made.setdefault(item_name(name), []).append(str(tag or ""))
    return made


def _ids(table: Table, wanted: Collection[str], path: Path) -> int:
    """The column that has most of the ids; of those with as many, the one that is called so.

    Raises:
        BadInput: no column has any (`bad_interactions`).
    """
    covered = [len({item_name(cell) for cell in column if cell not in (None, "")} & set(wanted)) for column in table.columns]
    called = [-ITEM.index(name) if name in ITEM else -len(ITEM) for name in table.names]
    best = max(range(len(covered)), key=lambda place: (covered[place], called[place]))
    if not covered[best]:
        raise BadInput(
            f"no column of {path.name} has an item of the interactions: its columns are {', '.join(table.names[:12])}",
            code="bad_interactions", advice="Give the file in which the items are called as in the interactions.",
        )  # fmt: skip
    return best


def _items(path: Path, told: Mapping[str, list[str]], wanted: Collection[str]) -> Iterator[Episode]:
    table = read_table(path)
    place = _ids(table, wanted, path)
    words = _in_words(table, {place})
    title = _title(words)
    topics = next((name for ends in TOPICS for name in words if name.endswith(ends)), None)
    topics = topics or next((name for name in words if name != title and _of_parts(words[name])), None)
    spaced, flags = topics in table.spaced, _flags(table, {place})
    own = {field: name for field, names in OWN.items() for name in names if name in table.names}
    columns = {field: table.column(name) for field, name in own.items()}
    rest = [name for name in words if name not in (title, topics, *own.values())]
    for row, value in enumerate(table.columns[place]):
        if value in (None, ""):
            continue
        name = item_name(value)
        text = " ".join(str(words[column][row]) for column in rest if words[column][row])
        given = {field: column[row] for field, column in columns.items() if column[row] not in (None, "")}
        categories = _topics(words[topics][row], spaced=spaced) if topics else []
        categories += [label for label, column in flags.items() if str(column[row]) in ("1", "1.0", "True")]
        given["description"] = " ".join(part for part in (str(given.get("description", "")), text, *told.get(name, ())) if part)
        given["categories"] = [topic[:LONGEST_NAME] for topic in dict.fromkeys(categories) if topic][:MOST_TOPICS]
        yield _episode(name, str(words[title][row] or name) if title else name, given)


def _episode(name: str, title: str, given: dict[str, Any]) -> Episode:
    """Fields that do not fit are left out."""
    fields = {**given, "id": name, "title": title.strip()[:500] or name}
    try:
        return Episode.model_validate(fields)
    except ValidationError as error:
        wrong = {str(each["loc"][0]) for each in error.errors()}
    return Episode.model_validate(
        {field: value for field, value in fields.items() if field not in wrong or field in ("id", "title")}
    )


def _bare(name: str, told: Mapping[str, list[str]]) -> Episode:
    return _episode(name, name, {"description": " ".join(told.get(name, ()))})


def _in_words(table: Table, without: Collection[int]) -> dict[str, list[Any]]:
    """Columns whose cells have words, or lists of them; no links."""
    made: dict[str, list[Any]] = {}
    for place, (name, column) in enumerate(zip(table.names, table.columns, strict=True)):
        looked = [str(cell) for cell in column[:LOOKED_AT] if cell not in (None, "", [])]
        if place in without or not looked:
            continue
        worded = sum(bool(_LETTERS.search(cell)) and not _LINK.match(cell) for cell in looked)
        if worded > WORDS_AT_LEAST * len(looked):
            made[name] = column
    return made


def _title(words: Mapping[str, list[Any]]) -> str | None:
    """By its name, else the column whose cells differ most and are short."""
    named = next((name for title in TITLES for name in words if name == title), None)
    named = named or next((name for title in TITLES for name in words if name.endswith(title)), None)
    if named or not words:
        return named

    def differing(name: str) -> float:
        looked = [str(cell) for cell in words[name][:LOOKED_AT] if cell]
        return len(set(looked)) / max(1, len(looked)) - sum(map(len, looked)) / max(1, len(looked)) / 200

    return max(words, key=differing)


def _of_parts(cells: Sequence[Any]) -> bool:
    """Whether a column's cells are lists, as `Drama|War` is."""
    looked = [cell for cell in cells[:LOOKED_AT] if cell]
    return sum(isinstance(cell, list) or "|" in str(cell) for cell in looked) > len(looked) / 5


def _flags(table: Table, without: Collection[int]) -> dict[str, list[Any]]:
    """Columns of nothing but 0 and 1, where there are several: a category each."""
    made = {
        name: column
        for place, (name, column) in enumerate(zip(table.names, table.columns, strict=True))
        if place not in without and {str(cell) for cell in column} <= {"0", "1", "0.0", "1.0", "True", "False"}
    }
    return made if len(made) > 2 else {}  # noqa: PLR2004 - one or two are about something else


def _topics(cell: Any, *, spaced: bool) -> list[str]:
    """A cell's categories: a list, a list written out, or words set apart."""
    if isinstance(cell, str) and cell.startswith("["):
        for read in (json.loads, ast.literal_eval):
            try:
                cell = read(cell)
                break
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
    if isinstance(cell, list | tuple):
        return [str(each.get("name", "") if isinstance(each, dict) else each).strip() for each in cell]
    return str(cell or "").split() if spaced else [part.strip() for part in _PARTS.split(str(cell or ""))]
