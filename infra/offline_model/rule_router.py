"""Which rules answer a question: by the task that its data names, else by the name and the fields of the schema it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from infra.offline_model import any_schema
from infra.offline_model.graph import extract
from infra.offline_model.interviews import insight_rules, posting_facts, sections
from infra.offline_model.posts import daily_post, forum_posts

_OPENING = re.compile(r"<<<DATA (\w+)>>>\n")
_SENTENCES_SAID = 5

BY_NAME: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "Insights": ("posts", insight_rules.answer),
    "SectionDraft": ("section", sections.answer),
}
"""By the schema's name: the field that its data must have, and its rules."""

BY_TASK: dict[str, Callable[[dict[str, Any]], Any]] = {**forum_posts.RULES, **daily_post.RULES, **extract.RULES}
"""By the field `task` of data that is a JSON object: what answers it, an object where a schema is given, else plain text.

A pipeline keeps its rules in a file of its own, and they are named here: `BY_TASK = {**daily_post.RULES}`.
"""


def reply(messages: list[dict[str, Any]], response_format: dict[str, Any] | None) -> str:
    """The answer's text: JSON that satisfies the schema if one is given, else plain sentences."""
    text = _data(messages)
    if not response_format or response_format.get("type") == "text":
        said = _by_task(text)
        return said if isinstance(said, str) else " ".join(any_schema.salient(_joined(text))[:_SENTENCES_SAID])
    named = response_format.get("json_schema") or {}
    schema = named.get("schema") or {"type": "object", "properties": {"answer": {"type": "string"}}}
    return json.dumps(any_schema.fit(_by_rule(named.get("name", ""), schema, text), schema, text), ensure_ascii=False)


def _by_rule(name: str, schema: dict[str, Any], text: str) -> Any:
    """What the rules find; None where none applies or the data is not in the form that they read."""
    if (found := _by_task(text)) is not None:
        return found
    if name in BY_NAME:
        needed, rule = BY_NAME[name]
        data = _object(text)
        return rule(data) if needed in data else None
    return posting_facts.answer(_joined(text), schema) if posting_facts.asks_for_posting(schema) else None


def _by_task(text: str) -> Any:
    """What the rules of the task that the data names say; None where it names none."""
    data = _object(text)
    rule = BY_TASK.get(str(data.get("task", "")))
    return rule(data) if rule else None


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
    opening = _OPENING.search(content)
    if opening and (end := content.rfind(f"\n<<<END {opening[1]}>>>", opening.end())) >= 0:
        return str(content[opening.end() : end])
    return str(content)
