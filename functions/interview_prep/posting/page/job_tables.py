"""Whether a text is rows of jobs as machines write them: JSON, a feed, a spreadsheet's or Markdown's table."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

FEWEST = 2
_FEWEST_ROWS, _FEWEST_CELLS, _MOST_OF_ROWS, _LONGEST_CELL, _MOST_OF_LINES = 3, 3, 0.6, 100, 0.5
"""Rows and cells of a table; the share of its rows that name a job; characters of a cell; the share of a text's lines that are rows where
commas part the cells, as they part much else."""
_FEWEST_LINKS, _MOST_LOOKED_AT = 8, 60_000
"""Lines with an address that make a list; characters looked at."""
_FIELD = re.compile(r"\"(?P<key>[A-Za-z_]{2,30})\"\s{0,4}:\s{0,4}\"(?P<value>[^\"\\\n]{2,120})\"")
_TITLE_KEY = re.compile(r"(?:job|position|role|posting)?_?(?:title|position|role|name|text)", re.IGNORECASE)
_ENTRY = re.compile(
    r"<(?:item|entry)\b[^>]{0,200}>\s{0,40}(?:<[^/][^>]{0,200}/?>\s{0,40}){0,3}?<title[^>]{0,60}>(?:<!\[CDATA\[)?\s{0,20}(?P<title>[^<\]]{2,150})"
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{1,500}\)")
_AT = re.compile(r"\s(?:at|@|bei|chez|-|–|\|)\s")


def without_links(text: str) -> str:
    """A text with Markdown's links as their words: `[Welder](https://…)` as `Welder`."""
    return _LINK.sub(r"\1", text)


def tabled_titles(text: str, is_title: Callable[[str], bool]) -> list[str]:
    """The jobs of a text that is JSON, a feed or a table; empty where it is none."""
    text = text[:_MOST_LOOKED_AT].lstrip("\ufeff \t\r\n")
    forms = (_in_json, _in_feed, _in_table)
    return next((titles for form in forms if len(titles := list(dict.fromkeys(form(text, is_title)))) >= FEWEST), [])


def is_list_of_links(text: str) -> bool:
    """Whether most of a text's lines hold an address each."""
    rows = [row for row in text[:_MOST_LOOKED_AT].split("\n") if row.strip(" \t|-")]
    linked = sum("](http" in row or "http://" in row or "https://" in row for row in rows)
    return linked >= _FEWEST_LINKS and linked >= len(rows) * _MOST_OF_ROWS


def is_feed(text: str) -> bool:
    """Whether a text is a feed's."""
    return bool(_FEED.search(text[:2000]))


def _in_json(text: str, is_title: Callable[[str], bool]) -> list[str]:
    if text[:1] not in "{[":
        return []
    values: dict[str, list[str]] = defaultdict(list)
    for found in _FIELD.finditer(text):
        if _TITLE_KEY.fullmatch(found["key"]):
            values[found["key"]].append(found["value"].strip())
    named = {key: [value for value in found if is_title(value)] for key, found in values.items()}
    best = max(named, key=lambda key: len(set(named[key])), default="")
    return named[best] if best and len(named[best]) * 2 >= len(values[best]) else []


def _in_feed(text: str, is_title: Callable[[str], bool]) -> list[str]:
    if not is_feed(text):
        return []
    titles = [found["title"].strip() for found in _ENTRY.finditer(text)]
    return titles if any(is_title(_AT.split(title)[0]) for title in titles) else []


def _in_table(text: str, is_title: Callable[[str], bool]) -> list[str]:
    lines = [line.strip() for line in without_links(text).split("\n")]
    much = _MOST_OF_LINES * sum(map(bool, lines))
    for cells_of, least in ((_piped, 0), (_tabbed, 0), (_with_commas, much)):
        for count, group in groupby(map(cells_of, lines), key=len):
            rows = list(group) if count >= _FEWEST_CELLS else []
            if len(rows) >= max(_FEWEST_ROWS, least) and (titles := _column_of_titles(rows, is_title)):
                return titles
    return []


def _column_of_titles(rows: Sequence[Sequence[str]], is_title: Callable[[str], bool]) -> list[str]:
    """What the column says that names jobs in most of its rows."""
    for column in zip(*rows, strict=True):
        titles = [cell for cell in column if len(cell) <= _LONGEST_CELL and is_title(cell)]
        if len(titles) >= _MOST_OF_ROWS * (len(rows) - 1) and len(set(titles)) >= FEWEST:
            return titles
    return []


def _piped(line: str) -> list[str]:
    if line.count("|") < FEWEST or set(line) <= set("|-: "):
        return [""] * (line.count("|") - 1) if line.startswith("|") else []
    return [cell.strip(" *_`") for cell in line.strip("|").split("|")]


def _tabbed(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _with_commas(line: str) -> list[str]:
    if line[-1:] in ".:;":
        return []  # a sentence
    return [cell.strip() for cell in next(_csv(line), [])]


def _csv(line: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line])
    except csv.Error:
        return
