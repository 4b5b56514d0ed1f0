"""Preparation packs, one text file per kind of job: rounds, week plan, review, questions; read, and chosen by the job title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("packs")
GENERAL = "general"
DAYS = 7
LONGEST_TITLE = 200
"""Characters of a title that are looked at."""
SHORT = 4
"""Letters up to which a word of a title has to be a whole one: `it`, `hr`, `spa`, `cook`."""
FIRST_IDEOGRAPH = "\u3040"
_ASIDE = re.compile(r"\s[-–—|:]\s|\s?[(\[]|,\s| - ")


@dataclass(frozen=True)
class Pack:
    """A kind of job. `postings`: words of titles that are too usual in reports to tell a kind there; `plan`: aim and tasks of each day; `review`: subjects with what to be able to do; `questions`: with a strong and a weak answer and, where it is not `behavioural`, the round."""

    key: str
    kind: str
    titles: tuple[str, ...]
    postings: tuple[str, ...]
    rounds: tuple[str, ...]
    plan: tuple[tuple[str, ...], ...]
    review: tuple[tuple[str, ...], ...]
    questions: tuple[tuple[str, ...], ...] = ()


@cache
def packs() -> tuple[Pack, ...]:
    """All packs, by their files' names."""
    return tuple(read_pack(file.stem, file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.txt")))


def read_pack(key: str, text: str) -> Pack:
    """A pack from its text.

    Raises:
        ValueError: a line is missing, or the plan has not seven days.
    """
    head, *parts = re.split(r"^\[(\w+)\]\n", text, flags=re.MULTILINE)
    named = dict(zip(parts[::2], parts[1::2], strict=True))
    fields = {name.strip(): value for name, _, value in (row.partition(":") for row in _rows(head))}
    pack = Pack(
        key=key,
        kind=fields["kind"].strip(),
        titles=tuple(word.casefold() for word in _cells(fields["titles"])),
        postings=tuple(word.casefold() for word in _cells(fields.get("postings", ""))),
        rounds=_cells(fields["rounds"]),
        plan=tuple(map(_cells, _rows(named["plan"]))),
        review=tuple(map(_cells, _rows(named["review"]))),
        questions=tuple(map(_cells, _rows(named.get("questions", "")))),
    )
    if len(pack.plan) != DAYS:
        raise ValueError(f"the pack {key} has {len(pack.plan)} days instead of {DAYS}")
    return pack


@lru_cache(maxsize=1024)
def pack_for(title: str) -> Pack:
    """The pack that a title's words name: the longest word wins, in what stands before a dash or a bracket first; the general one where none does."""
    bare = title[:LONGEST_TITLE].casefold()
    head = _ASIDE.split(bare, maxsplit=1)[0]
    return _named_by(head) or _named_by(bare) or next(pack for pack in packs() if pack.key == GENERAL)


def _named_by(text: str) -> Pack | None:
    found = [(len(word), pack.key, pack) for word, pack in _words() if word in text and _begins_a_word(word, text)]
    return max(found)[2] if found else None


@cache
def _words() -> tuple[tuple[str, Pack], ...]:
    return tuple((word, pack) for pack in packs() for word in (*pack.titles, *pack.postings))


def _begins_a_word(word: str, text: str) -> bool:
    """Whether a word stands where one begins; a short one of Latin letters has to be a whole one. Scripts without blanks have no such place."""
    if not word.isascii() and any(char >= FIRST_IDEOGRAPH for char in word):
        return True
    end = r"(?!\w)" if len(word) <= SHORT and word.isascii() else ""
    return re.search(rf"(?<!\w){re.escape(word)}{end}", text) is not None


def _rows(text: str) -> list[str]:
    return [row for row in map(str.strip, text.splitlines()) if row and not row.startswith("#")]


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell for cell in map(str.strip, row.split("|")) if cell)
