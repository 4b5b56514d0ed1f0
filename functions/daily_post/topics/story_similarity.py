"""Whether two tellings are of one story, though their words differ.

Companies in the same trade have the same kind of news, and one company has many kinds: so names alone prove nothing, and neither do
words. Two tellings are alike

    by meaning   cosine >= 0.75                       and they share a name, or one of them has none
    by words     overlap >= 0.50                      and the same
    by figures   cosine >= 0.60 or overlap >= 0.25    and they share a name, and most figures with what they count

Where both have numbers and none in common, much more is asked for. Two tellings without spaces between words are of two stories if each
is about somebody of whom the other says nothing. An n-gram in common (see `names`) may be anything, and counts as a name only if the
numbers of the two do not all differ.
Measured on sixty days of the sample feeds (287 pairs of one story, 187,000 of two; tests/bench/posts/topics.py): none of the first missed,
with embeddings and without, 53 of the others taken for one.
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

from functions.daily_post.topics.entity_names import organisations, shared

MEANING, WORDS = 0.75, 0.50
MEANING_WITH_FIGURE, WORDS_WITH_FIGURE, MOST_FIGURES = 0.60, 0.25, 0.5
MEANING_APART, WORDS_APART = 0.88, 0.65
"""Where both have figures and none in common: the same kind of news of two companies reads alike but for these."""
FEWEST_WORDS = 6
"""Words below which an overlap says nothing: a topic of two words is in every story about them."""
STEM = 6
"""Letters of a word that count: `payout`, `payouts`; `announced`, `announces`."""

_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
LONGEST_SUBJECT = 8
_SAME_UNIT = {"名": "人", "位": "人", "間": "家", "间": "家", "個": "个", "億": "亿", "萬": "万", "點": "点", "塊": "元"}
_PERCENT = re.compile(r"百分之\s?(\d{1,9}(?:\.\d{1,4})?)|(\d{1,9}(?:\.\d{1,4})?)\s?(?:%|個百分點|个百分点)")
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
    """Numbers with what they count: `16 claims`, `16項`."""
    names: tuple[str, ...]
    vector: Sequence[float] = ()
    subjects: frozenset[str] = frozenset()
    """Chinese, Japanese and Korean words that begin a clause and come again: whom it is about, mostly."""


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
    plain = _PERCENT.sub(r" \g<1>\g<2> percent ", unicodedata.normalize("NFKC", text).casefold())
    words, figures, runs = set[str](), set[str](), _RUN.findall(plain)
    for at, run in enumerate(runs):
        if _CJK.match(run):
            words.update(_pairs(run))
        elif run.isdecimal():
            words.add(run)
            figures.update({f"{run} {_counted(runs[at + 1 : at + 4])}"} if not _YEAR.fullmatch(run) else ())
        elif run not in _EMPTY:
            words.add(run[:STEM])
    return Telling(frozenset(words), frozenset(figures), names, vector, _subjects(plain))


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(max(1, len(run) - 1))]


def _counted(after: Sequence[str]) -> str:
    """What a number counts: the next word that says something."""
    word = next((run for run in after if _CJK.match(run) or run not in _EMPTY), "")
    return _SAME_UNIT.get(word[:1], word[:1]) if _CJK.match(word) else word[:STEM]


def _subjects(text: str) -> frozenset[str]:
    """Organisations by their names' endings; without any, of each run without spaces the longest beginning that stands elsewhere too."""
    if named := frozenset(organisations(text)):
        return named
    found = set[str]()
    for match in _CJK_RUN.finditer(text):
        run = match[0]
        for end in range(min(LONGEST_SUBJECT, len(run)), 1, -1):
            if text.count(run[:end]) > 1:
                found.add(run[:end])
                break
    return frozenset(found)


def likeness(one: Telling, other: Telling) -> Likeness:
    """How much alike they are."""
    fewer = min(len(one.words), len(other.words))
    words = len(one.words & other.words) / fewer if fewer >= FEWEST_WORDS else 0.0
    common = shared(one.names, other.names)
    name = any(not _CJK.match(name) for name in common) or (bool(common) and not _contradict(one, other))
    may = (name or not one.names or not other.names) and not _of_others(one, other)
    meaning = cosine(one.vector, other.vector) if may else 0.0
    by_figure = (
        name
        and _share(one.figures, other.figures) > MOST_FIGURES
        and (meaning >= MEANING_WITH_FIGURE or words >= WORDS_WITH_FIGURE)
    )
    apart = _contradict(one, other)
    near = meaning >= (MEANING_APART if apart else MEANING) or words >= (WORDS_APART if apart else WORDS)
    return Likeness(may and (by_figure or near), meaning, words)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Of the fewer, how many the other has as well."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _contradict(one: Telling, other: Telling) -> bool:
    """Both have figures, and no number in common."""
    first, second = ({figure.partition(" ")[0] for figure in told.figures} for told in (one, other))
    return bool(first and second) and not first & second


def _of_others(one: Telling, other: Telling) -> bool:
    """Whether each is about somebody of whom the other says nothing at all."""
    return _unheard(one, other) and _unheard(other, one)


def _unheard(one: Telling, other: Telling) -> bool:
    return bool(one.subjects) and not any(other.words.issuperset(_pairs(subject)) for subject in one.subjects)


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
