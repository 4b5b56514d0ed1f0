"""Posts that a file holds as a table, and comments that stand beside their posts instead of in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_NAMES = frozenset("title selftext body text content".split())  # noqa: SIM905
"""One of these heads a column of any table of posts."""
_PARENT = ("link_id", "linkid", "postid", "post_id", "submission_id", "submissionid", "submission", "parent_id", "parentid")
_KIND = re.compile(r"^t[13]_")
MOST_ENTRIES = 20_000
"""Entries looked at of a file."""


def rows_of(data: Any) -> list[dict[str, Any]] | None:
    """The rows of a table: one column after the other, columns beside rows, or a heading and rows. None for what is no table."""
    if isinstance(data, dict):
        heading = data.get("columns")
        if isinstance(heading, list) and isinstance(data.get("data"), list):
            return _with_heading(heading, data["data"])
        return _of_columns(data)
    if isinstance(data, list) and len(data) > 1 and all(isinstance(row, list) for row in data[:MOST_ENTRIES]):
        return _with_heading(data[0], data[1:])
    return None


def joined(entries: list[Any], fields: Callable[[Any], Mapping[str, Any]]) -> list[Any]:
    """The entries, with those that are comments of one of them put into it. `fields`: an entry's by this project's names."""
    posts: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if isinstance(entry, dict) and fields(entry).get("title") and not _parents(entry):
            posts.update({name: entry for key in ("id", "name", "parsedId") if (name := _bare(entry.get(key)))})
    if not posts:
        return entries
    kept: list[Any] = []
    comments: dict[int, list[Any]] = {}
    for entry in entries:
        owner = next((posts[name] for name in _parents(entry) if name in posts), None) if isinstance(entry, dict) else None
        if owner is None or owner is entry:
            kept.append(entry)
        else:
            comments.setdefault(id(owner), []).append(entry)
    return [_with_comments(entry, comments.get(id(entry), [])) for entry in kept]


def _with_comments(entry: Any, more: list[Any]) -> Any:
    if not more:
        return entry
    own = entry.get("comments")
    return {**entry, "comments": [*(own if isinstance(own, list) else []), *more]}


def _parents(entry: Mapping[str, Any]) -> list[str]:
    """The ids of what an entry answers to."""
    low = {str(key).casefold(): value for key, value in entry.items()}
    return [name for key in _PARENT if (name := _bare(low.get(key)))]


def _bare(value: Any) -> str:
    return _KIND.sub("", str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _of_columns(data: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    columns = {str(name): column for name, column in data.items() if isinstance(column, dict)}
    if len(columns) < 2 or len(columns) < len(data) or not _NAMES & {name.casefold() for name in columns}:  # noqa: PLR2004 - a table has columns
        return None
    first = next(iter(columns.values()))
    if not first or any(isinstance(cell, dict) for cell in first.values()):
        return None
    return [{name: column.get(row) for name, column in columns.items()} for row in list(first)[:MOST_ENTRIES]]


def _with_heading(heading: Any, rows: list[Any]) -> list[dict[str, Any]] | None:
    if not isinstance(heading, list) or not all(isinstance(name, str) for name in heading):
        return None
    if not _NAMES & {name.casefold() for name in heading}:
        return None
    return [dict(zip(heading, row, strict=False)) for row in rows[:MOST_ENTRIES] if isinstance(row, list)]
