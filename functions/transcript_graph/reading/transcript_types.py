"""The Transcript type that every format is read into: one text with its speakers' turns and their times."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNKNOWN = re.compile(
    r"(?:unknown|unidentified|unnamed|inaudible|speaker|participant|guest|host|voice|person|\?)[ _#-]{0,3}[\dA-Z]{0,3}\??",
    re.IGNORECASE,
)
MOST_CHARACTERS = 8_000_000
"""Of one transcript: some 1,500 hours of speech."""


@dataclass(frozen=True, slots=True)
class Said:
    """One stretch of speech as a format gives it. `start` and `end` in seconds."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: characters `at` to `upto` of the transcript's text. `doubtful`: the speaker is not sure."""

    at: int
    upto: int
    speaker: str = ""
    doubtful: bool = False
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript: its text is its turns' words, a line each. `date` is as written, ISO where it could be told."""

    text: str
    turns: tuple[Turn, ...]
    title: str = ""
    date: str = ""


def is_nobody(speaker: str) -> bool:
    """Whether a label names no person: `Speaker 2`, `Unknown`."""
    return _UNKNOWN.fullmatch(speaker.strip()) is not None


def assembled(said: Iterable[Said], title: str = "", date: str = "") -> Transcript:
    """The transcript of stretches in order; those without words are left out."""
    parts: list[str] = []
    turns: list[Turn] = []
    at = 0
    for one in said:
        words = " ".join(one.text.split())
        if not words:
            continue
        doubtful = one.doubtful or (bool(one.speaker) and is_nobody(one.speaker))
        turns.append(Turn(at, at + len(words), one.speaker.strip()[:100], doubtful, one.start, one.end))
        parts.append(words)
        at += len(words) + 1
    return Transcript("\n".join(parts), tuple(turns), title.strip()[:300], date.strip()[:40])


def seconds_of(stamp: str) -> float | None:
    """`1:02:03.5`, `04:07`, `00:01:02,500` in seconds; None for anything else."""
    parts = stamp.strip().replace(",", ".").split(":")
    if not 2 <= len(parts) <= 3:  # noqa: PLR2004 - minutes and seconds, perhaps hours
        return None
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if any(not 0 <= number < math.inf for number in numbers):
        return None
    total = 0.0
    for number in numbers:
        total = total * 60 + number
    return total
