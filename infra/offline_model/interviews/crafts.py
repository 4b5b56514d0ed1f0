"""Sides of work that postings ask for, as each language tells of them (`languages/*/crafts.json`)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from infra.offline_model.interviews.wording import FOLDER, language

FOR_ANY_JOB = ("own", "lead", "team", "customer")
"""Keys of the crafts that interviews ask about whatever the posting says."""
WITH_PEOPLE = ("service", "customer", "team", "lead", "own")
"""The same, in the order in which jobs with guests, patients and pupils have them."""


@dataclass(frozen=True, slots=True)
class Craft:
    """A side of work that postings ask for: what it means, how it is probed, and what to prepare. General knowledge."""

    key: str
    words: re.Pattern[str]
    theme: str
    means: str
    proof: tuple[str, ...]
    ask: tuple[tuple[str, ...], ...]
    """Question, kind of round, what a strong answer has, and, where nothing else tells it, what a weak one does."""
    story: tuple[str, str, str]
    listen: str
    measure: str
    situation: str
    task: str
    any_trade: bool
    """Whether people of any trade have it, not only those of software and data."""


def crafts() -> tuple[Craft, ...]:
    """All sides of work that are known in the language that is written in."""
    return _crafts(FOLDER / language() / "crafts.json")


@cache
def _crafts(file: Path) -> tuple[Craft, ...]:
    entries = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Craft(e["key"], re.compile(rf"\b(?:{e['words']})", re.IGNORECASE), e["theme"], e["means"], tuple(e["proof"]),
              tuple((q, r, a, *weak) for q, r, a, *weak in e["ask"]), (e["story"][0], e["story"][1], e["story"][2]),
              e["listen"], e["measure"], e["situation"], e["task"], e["any_trade"])
        for e in entries
    )  # fmt: skip


def crafts_of(text: str) -> list[Craft]:
    """The sides of work that a line speaks of."""
    return [craft for craft in crafts() if craft.words.search(text)]
