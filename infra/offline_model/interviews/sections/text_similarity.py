"""How much two short texts speak of the same: rare words that they share, and kinds of situations that both name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from infra.offline_model.interviews.wording import in_english
from infra.offline_model.word_vectors.word_table import word_table

FILE = Path(__file__).parents[1] / "answers.txt"
ANY = "any"
SAME_SITUATION = 1.2
"""What it counts that two texts name the same kind of situation: as much as two rather rare words."""
MORE_OF_IT = 0.2
"""What each further word of that situation counts, in the second text."""
ENOUGH, ENOUGH_FOR_PROOF = 1.2, 0.8
"""From which two texts speak of the same; and from which a line of a CV shows what a requirement asks."""
STEM, LONG_WORD = 6, 0.8
"""Letters by which long words of other languages than English are known as one; what each shared one counts."""
_ANY = frozenset(
    "tell about time when your that what with have been were would which from this they where work worked working experience years year team role company strong good most "  # noqa: SIM905
    "another other like them into more than over also able other using used make made take taken give given first last each between under after before every and the for not you how was are "
    "did does had has our who can one two their than then much many well week day days new own all any its own part able want need needs help".split()
)


@dataclass(frozen=True)
class Outline:
    """A kind of situation: how a question names it, the trades it is of, what a strong answer has, what a weak one does."""

    words: re.Pattern[str]
    trades: frozenset[str]
    strong: str
    weak: str


@cache
def outlines() -> tuple[Outline, ...]:
    """All kinds of situations, the most special first."""
    found, trades = [], frozenset({ANY})
    for row in FILE.read_text("utf-8").splitlines():
        if row.startswith("["):
            trades = frozenset(row.strip("[]").split())
        elif row.strip() and not row.startswith("#"):
            words, strong, weak = row.split(" | ")
            pattern = re.compile(rf"\b(?:{words.strip()})", re.IGNORECASE)
            found.append(Outline(pattern, trades, strong.strip(), weak.strip()))
    return tuple(found)


def outline_for(question: str, trade: str) -> tuple[str, str]:
    """What a strong and a weak answer to a question has in a trade; empty where no kind of situation is known, and in other languages than English."""
    if not in_english():
        return "", ""
    fitting = (one for one in outlines() if one.trades & {trade, ANY} and one.words.search(question))
    return next(((one.strong, one.weak) for one in fitting), ("", ""))


def likeness(one: str, other: str, without: frozenset[str] = frozenset()) -> float:
    """The rarity of the words that two texts share (but for those `without`), more where both name one kind of situation."""
    mine, theirs = stems(one), stems(other)
    shared = sum(mine[stem] for stem in (mine.keys() & theirs.keys()) - without)
    both = situations(one).keys() & (told := situations(other)).keys()
    return shared + sum(SAME_SITUATION + MORE_OF_IT * (told[at] - 1) for at in both)


@lru_cache(maxsize=2048)
def situations(text: str) -> dict[int, int]:
    """The kinds of situations that a text names, each with the number of different words that name it."""
    named = {at: {found[0].lower() for found in one.words.finditer(text)} for at, one in enumerate(outlines())}
    return {at: len(words) for at, words in named.items() if words}


def stems(text: str) -> dict[str, float]:
    """The words that tell something, without their endings, with how rare each is (0..1); a name in capitals counts whole."""
    if in_english():
        return _english_stems(text)
    return {word[:STEM].lower(): LONG_WORD for word in re.findall(rf"[^\W\d_]{{{STEM},}}", text)}


_IRREGULAR = {
    "bent": "bend", "led": "lead", "wrote": "writ", "written": "writ", "built": "build", "taught": "teach", "sold": "sell", "ran": "run",
    "held": "hold", "kept": "keep", "won": "win", "drove": "driv", "driven": "driv", "fed": "feed", "dealt": "deal", "bought": "buy",
    "grew": "grow", "grown": "grow", "drew": "draw", "drawn": "draw", "fought": "fight", "spoke": "speak", "spoken": "speak",
}  # fmt: skip
"""Verbs whose past is another word, with the stem of what they are."""


@lru_cache(maxsize=2048)
def _english_stems(text: str) -> dict[str, float]:
    table = word_table()
    found: dict[str, float] = {}
    for word in re.findall(r"[^\W\d_][\w+#]*", text):
        low = word.lower()
        if low in _ANY or len(low) < 3:  # noqa: PLR2004 - "to", "of"
            continue
        stem = _IRREGULAR.get(low) or re.sub(r"(?<=\w{4})(?:ations?|ing|ed|es|s)$", "", low)
        found[stem] = max(found.get(stem, 0.0), 1.0 if word.isupper() else table.weight(low))
    return found
