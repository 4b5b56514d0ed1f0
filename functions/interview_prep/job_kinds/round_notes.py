"""What a round is, what is usually judged in it, and one thing to do before it: lines of text that anybody can add to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from functions.interview_prep.job_kinds.preparation_packs import rows_of_pack
from functions.interview_prep.job_kinds.word_beginnings import beginnings
from functions.interview_prep.round_kinds import ROUND_NAMES
from functions.interview_prep.stage_messages import RoundKind

FILE = Path(__file__).with_name("round_notes.txt")
CELLS = 4


@dataclass(frozen=True, slots=True)
class RoundNote:
    """`is_what`: what happens in it, empty where its kind's name says so; `judged`, `before`: what is usually scored, and how to get ready."""

    names: re.Pattern[str] | None
    kind: str
    is_what: str
    judged: str
    before: str


@cache
def round_notes() -> tuple[RoundNote, ...]:
    """All notes: those of rounds with a name of their own first."""
    return tuple(map(_note, rows_of_pack(FILE.read_text("utf-8"))))


def _note(row: str) -> RoundNote:
    cells = [cell.strip() for cell in row.split("|")]
    if len(cells) != CELLS:
        raise ValueError(f"a round's note has {len(cells)} cells instead of {CELLS}: {row[:60]}")
    names, is_what, judged, before = cells
    kind = names if names in ROUND_NAMES else ""
    return RoundNote(None if kind else beginnings(names.split(",")), kind, is_what.strip("-"), judged, before)


def note_named(name: str) -> RoundNote | None:
    """The note of a round that has a name of its own (`District interview`)."""
    return next((note for note in round_notes() if note.names and note.names.search(name)), None)


def note_for(name: str, kind: RoundKind) -> RoundNote | None:
    """The same, else the one of its kind."""
    return note_named(name) or next((note for note in round_notes() if note.kind == kind), None)
