"""An answer for any JSON schema, from the text's own sentences: what the offline model says when it has no rule of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from infra.offline_model.text_helpers import lines, short

MOST_ENTRIES, LONGEST = 3, 240
MOST_DEPTH = 12
"""Schemas that refer to themselves end here."""


def salient(text: str) -> list[str]:
    """The text's telling sentences in order: neither labels nor walls of text."""
    found = [line.text for line in lines(text[:50_000]) if 20 <= len(line.text) <= 400]  # noqa: PLR2004 # a sentence's usual length
    return found or [short(text, LONGEST) or "(no text)"]


def fit(answer: Any, schema: dict[str, Any], text: str) -> Any:
    """`answer` made to satisfy `schema`: known fields kept, missing ones filled from `text`, unknown ones left out."""
    return _Filler(schema, text).fit(answer, schema, "", 0)


class _Filler:
    def __init__(self, root: dict[str, Any], text: str) -> None:
        self._defs = root.get("$defs", root.get("definitions", {}))
        self._text = text
        self._sentences: Iterator[str] = cycle(salient(text))

    def fit(self, answer: Any, schema: dict[str, Any], name: str, depth: int) -> Any:
        schema = self._resolved(schema)
        if depth > MOST_DEPTH:
            return None
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return answer if answer in schema["enum"] else self._named(schema["enum"])
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            given = answer if isinstance(answer, dict) else {}
            return {key: self.fit(given.get(key), part, key, depth + 1) for key, part in schema.get("properties", {}).items()}
        if kind == "array":
            wanted = answer if isinstance(answer, list) else [None] * max(schema.get("minItems", 0), self._entries(depth))
            return [self.fit(entry, schema.get("items", {}), name, depth + 1) for entry in wanted][: schema.get("maxItems")]
        return self._scalar(answer, schema, kind)

    def _entries(self, depth: int) -> int:
        return MOST_ENTRIES if depth < MOST_DEPTH // 2 else 0

    def _scalar(self, answer: Any, schema: dict[str, Any], kind: Any) -> Any:
        if kind == "null":
            return None
        if kind == "boolean":
            return answer if isinstance(answer, bool) else False
        if kind in ("integer", "number"):
            number = answer if isinstance(answer, int | float) and not isinstance(answer, bool) else self._number()
            number = min(max(number, schema.get("minimum", number)), schema.get("maximum", number))
            return int(number) if kind == "integer" else number
        if isinstance(answer, str):
            return answer
        return short(next(self._sentences), LONGEST)

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Without `$ref`, and of several allowed shapes the first that is not null."""
        for _ in range(MOST_DEPTH):
            if "$ref" in schema:
                schema = self._defs.get(schema["$ref"].rsplit("/", 1)[-1], {})
            elif options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
                schema = next((option for option in options if option.get("type") != "null"), options[0])
            elif isinstance(schema.get("type"), list):
                schema = schema | {"type": next((kind for kind in schema["type"] if kind != "null"), "null")}
            else:
                break
        return schema

    def _named(self, values: list[Any]) -> Any:
        """The value that occurs first in the text, else the first of the list."""
        low = self._text.lower()
        places = [
            (place, value)
            for value in values
            if isinstance(value, str) and (place := low.find(value.lower().replace("_", " "))) >= 0
        ]
        return min(places, key=lambda pair: pair[0])[1] if places else values[0]

    def _number(self) -> float:
        match = re.search(r"\d+(?:\.\d+)?", self._text)
        return float(match.group()) if match else 0.0
