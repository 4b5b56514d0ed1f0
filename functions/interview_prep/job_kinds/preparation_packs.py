"""Preparation packs, one text file per kind of job: rounds, week plan, review, questions; read, and chosen by the job title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    head, named = _parts(text)
    fields = {name.strip(): value for name, _, value in (row.partition(":") for row in rows_of_pack(head))}
    plan, review, questions = _written(key, named)
    return Pack(
        key=key,
        kind=fields["kind"].strip(),
        titles=tuple(word.casefold() for word in _cells(fields["titles"])),
        postings=tuple(word.casefold() for word in _cells(fields.get("postings", ""))),
        rounds=_cells(fields["rounds"]),
        plan=plan,
        review=review,
        questions=questions,
    )


def _parts(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the parts of a pack, and the parts by their names."""
    head, *parts = re.split(r"^\[(\w+)\]\n", text, flags=re.MULTILINE)
    return head, dict(zip(parts[::2], parts[1::2], strict=True))


def _written(key: str, named: Mapping[str, str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Plan, subjects and questions: what each language writes anew."""
    plan, review, questions = (tuple(map(_cells, rows_of_pack(named.get(part, "")))) for part in ("plan", "review", "questions"))
    if len(plan) != DAYS:
        raise ValueError(f"the pack {key} has {len(plan)} days instead of {DAYS}")
    return plan, review, questions


def pack_in(language: str, title: str) -> Pack:
    """`pack_for`, its plan, subjects and questions in a language (its tag); the language's general ones where it has none of the kind."""
    pack = pack_for(title)
    if language not in languages():
        return pack
    files = (FOLDER / language / f"{key}.txt" for key in (pack.key, GENERAL))
    return _in_words_of(next(file for file in files if file.is_file()), pack)


@cache
def languages() -> frozenset[str]:
    """The languages that have packs of their own."""
    return frozenset(file.parent.name for file in FOLDER.glob(f"*/{GENERAL}.txt"))


@lru_cache(maxsize=256)
def _in_words_of(file: Path, pack: Pack) -> Pack:
    plan, review, questions = _written(file.stem, _parts(file.read_text("utf-8"))[1])
    return replace(pack, plan=plan, review=review, questions=questions)


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


def rows_of_pack(text: str) -> list[str]:
    """The rows of a file of packs: what stands on a line, without comments."""
    return [row for row in map(str.strip, text.splitlines()) if row and not row.startswith("#")]


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell for cell in map(str.strip, row.split("|")) if cell)
