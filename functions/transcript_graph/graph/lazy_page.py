"""One stored page of graph records by key, each record's JSON parsed only when it is asked for.

Its text has a line per record: the first is the list of keys, then a record's JSON each, in the keys' order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from shared.engine.store.payloads import canonical


class Page:
    """Records by key."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._values: dict[str, Any] = {}

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
        return made

    def text(self) -> str:
        """The same text for the same records."""
        keys = self.names()
        return "\n".join(
            [canonical(keys), *(self._texts[key] if key in self._texts else canonical(self._values[key]) for key in keys)]
        )

    def __len__(self) -> int:
        return len(self._texts.keys() | self._values.keys())

    def __contains__(self, key: str) -> bool:
        return key in self._values or key in self._texts

    def get(self, key: str) -> Any:
        """A record, or None. What is changed in it counts once it is `put`."""
        if key not in self._values and key in self._texts:
            self._values[key] = json.loads(self._texts[key])
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Set a record."""
        self._values[key] = value
        self._texts.pop(key, None)

    def drop(self, key: str) -> bool:
        """Remove a record. False: there was none."""
        there = key in self
        self._values.pop(key, None)
        self._texts.pop(key, None)
        return there

    def names(self) -> list[str]:
        """The keys of all records, sorted."""
        return sorted({*self._texts, *self._values})

    def copy_record(self, key: str, to: Page) -> None:
        """Put one of its records into another page, as it is kept here."""
        if key in self._texts:
            to._texts[key] = self._texts[key]
        else:
            to._values[key] = self._values[key]

    def items(self) -> Iterator[tuple[str, Any]]:
        """All records, read."""
        for key in self.names():
            yield key, self.get(key)
