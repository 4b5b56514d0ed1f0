"""A small sketch per text, and the names under which texts alike are found again.

Names: a text's smallest hash values over its n-grams, more of a longer text, so that a post that stands inside one of three times its
length still meets it. Sketch (b-bit MinHash, Li and König 2010): of each of `SKETCH` hash functions the last two bits of the smallest value;
the share of equal ones, less the quarter that is equal by chance, estimates the Jaccard similarity, and with the texts' sizes how much of the
smaller stands in the other. Estimates only choose candidates: the n-grams decide. Names and sketches of one `VERSION` are the same on every machine and in every release: they are stored.

numpy in a few lines rather than a library: datasketch brings scipy (75 MB, a second of import); rensa's hashes are its release's own.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.forum_posts.near_duplicates.similarity import N_CJK, N

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "4"
_ODD = 0x9E3779B97F4A7C15
KEYS, MOST_KEYS, ORDINARY, GRAMS_A_KEY = 5, 20, 560, 40
"""Documents under which a text is found again: five, and one more for each `GRAMS_A_KEY` n-grams beyond the `ORDINARY` number, that of 140
words or 160 Chinese characters. An n-gram that both texts have and that is among the smallest of the union is among the smallest of both,
so of two texts of one size that are s alike (1 - s)^(10 / (1 + s)) do not meet: 1 % at s = 0.5, 0.3 % at 0.6. Where the shorter is a third
of the longer, by five alone 13 % would not, by fifteen 0.2 %."""
SEED = 795
"""Of 1,500 the order of n-grams in which the commonest (`ing `, ` the`, 公司) are seldom among a text's smallest: of unrelated English
posts 5 % meet in a document instead of 14 %, of Chinese 1 %. Who writes at the same moment waits for fewer others."""
CJK_GRAMS = 3.5
"""N-grams of a Latin text that one of a Chinese text of the same length counts for."""
SKETCH, BITS = 512, 2
"""What else may stand in such a document is told apart by the sketch that is kept there, so a stranger's text need not be read: 512 values
of two bits take the room of 64 whole ones, and estimate s with a standard error of 0.029 instead of 0.061."""
_AT_ONCE = 64  # hash functions: a text of 6,000 n-grams takes 3 MB for them
_CHANCE = 1 / 2**BITS


@dataclass(frozen=True, slots=True, order=True)
class Estimate:
    """How alike two texts are by their sketches, 0..1 each: of both texts' n-grams those shared, and of the smaller's those in the other."""

    shared: float
    contained: float


def keys_and_sketch(found: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The names of a text's documents, and its sketch for all of them; none for a text without letters."""
    import numpy as np  # noqa: PLC0415 -- a tenth of a second that a start should not pay

    if not found:
        return (), ""
    hashed = _hashed(found)
    size = sum(CJK_GRAMS if len(gram) <= N_CJK else 1.0 for gram in found)
    keys = min(MOST_KEYS, KEYS + max(0, int((size - ORDINARY) / GRAMS_A_KEY)))
    # The top bits of a minimum are zeros: mix, then cut.
    smallest = np.sort(_mixed(hashed ^ _mixed(np.array([SEED], np.uint64))))[:keys]
    names = tuple(f"{int(value):08x}-{VERSION}" for value in _mixed(smallest) >> np.uint64(32))
    seeds = _mixed(np.arange(1, SKETCH + 1, dtype=np.uint64))
    least = np.concatenate([_least(hashed, seeds[at : at + _AT_ONCE]) for at in range(0, SKETCH, _AT_ONCE)])
    bits = (_mixed(least)[:, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)
    packed = np.packbits(bits.astype(np.uint8).ravel()).tobytes()
    return tuple(dict.fromkeys(names)), base64.b64encode(packed + min(len(found), 0xFFFF).to_bytes(2, "little")).decode()


def estimates(one: str, others: Sequence[str]) -> list[Estimate]:
    """How alike one sketch is to each of others; one that is no sketch of this version is like nothing."""
    import numpy as np  # noqa: PLC0415 -- as above

    own = np.frombuffer(base64.b64decode(one), dtype=np.uint8)
    kept = [base64.b64decode(other) for other in others]
    good = [at for at, sketch in enumerate(kept) if len(sketch) == len(own)]
    found = [Estimate(0.0, 0.0)] * len(kept)
    if not good or not len(own):
        return found
    rows = np.frombuffer(b"".join(kept[at] for at in good), dtype=np.uint8).reshape(len(good), -1)
    equal = _equal_values()[rows[:, :-2] ^ own[:-2]].sum(axis=1) / SKETCH
    shared = np.clip((equal - _CHANCE) / (1 - _CHANCE), 0.0, 1.0)
    sizes, size = rows[:, -2:].copy().view("<u2")[:, 0].astype(float), float(own[-2:].copy().view("<u2")[0])
    contained = np.minimum(1.0, shared * (sizes + size) / (1 + shared) / np.maximum(1.0, np.minimum(sizes, size)))
    for at, alike, inside in zip(good, shared.tolist(), contained.tolist(), strict=True):
        found[at] = Estimate(alike, inside)
    return found


@functools.cache
def _equal_values() -> NDArray[np.float64]:
    """Of the difference of two bytes: how many of their values are equal."""
    import numpy as np  # noqa: PLC0415 -- as above

    mask = (1 << BITS) - 1
    return np.array([sum(not byte >> at & mask for at in range(0, 8, BITS)) for byte in range(256)], dtype=np.float64)


def _least(hashed: NDArray[np.uint64], seeds: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each hash function's smallest value: multiplied by an odd number, values that are mixed already stand in another order."""
    import numpy as np  # noqa: PLC0415 -- as above

    least: NDArray[np.uint64] = (hashed[:, None] * (seeds | np.uint64(1))[None, :]).min(axis=0)
    return least


def _hashed(found: frozenset[str]) -> NDArray[np.uint64]:
    """One value of 64 bits for each n-gram."""
    import numpy as np  # noqa: PLC0415 -- as above

    codes = np.frombuffer("".join(gram.ljust(N, "\0") for gram in found).encode("utf-32-le"), dtype="<u4").reshape(-1, N)
    hashed = np.zeros(len(codes), dtype=np.uint64)
    for column in codes.T.astype(np.uint64):
        hashed = _mixed((hashed ^ column) * np.uint64(_ODD))
    return hashed


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a value in every bit of the answer: the last step of splitmix64, one to one and the same everywhere."""
    import numpy as np  # noqa: PLC0415 -- as above

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
