"""Names spelt a little differently: candidates by rare runs of three letters, then edit distance.

How rare a run is goes by a fixed table of letters, not by the names at hand: a name's blocks are the same in every graph, so what
is found does not depend on the order in which names come.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from functions.transcript_graph.resolution.name_forms import GIVEN, Kind

LETTERS = " etaoinsrhldcumfpgwybvkxjqz"
"""From the commonest on."""
RARE = 5
"""Rare runs by pairs of which a name is found: ten blocks."""
LEAST = 5
"""Letters of a name under which no misspelling is looked for."""
DERIVED = frozenset(("n", "an", "ian", "ic", "ish", "i"))
"""Endings that make a word of a name."""
_RANK = {letter: at for at, letter in enumerate(LETTERS)}


@cache
def _rarity(run: str) -> tuple[int, int]:
    return (-sum(_RANK.get(letter, 30) for letter in run), zlib.crc32(run.encode("utf-8", "replace")))


def blocks(name: str) -> list[int]:
    """The blocks in which a normal form meets those like it; none for a short one. 32-bit numbers."""
    if len(name) < LEAST:
        return []
    padded = f" {name} "
    runs = {padded[at : at + 3] for at in range(len(padded) - 2)}
    rare = sorted(sorted(runs, key=_rarity)[:RARE])
    return [zlib.crc32(f"{one}|{other}".encode("utf-8", "replace")) for one, other in combinations(rare, 2)]


def alike(one: str, other: str, kind: Kind) -> bool:
    """Whether two normal forms are spellings of one name. Digits must be the same, and so must first names that both exist."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 3 or min(len(one), len(other)) < LEAST or one[0] != other[0]:  # noqa: PLR2004 - the most edits
        return False
    digits = [[each for each in name if each.isdecimal()] for name in (one, other)]
    if digits[0] != digits[1]:
        return False
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return one.replace(" ", "") == other.replace(" ", "")
    return _by_words(first, second, kind)


def _is_derived(word: str, twin: str) -> bool:
    """`african` from `africa`, `parisian` from `paris`: no misspelling, what is said of a place is another thing."""
    return len(word) >= LEAST and twin.startswith(word) and twin[len(word) :] in DERIVED


def _by_words(first: Sequence[str], second: Sequence[str], kind: Kind) -> bool:
    """At most one edit in a short word and two in a long one, and one word that is the same or is long."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only where graphs are resolved

    edits = 0
    for word, twin in zip(first, second, strict=True):
        if word == twin:
            continue
        if kind != "person" and (_is_derived(word, twin) or _is_derived(twin, word)):
            return False
        if (kind == "person" and word in GIVEN and twin in GIVEN) or word[0] != twin[0] or min(len(word), len(twin)) < 4:  # noqa: PLR2004 - `Lee`, `Lew`
            return False
        most = 2 if min(len(word), len(twin)) >= 8 else 1  # noqa: PLR2004 - a long word
        distance = OSA.distance(word, twin, score_cutoff=most)
        if distance > most:
            return False
        edits += distance
    letters = sum(map(len, first))
    if len(first) == 1 and kind != "person":
        return edits == 1 and letters >= 8  # noqa: PLR2004 - shorter single words are too often two words
    return edits <= (1 if letters < 9 else 2 if letters < 20 else 3)  # noqa: PLR2004
