"""JSON-LD as pages really carry it: in comments, with raw line ends, trailing commas, broken escapes, several to a script."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

MAX_SCRIPT = 1_500_000
"""Characters of one script that are read."""
MAX_NODES = 200_000
"""Objects and lists that are looked through."""
MAX_VALUES = 50
"""JSON values in one script."""

_WRAPPING = re.compile(r"[\s;]*+(?:(?://|/\*)?[ \t]*+(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?\s*+){0,20}")
"""Before the first value; what comes after the last one is not looked at."""
# Strings come first, so that what looks like a comment in one stays. Possessive: an open end costs one pass.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+'
_STRING_OR_COMMENT = re.compile(rf"({_STRING})|//[^\n]*+|/\*[^*]*+\**+(?:[^/*][^*]*+\**+)*+/?+", re.DOTALL)
_STRING_OR_COMMAS = re.compile(rf"({_STRING})|,[\s,]*+([}}\]]?)", re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')
_BETWEEN = re.compile(r"[\s;,]*")
_SAFE_DIGITS = 18


def nodes(tree: Any) -> list[dict[str, Any]]:
    """Every object in the page's JSON-LD, outer ones first; references by `@id` are filled in where they stand alone."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in values(script.text or ""):
                found += _objects(value, MAX_NODES - len(found))
    named = {node["@id"]: node for node in found if isinstance(node.get("@id"), str) and len(node) > 1}
    return [{key: _resolved(value, named) for key, value in node.items()} for node in found]


def values(raw: str) -> list[Any]:
    """The JSON values of one script; as many as can be made out, none if it is past repair."""
    raw = _WRAPPING.sub("", raw[:MAX_SCRIPT].lstrip("\ufeff \t\r\n"), count=1)
    if re.match(r"[\[{]\s*&quot;", raw):
        raw = html.unescape(raw)
    return _decoded(raw) or _decoded(_repaired(raw))


def _decoded(raw: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None, parse_int=_whole)
    found: list[Any] = []
    at = 0
    try:
        while at < len(raw) and len(found) < MAX_VALUES and raw[at] in "[{":
            value, at = decoder.raw_decode(raw, at)
            found.append(value)
            at = _BETWEEN.match(raw, at).end()  # type: ignore[union-attr]  # it matches the empty string too
    except (ValueError, RecursionError):
        pass
    return found


def _repaired(raw: str) -> str:
    """Without comments, trailing commas and escapes that JSON does not know."""
    raw = _STRING_OR_COMMENT.sub(lambda part: part[1] or " ", raw)
    return _STRING_OR_COMMAS.sub(_mended, raw).strip()


def _mended(part: re.Match[str]) -> str:
    if part[1]:
        return _BAD_ESCAPE.sub(_escape, part[1])
    return part[2] or ","


def _escape(match: re.Match[str]) -> str:
    return match[0] if match[1] else "\\\\"


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= _SAFE_DIGITS else 0


def _objects(value: Any, most: int) -> Iterator[dict[str, Any]]:
    """All objects within a value, outer ones first, without recursion."""
    waiting = [value]
    for seen, part in enumerate(waiting):  # grows while it is read
        if seen >= most:
            return
        if isinstance(part, dict):
            yield part
            waiting += [inner for inner in part.values() if isinstance(inner, dict | list)]
        elif isinstance(part, list):
            waiting += [inner for inner in part if isinstance(inner, dict | list)]


def _resolved(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return named.get(value["@id"], value)
    return value
