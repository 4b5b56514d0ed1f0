"""A pipeline's input from a file and `--set`: files named where the schema wants data are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any, TypeAlias, cast

from pydantic import BaseModel

from functions import by_package, check_sound, registrations
from functions.flow_fault import BadFlow
from functions.pipeline_registration import load
from shared.engine.flow import Flow
from shared.errors import BadInput
from shared.records.given_file import bytes_of, standard_input, text_of
from shared.records.table_files import json_lines
from shared.user_input.nearest_word import did_you_mean

_LONGEST_PATH = 1_000
_SHOWN = 60
JSON_ENDINGS = (".json", ".jsonl", ".ndjson")
Json: TypeAlias = dict[str, Any]


def the_flow(pipeline: str) -> Flow:
    """A pipeline's flow. Loads no other's.

    Raises:
        BadInput: there is none (`unknown_pipeline`).
        BadFlow: it has mistakes.
    """
    from functions.flow_check import faults  # noqa: PLC0415 - only commands that give an input want it

    found = {registered.title: package for package, registered in by_package().items()}
    check_sound(pipeline)
    if pipeline not in found:
        advice = did_you_mean(pipeline, found) or f"There are: {', '.join(sorted(found))}."
        raise BadInput(f"there is no pipeline {pipeline!r}", code="unknown_pipeline", advice=advice)
    registered = by_package()[found[pipeline]]
    if mistakes := list(faults(found[pipeline], registered)):
        raise BadFlow(mistakes)
    return cast("Flow", load(registered.flow))


def read_input(flow: Flow, source: str | None, settings: Iterable[str]) -> Json:
    """The request as JSON: what `source` (a file, or `-`) holds, with each `key=value` on top.

    Raises:
        BadInput: a file or a value cannot be read.
    """
    given = read_object(source) if source else {}
    fields = flow.request.model_json_schema()
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"--set {setting!r} is not key=value", code="bad_set", advice="Write --set company=Acme.")
        kinds = _kinds(fields, name.strip())
        given[name.strip()] = _text(flow, name.strip(), value) if _is_text(kinds) else _value(value, kinds)
    given = {name: _absolute(value) if _is_path(fields, name) else value for name, value in given.items()}
    return {name: _with_files(flow, name, value, _kinds(fields, name)) for name, value in given.items()}


def labels_of(given: Iterable[str]) -> dict[str, str]:
    """Labels from `name=value` each.

    Raises:
        BadInput: one is not (`bad_set`).
    """
    labels: dict[str, str] = {}
    for label in given:
        name, equals, value = label.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise BadInput(f"--label {label!r} is not name=value", code="bad_set", advice="Write --label team=growth.")
        labels[name.strip()] = value.strip()
    return labels


def _is_path(schema: Mapping[str, Any], name: str) -> bool:
    """Whether a field names a file or folder: whoever reads it may stand elsewhere."""
    return bool(schema.get("properties", {}).get(name, {}).get("format") == "path")


def _absolute(value: Any) -> Any:
    return str(Path(value).expanduser().absolute()) if isinstance(value, str) else value


def read_object(source: str) -> Json:
    """The JSON object that a file, or standard input (`-`), holds.

    Raises:
        BadInput: it cannot be read, or holds none.
    """
    where = "standard input" if source == "-" else source
    text = standard_input() if source == "-" else text_of(Path(source))
    value = _parsed(text, where)
    if not isinstance(value, dict):
        raise BadInput(f"{where} holds no JSON object", code="bad_json", advice='Give an object like {"key": "value"}.')
    return value


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if (rows := _json_lines(text)) is not None:
            return rows
        advice = "Give a JSON file. A file's text as one field: --set NAME=@FILE."
        raise BadInput(f"{where} is not JSON: {error}", code="bad_json", advice=advice) from error


def _json_lines(text: str) -> list[Any] | None:
    """The values of JSON Lines, one a line; None if it is none, or a single line."""
    rows = [row for _, row in json_lines(text)]
    return rows if len(rows) > 1 and not any(isinstance(row, BadInput) for row in rows) else None


def _kinds(schema: Mapping[str, Any], name: str) -> frozenset[str]:
    """The JSON types that a field takes; for arrays also their items' (`array of object`). Empty for an unknown field."""
    return frozenset(_types(schema, schema.get("properties", {}).get(name, {})))


