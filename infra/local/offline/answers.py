"""Which rules answer a question: by the name and the fields of the schema that it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from infra.local.offline import generic, insights, postings, sections

_FENCE = re.compile(r"<<<DATA (\w+)>>>\n(.*)\n<<<END \1>>>", re.DOTALL)
_SENTENCES_SAID = 5

BY_NAME: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "Insights": ("posts", insights.answer),
    "SectionDraft": ("section", sections.answer),
}
"""By the schema's name: the field that its data must have, and its rules."""


def reply(messages: list[dict[str, Any]], response_format: dict[str, Any] | None) -> str:
    """The answer's text: JSON that satisfies the schema if one is given, else plain sentences."""
    text = _data(messages)
    if not response_format or response_format.get("type") == "text":
        return " ".join(generic.salient(text)[:_SENTENCES_SAID])
    named = response_format.get("json_schema") or {}
    schema = named.get("schema") or {"type": "object", "properties": {"answer": {"type": "string"}}}
    return json.dumps(generic.fit(_by_rule(named.get("name", ""), schema, text), schema, text), ensure_ascii=False)


def _by_rule(name: str, schema: dict[str, Any], text: str) -> Any:
    """What the rules find; None where none applies or the data is not in the form that they read."""
    if name in BY_NAME:
        needed, rule = BY_NAME[name]
        data = _object(text)
        return rule(data) if needed in data else None
    return postings.answer(_joined(text), schema) if postings.asks_for_posting(schema) else None


def _object(text: str) -> dict[str, Any]:
    """The data as a JSON object; empty if it is none."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _joined(text: str) -> str:
    """A JSON object's strings as text, its longest last; other text as it is."""
    strings = [value for value in _object(text).values() if isinstance(value, str)]
    return "\n".join(sorted(strings, key=len)) or text


def _data(messages: list[dict[str, Any]]) -> str:
    """The last user message, without its fence."""
    last: dict[str, Any] = next((message for message in reversed(messages) if message.get("role") == "user"), {})
    content = last.get("content") or ""
    if isinstance(content, list):
        content = "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    fenced = _FENCE.search(content)
    return str(fenced.group(2) if fenced else content)
