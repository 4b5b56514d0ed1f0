"""Whether two tellings are of one story, though their words differ.

Companies in the same trade have the same kind of news, and one company has many kinds: so names alone prove nothing, and neither do
words. Two tellings are alike

    by meaning   cosine >= 0.75                       and they share a name, or one of them has none
    by words     overlap >= 0.45                      and the same
    by figures   cosine >= 0.60 or overlap >= 0.25    and they share a name and a figure

An n-gram in common (see `names`) may be anything, and counts as a name only if the figures of the two do not all differ.
Overlap is the share of the shorter one's words that the longer one has as well; pairs of characters where there are no spaces.
Meaning is known only if the model for embeddings answered; the other two need none.
"""

from __future__ import annotations

import base64
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from functions.daily_post.topics.entity_names import shared

MEANING, WORDS = 0.75, 0.45
MEANING_WITH_FIGURE, WORDS_WITH_FIGURE = 0.60, 0.25
FEWEST_WORDS = 6
"""Words below which an overlap says nothing: a topic of two words is in every story about them."""
STEM = 6
"""Letters of a word that count: `payout`, `payouts`; `announced`, `announces`."""

_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EMPTY = frozenset(
    """a about after all also an and are as at be been but by can did do does for from had has have he her his how if in into is it its
    more no not now of on or our out over said says she so than that the their them then there these they this to up was we were
    what when which who why will with would you your""".split()  # noqa: SIM905 - as read
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of a story. `vector` is empty where there is no embedding."""

    words: frozenset[str]
    figures: frozenset[str]
    names: tuple[str, ...]
    vector: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much alike two tellings are, 0 to 1 by each measure, and whether that makes them one story."""

    alike: bool
    meaning: float
    words: float

    @property
    def most(self) -> float:
        return max(self.meaning, self.words)

    def __str__(self) -> str:
        by = [f"{self.meaning:.2f} in meaning"] if self.meaning else []
        return " and ".join([*by, f"{self.words:.2f} in words"])


def telling(text: str, names: tuple[str, ...], vector: Sequence[float] = ()) -> Telling:
    """A text as it is compared."""
    words, figures = set[str](), set[str]()
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if _CJK.match(run):
            words.update(run[start : start + 2] for start in range(max(1, len(run) - 1)))
        elif run.isdecimal():
            words.add(run)
            figures.update({run} if not _YEAR.fullmatch(run) else ())
        elif run not in _EMPTY:
            words.add(run[:STEM])
    return Telling(frozenset(words), frozenset(figures), names, vector)


def likeness(one: Telling, other: Telling) -> Likeness:
    """How much alike they are."""
    fewer = min(len(one.words), len(other.words))
    words = len(one.words & other.words) / fewer if fewer >= FEWEST_WORDS else 0.0
    common = shared(one.names, other.names)
    name = any(not _CJK.match(name) for name in common) or (bool(common) and not _contradict(one, other))
    may = name or not one.names or not other.names
    meaning = cosine(one.vector, other.vector) if may else 0.0
    by_figure = name and bool(one.figures & other.figures) and (meaning >= MEANING_WITH_FIGURE or words >= WORDS_WITH_FIGURE)
    return Likeness(by_figure or (may and (meaning >= MEANING or words >= WORDS)), meaning, words)


def _contradict(one: Telling, other: Telling) -> bool:
    """Both have figures, and none in common."""
    return bool(one.figures and other.figures) and not one.figures & other.figures


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of two unit vectors, not below 0; 0 for vectors of different models."""
    return max(0.0, sum(map(mul, one, other))) if one and len(one) == len(other) else 0.0


def packed(vector: Sequence[float]) -> str:
    """A vector as text: half precision is plenty for a comparison."""
    return base64.b64encode(struct.pack(f"<{len(vector)}e", *vector)).decode()


def unpacked(text: str) -> tuple[float, ...]:
    """What `packed` made."""
    raw = base64.b64decode(text)
    return struct.unpack(f"<{len(raw) // 2}e", raw)
