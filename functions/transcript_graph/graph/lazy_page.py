"""One stored page of graph records by key, each record's JSON parsed only when it is asked for.

Its text has a line per record: the first is the list of keys, then a record's JSON each, in the keys' order. Of a record that is
kept by itself the line names its document: `@digest`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from functions.transcript_graph.lazy_json import BUCKETED, LazyMapping, bucketed_text, plain_text, record_of
from shared.engine.store.payloads import canonical

APART = "@"
"""Before the name of a document. No JSON begins so."""
PACKED = 4
"""By so much, about, a record in buckets is shorter than as JSON: one that has them keeps them while it is about that long."""


class Page:
    """Records by key. Those kept by themselves have to be filled in before they are read."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._values: dict[str, Any] = {}
        self._apart: dict[str, str] = {}
        self._filled: dict[str, str] = {}

    @classmethod
    def of(cls, stored: str) -> Page:
        """The page of a text.

        Raises:
            ValueError: it is none.
        """
        made = cls()
        if stored.startswith("{"):  # as pages were kept before they had lines: one object of all records
            made._values = json.loads(stored)
            return made
        first, *texts = stored.split("\n")
        made._texts = dict(zip(json.loads(first), texts, strict=True))
        for key in [key for key, text in made._texts.items() if text.startswith(APART)]:
            made._apart[key] = made._texts.pop(key).removeprefix(APART)
        return made

    def text(self) -> str:
        """The same text for the same records."""
        keys = self.names()
        return "\n".join([canonical(keys), *map(self._line, keys)])

    def _line(self, key: str) -> str:
        if key in self._apart:
            return APART + self._apart[key]
        return self._texts[key] if key in self._texts else plain_text(self._values[key])

    def __len__(self) -> int:
        return len(self._texts.keys() | self._values.keys() | self._apart.keys())

    def __contains__(self, key: str) -> bool:
        return key in self._values or key in self._texts or key in self._apart

    def get(self, key: str) -> Any:
        """A record, or None. What is changed in it counts once it is `put`.

        Raises:
            KeyError: it is kept by itself, and was not filled in.
        """
        if key not in self._values:
            if key in self._texts:
                self._values[key] = json.loads(self._texts[key])
            elif key in self._apart:
                self._values[key] = record_of(self._filled.pop(key))
        return self._values.get(key)

    def put(self, key: str, value: Any) -> str | None:
        """Set a record. Answers the document that kept the one before, if one did."""
        self._values[key] = value
        self._texts.pop(key, None)
        return self._apart.pop(key, None)

    def drop(self, key: str) -> tuple[bool, str | None]:
        """Remove a record: whether there was one, and the document that kept it, if one did."""
        there = key in self
        self._values.pop(key, None)
        self._texts.pop(key, None)
        return there, self._apart.pop(key, None)

    def names(self) -> list[str]:
        """The keys of all records, sorted."""
        return sorted({*self._texts, *self._values, *self._apart})

    def copy_record(self, key: str, to: Page) -> None:
        """Put one of its records into another page, as it is kept here."""
        for mine, other in (
            (self._apart, to._apart),
            (self._filled, to._filled),
            (self._texts, to._texts),
            (self._values, to._values),
        ):
            if key in mine:
                other[key] = mine[key]

    def items(self) -> Iterator[tuple[str, Any]]:
        """All records, read."""
        for key in self.names():
            yield key, self.get(key)

    def unfilled(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Those of the records that are kept by themselves and were not filled in yet, each with its document."""
        return [
            (key, self._apart[key]) for key in keys if key in self._apart and key not in self._filled and key not in self._values
        ]

    def fill(self, key: str, text: str) -> None:
        """What the document of a record holds."""
        self._filled[key] = text

    def long_ones(self, most: int, parts: Collection[str] = ()) -> list[tuple[str, str]]:
        """The records that were put and have more characters than `most`, as text. `parts`: fields of theirs that are kept in buckets."""
        for key in [key for key in self._values if key not in self._texts and key not in self._apart]:
            self._texts[key] = _text(self._values[key], most, parts)
        return [(key, text) for key, text in self._texts.items() if len(text) > most or text.startswith(BUCKETED)]

    def keep_apart(self, key: str, document: str) -> None:
        """A record has a document of its own by now."""
        self._filled[key] = self._texts.pop(key)
        self._apart[key] = document


def _text(record: Any, most: int, parts: Collection[str]) -> str:
    """A record as it is kept: in buckets, where it is long and has such."""
    there = [field for field in parts if field in record] if isinstance(record, dict) else []
    if any(isinstance(record[field], LazyMapping) for field in there):
        text = bucketed_text(record, there)
        if len(text) > most // PACKED:
            return text
    text = plain_text(record)
    return bucketed_text(record, there) if there and len(text) > most else text
