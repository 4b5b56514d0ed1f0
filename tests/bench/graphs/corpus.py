"""Invented transcripts: as many chunks as are asked for, with names and relations that a simulated model can find by one pattern."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.transcripts.planted import mentions

CHUNKS_PER_TRANSCRIPT = 59
SENTENCES = 1260
"""Of a transcript: 59 chunks of 400 tokens."""
KNOWS = re.compile(r"([A-Z]\w+ [A-Z]\w+) works for ([A-Z]\w+ [A-Z]\w+)")
_WORDS = [
    "the",
    "engine",
    "was",
    "built",
    "by",
    "hand",
    "over",
    "many",
    "winters",
    "and",
    "nobody",
    "who",
    "saw",
    "it",
    "thought",
    "that",
    "it",
    "would",
    "run",
    "before",
    "the",
    "river",
    "rose",
    "again",
    "in",
    "spring",
    "when",
    "the",
    "mill",
    "stood",
    "still",
    "and",
    "people",
    "of",
    "the",
    "valley",
    "came",
    "to",
    "look",
    "at",
    "what",
    "they",
    "had",
    "paid",
    "for",
    "with",
    "their",
    "own",
    "savings",
    "while",
    "others",
    "laughed",
    "about",
    "it",
    "in",
    "the",
    "evening",
]


def write(folder: Path, transcripts: int, seed: int = 1) -> None:
    """So many transcripts as Markdown."""
    for number, text in enumerate(talks(transcripts, seed)):
        (folder / f"talk-{number:04}.md").write_text(text)


def talks(transcripts: int, seed: int = 1) -> Iterator[str]:
    """The texts of so many."""
    dice = random.Random(seed)
    people = [
        one.name
        for one in mentions(4_000, seed, 2_500)
        if one.type == "Person" and len(one.name.split()) == 2 and one.name.istitle()
    ]
    firms = [
        one.name
        for one in mentions(4_000, seed + 1, 900)
        if one.type == "Organization" and len(one.name.split()) == 2 and one.name.istitle()
    ]
    for _ in range(transcripts):
        lines = []
        speakers = dice.sample(people, 2)
        for at in range(SENTENCES // 6):
            said = [f"{dice.choice(people)} works for {dice.choice(firms)} since {1900 + dice.randrange(120)}."]
            said += [f"{' '.join(dice.choices(_WORDS, k=dice.randint(10, 18)))}.".capitalize() for _ in range(5)]
            lines.append(f"**{speakers[at % 2]}:** {' '.join(said)}")
        yield "\n\n".join(lines)


def found_in(text: str) -> dict[str, list[dict[str, str]]]:
    """What a model finds in a chunk."""
    pairs = [(one[1], one[2], one[0]) for one in KNOWS.finditer(text)]
    entities = {person: "Person" for person, _, _ in pairs} | {firm: "Organization" for _, firm, _ in pairs}
    return {
        "entities": [{"name": name, "type": kind, "description": ""} for name, kind in entities.items()],
        "relations": [{"source": person, "type": "works_for", "target": firm, "quote": quote} for person, firm, quote in pairs],
    }
