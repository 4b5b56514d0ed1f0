"""One stored page of graph records by key, each record's JSON parsed only when it is asked for.

Its text has a line per record: the first is the list of keys, then a record's JSON each, in the keys' order. Of a record that is
kept by itself the line names its document: `@digest`. In such a one the fields that
grow with the graph (who has a form, whom an entity is related to) have a line for each value: a change looks at those of its own
transcript and neighbours, and the others stay text from the store and back, however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, MutableMapping
from itertools import chain
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from shared.engine.store.payloads import canonical

APART, PARTED = "@", "#"
"""Before the name of a document, and before a record that has lines. No JSON begins so."""


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
        """The records that were put and have more characters than `most`, as text. `parts`: fields of theirs that are read value by value."""
        for key in [key for key in self._values if key not in self._texts and key not in self._apart]:
            self._texts[key] = _text(self._values[key], most, parts)
        return [(key, text) for key, text in self._texts.items() if len(text) > most]

    def keep_apart(self, key: str, document: str) -> None:
        """A record has a document of its own by now."""
        self._filled[key] = self._texts.pop(key)
        self._apart[key] = document


def _text(record: Any, most: int, parts: Collection[str]) -> str:
    """A record as it is kept: in parts, where it is long and has such."""
    there = [field for field in parts if field in record] if isinstance(record, dict) else []
    if any(isinstance(record[field], LazyMapping) for field in there):
        text = parted_text(record, there)
        return text if len(text) > most else plain_text(record)
    text = json_of(record)
    return parted_text(record, there) if there and len(text) > most else text


class LazyMapping(MutableMapping[str, Any]):
    """JSON values by key. What is changed in a value counts: what was once read is written anew."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._values: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key in self._texts:
            self._values[key] = json.loads(self._texts.pop(key))
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._texts.pop(key, None)
        self._values[key] = value

    def __delitem__(self, key: str) -> None:
        if self._texts.pop(key, None) is None:
            del self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts or key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter([*self._texts, *self._values])

    def __len__(self) -> int:
        return len(self._texts) + len(self._values)

    def __repr__(self) -> str:
        return f"LazyMapping({dict(self)!r})"

    def texts(self) -> dict[str, str]:
        """Each value's JSON."""
        return self._texts | {key: json_of(value) for key, value in self._values.items()}


def record_of(text: str) -> Any:
    """The record of a text that `parted_text` or `json_of` has made."""
    if not text.startswith(PARTED):
        return json.loads(text)
    first, *texts = text.removeprefix(PARTED).split("\n")
    plain, parts = json.loads(first)
    at = 0
    for field, keys in parts.items():
        plain[field] = LazyMapping(dict(zip(keys, texts[at : at + len(keys)], strict=True)))
        at += len(keys)
    return plain


def parted_text(record: Any, fields: Collection[str]) -> str:
    """A record with a line for each value of these of its fields. The first line has all else, and the values' keys by field."""
    parts = {field: _texts(record[field]) for field in fields if field in record}
    plain = {field: value for field, value in record.items() if field not in parts}
    first = PARTED + json_of([plain, {field: list(texts) for field, texts in parts.items()}])
    return "\n".join([first, *chain.from_iterable(texts.values() for texts in parts.values())])


def plain_text(record: Any) -> str:
    """A record in one line, to be read as a whole."""
    if isinstance(record, dict):
        record = {field: dict(value) if isinstance(value, LazyMapping) else value for field, value in record.items()}
    return json_of(record)


def json_of(value: Any) -> str:
    """JSON in the order of its own fields: a quarter of the time that a sorted one takes."""
    try:
        return to_json(value).decode()
    except PydanticSerializationError:  # halves of characters
        return canonical(value)


def _texts(field: Any) -> dict[str, str]:
    return field.texts() if isinstance(field, LazyMapping) else {key: json_of(value) for key, value in field.items()}
