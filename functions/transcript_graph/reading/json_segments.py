"""JSON as transcription tools write it: segments with text, speaker and times, or one text with its fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from functions.transcript_graph.reading.text_and_markdown import read_plain
from functions.transcript_graph.reading.transcript_types import Said, Transcript, assembled, seconds_of
from shared.errors import BadInput
from shared.records.table_files import json_lines

LISTS = (
    "segments",
    "utterances",
    "turns",
    "transcript",
    "transcripts",
    "monologues",
    "results",
    "items",
    "messages",
    "paragraphs",
    "sentences",
    "channels",
    "data",
)
TEXTS = ("text", "content", "transcript", "sentence", "utterance", "body", "message", "value", "punctuated_word")
SPEAKERS = ("speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "name", "role", "author")
STARTS = ("start", "start_time", "startTime", "begin", "from", "timestamp", "time", "offset", "ts")
ENDS = ("end", "end_time", "endTime", "to", "finish")
MILLISECONDS = ("_ms", "Ms", "_millis", "Millis")
_DEPTH = 6
_SLOWEST = 3.0
"""Seconds of speech per character that nobody takes: whole numbers that come to more are milliseconds."""


def read_segments(text: str) -> Transcript:
    """A transcript from JSON.

    Raises:
        BadInput: it is not JSON (`broken_transcript`), or no text is found in it.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if (lines := _lines(text)) is not None:
            return of_value(lines)
        raise BadInput("it is not JSON", code="broken_transcript", advice="Save it again from the tool that made it.") from error
    return of_value(value)


def of_value(value: Any) -> Transcript:
    """The same from a parsed value.

    Raises:
        BadInput: no text is found in it (`broken_transcript`).
    """
    fields = value if isinstance(value, dict) else {}
    title, date = (_text(fields, (name, f"episode_{name}")) for name in ("title", "date"))
    said = list(_said(value, 0))
    if not said and (whole := _text(fields, TEXTS) or _lines_in(value)):
        plain = read_plain(whole)
        return Transcript(plain.text, plain.turns, title or plain.title, date or plain.date)
    if not said:
        raise BadInput("it holds no text", code="broken_transcript", advice="Give segments with `text`, or one field `text`.")
    return assembled(_in_seconds(said), title, date)


def _lines(text: str) -> list[Any] | None:
    """JSON Lines: a value per line; None if it is no such thing."""
    rows = []
    for _, row in json_lines(text):
        if isinstance(row, BadInput):
            return None
        rows.append(row)
    return rows if len(rows) > 1 else None


def _lines_in(value: Any) -> str:
    """The lines of a list of lines, which may be a field's: `["Ada: Hello", …]`."""
    lists = [value] if isinstance(value, list) else [value.get(name) for name in LISTS] if isinstance(value, dict) else []
    whole = next(
        (found for found in lists if isinstance(found, list) and found and all(isinstance(one, str) for one in found)), []
    )
    return "\n".join(whole)


def _in_seconds(said: list[Said]) -> list[Said]:
    """The same; times that only milliseconds can be are told by how slow the speech would be."""
    timed = [one for one in said if one.start is not None and one.end is not None]
    taken = sum((one.end or 0.0) - (one.start or 0.0) for one in timed)
    whole = all(float(time or 0.0).is_integer() for one in timed for time in (one.start, one.end))
    if not timed or not whole or taken < _SLOWEST * sum(len(one.text) for one in timed):
        return said
    return [replace(one, start=_thousandth(one.start), end=_thousandth(one.end)) for one in said]


def _thousandth(time: float | None) -> float | None:
    return None if time is None else time / 1000


def _said(value: Any, depth: int) -> Iterator[Said]:
    """The segments of the first list of objects with text."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        for name in LISTS:
            found = list(_said(value.get(name), depth + 1)) if isinstance(value.get(name), list | dict) else []
            if found:
                yield from found
                return
    if isinstance(value, list):
        for one in value:
            if isinstance(one, Mapping) and (words := _text(one, TEXTS) or _alternative(one) or _joined(one)):
                yield Said(words, _text(one, SPEAKERS), _seconds(one, STARTS), _seconds(one, ENDS))
            elif isinstance(one, Mapping) and any(isinstance(one.get(name), list) for name in LISTS):
                speaker = _text(one, SPEAKERS)
                yield from (Said(each.text, each.speaker or speaker, each.start, each.end) for each in _said(one, depth + 1))


def _alternative(fields: Mapping[str, Any]) -> str:
    """What was recognised most likely, as Google and Deepgram have it: the first of `alternatives`."""
    found = fields.get("alternatives")
    first = found[0] if isinstance(found, list) and found else None
    return _text(first, TEXTS) if isinstance(first, Mapping) else ""


def _joined(fields: Mapping[str, Any]) -> str:
    """Words and signs in order, as Rev.ai has them: the values of `elements`."""
    found = fields.get("elements")
    values = (one.get("value") for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()
    return "".join(value for value in values if isinstance(value, str))


def _text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of the fields that holds words; a number (a speaker's) as text, a named object by its name."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool) and name in SPEAKERS:
            return f"Speaker {value}"
    return ""


def _seconds(fields: Mapping[str, Any], names: tuple[str, ...]) -> float | None:
    for name in names:
        for key in (name, *(name + unit for unit in MILLISECONDS)):
            value = fields.get(key)
            if isinstance(value, str):
                value = seconds_of(value) if ":" in value else _number(value)
            if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12:  # noqa: PLR2004 - no time of day in ms
                return value / 1000 if key != name else float(value)
    return None


def _number(text: str) -> float | None:
    try:
        return float(text.strip().removesuffix("s"))
    except ValueError:
        return None
