"""JSON as transcription tools write it: segments with text, speaker and times, or one text with its fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from functions.transcript_graph.reading.text_and_markdown import read_plain
from functions.transcript_graph.reading.transcript_types import Said, Transcript, assembled, seconds_of
from shared.errors import BadInput

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
    "data",
)
TEXTS = ("text", "content", "transcript", "sentence", "utterance", "body", "message", "value", "punctuated_word")
SPEAKERS = ("speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "name", "role", "author")
STARTS = ("start", "start_time", "startTime", "begin", "from", "timestamp", "time", "offset", "ts")
ENDS = ("end", "end_time", "endTime", "to", "finish")
MILLISECONDS = ("_ms", "Ms", "_millis", "Millis")
_DEPTH = 6


def read_segments(text: str) -> Transcript:
    """A transcript from JSON.

    Raises:
        BadInput: it is not JSON (`broken_transcript`), or no text is found in it.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
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
    if not said and (whole := _text(fields, TEXTS)):
        plain = read_plain(whole)
        return Transcript(plain.text, plain.turns, title or plain.title, date or plain.date)
    if not said:
        raise BadInput("it holds no text", code="broken_transcript", advice="Give segments with `text`, or one field `text`.")
    return assembled(said, title, date)


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
            if isinstance(one, Mapping) and (words := _text(one, TEXTS)):
                yield Said(words, _text(one, SPEAKERS), _seconds(one, STARTS), _seconds(one, ENDS))
            elif isinstance(one, Mapping) and any(isinstance(one.get(name), list) for name in LISTS):
                speaker = _text(one, SPEAKERS)
                yield from (Said(each.text, each.speaker or speaker, each.start, each.end) for each in _said(one, depth + 1))


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