def _types(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Iterable[str]:
    if reference := node.get("$ref"):
        node = schema["$defs"][reference.rpartition("/")[2]]
    for choice in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _types(schema, choice)
    if kind := node.get("type"):
        yield kind
        if kind == "array":
            yield from (f"array of {item}" for item in _types(schema, node.get("items", {})))


def _is_text(kinds: frozenset[str]) -> bool:
    return "string" in kinds and kinds <= {"string", "null"}


def _text(flow: Flow, name: str, raw: str) -> Any:
    """A text field's value: `@posting.txt` is what that file says.

    Raises:
        BadInput: that file cannot be read (`no_such_file`), or a file is named where its text is wanted (`bad_set`).
    """
    if raw.startswith("@"):
        return text_of(Path(raw[1:]).expanduser())
    registered, path = registrations().get(flow.pipeline), Path(raw)
    reads = registered is not None and name in registered.input_readers
    if (
        not reads
        and len(raw) < _LONGEST_PATH
        and path.suffix
        and not _is_path(flow.request.model_json_schema(), name)
        and path.is_file()
    ):
        raise BadInput(f"{name} is a text, and {raw} is a file", code="bad_set", advice=f"For what it says: --set {name}=@{raw}")
    return _value(raw, frozenset({"string", "null"}))


def _value(raw: str, kinds: frozenset[str]) -> Any:
    """`raw` as JSON if it is JSON, else the text; where only text is wanted, `1337` is text. Commas part a list's texts.

    Raises:
        BadInput: it begins as a list or an object where one is wanted, and is none (`bad_set`).
    """
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        if raw.lstrip().startswith(("[", "{")) and kinds & {"array", "object"} and "string" not in kinds:
            advice = 'Quote it for the shell: --set \'names=["one", "two"]\'. Texts of a list are parted by commas, too: --set names=one,two'
            raise BadInput(
                f"{shorten(raw, _SHOWN, placeholder='…')} is not JSON: {error}", code="bad_set", advice=advice
            ) from error
        value = raw
    if kinds and kinds <= {"string", "null"} and not isinstance(value, str | None):
        return raw
    if isinstance(value, str) and "array" in kinds and "string" not in kinds:
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def value_of(raw: str) -> Any:
    """What a `KEY=VALUE` without a schema says: JSON if it is JSON, else the text."""
    return _value(raw, frozenset())


def _with_files(flow: Flow, name: str, value: Any, kinds: frozenset[str]) -> Any:
    """`value`, with files read whose names stand where the schema wants objects."""
    if isinstance(value, str) and _is_text(kinds):
        return _named_file(flow, name, value)
    read = _reader(flow, name)
    if isinstance(value, str) and "object" in kinds and "string" not in kinds:
        return _file(value, read)
    if "array of object" in kinds and "string" not in kinds:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list):
            return [_file(item, read) if isinstance(item, str) else item for item in items]
    return value


def _named_file(flow: Flow, name: str, value: str) -> str:
    """A text field's value; where its pipeline reads files for it, what the named file holds."""
    registered = registrations().get(flow.pipeline)
    named = registered.input_readers.get(name) if registered else None
    path = Path(value).expanduser() if named and len(value) < _LONGEST_PATH else None
    if named is None or path is None or not path.is_file():
        return value
    return str(load(named)(bytes_of(path)))


def _reader(flow: Flow, name: str) -> Callable[[Any], Any] | None:
    """How a field's files are read, if its pipeline says how; else they are the field's own JSON."""
    registered = registrations().get(flow.pipeline)
    named = registered.input_readers.get(name) if registered else None
    if named is None:
        return None

    def read(data: Any) -> Any:
        made = load(named)(data)
        return made.model_dump(mode="json") if isinstance(made, BaseModel) else made

    return read


def _file(name: str, read: Callable[[Any], Any] | None) -> Any:
    """A file's data. What is no JSON, and does not claim to be, is its pipeline's business, if that reads the field's files."""
    path = Path(name).expanduser()
    text = text_of(path)
    if read is None:
        return _parsed(text, name)
    if path.suffix.lower() in JSON_ENDINGS or text.lstrip().startswith(("{", "[")):
        return read(_parsed(text, name))
    return read(text)
