"""The Transcript type that every format is read into: one text with its speakers' turns and their times."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_UNKNOWN = re.compile(
    r"(?:(?:unknown|unidentified|unnamed|inaudible|unbekannte[rs]?|desconocid[oa]|inconnue?)[ _#-]{0,3})?"
    r"(?:speaker|spk|participant|guest|host|co-?host|voice|person|moderator|interviewer|interviewee|narrator|audience|caller|q|a|question|answer|"
    r"sprecher(?:in)?|moderatorin|gast|teilnehmer(?:in)?|hablante|locutora?|presentadora?|entrevistadora?|invitad[oa]|participante|"
    r"intervenante?|orateur|oratrice|animateur|animatrice|invitée?|"
    r"主持人|主持|來賓|来宾|嘉賓|嘉宾|訪客|講者|讲者|說話人|说话人|發言人|发言人|與會者|与会者|記者|记者|問|问|答|司会|話者|ゲスト|진행자|화자|\?)?"
    r"[ _#-]{0,3}[\dA-Z]{0,3}\??",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-Za-z]{2,3}")
"""`Ada`, `Bo`: what is left of the above where no word of it stands."""
_ABBREVIATED = frozenset(
    (
        "dr", "dra", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "srta", "sen", "gov", "rep", "gen", "col", "capt", "lt", "sgt", "rev", "hon", "st",
        "jr", "ing", "lic", "mag", "dipl", "hr", "fr", "mme", "mlle", "ph.d", "m.d",
    )
)  # fmt: skip
"""Words that a name may have with a point behind; single letters beside."""
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
    plain = speaker.strip()
    return len(plain) == 1 or (_UNKNOWN.fullmatch(plain) is not None and not _SHORT.fullmatch(plain))


def ends_a_sentence(name: str) -> bool:
    """Whether a point in it is no abbreviation's: `Dr. Smith`, `J.R. Hale`, `Ada Byron, Ph.D.` are names, `It was so. Then` is none."""
    return any("." in word and not _is_abbreviated(word) for word in name.split())


def _is_abbreviated(word: str) -> bool:
    plain = word.strip("().").lower()
    return plain in _ABBREVIATED or all(len(part) <= 1 for part in plain.split("."))


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
