"""A small sketch per text, and the names under which texts alike are found again.

MinHash: of each of `HASHES` hash functions a text keeps the smallest value over its n-grams; the share of equal values estimates the
Jaccard similarity. Estimates only choose candidates: the n-grams decide. Names and sketches of one `VERSION` are the same on every
machine and in every release: they are stored.

numpy in a few lines rather than a library: datasketch brings scipy (75 MB, a second of import); rensa's hashes are its release's own.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from functions.forum_posts.near_duplicates.similarity import N

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "2"
HASHES = 288
_ODD = 0x9E3779B97F4A7C15
KEYS, SKETCH = 5, 64
"""Documents under which a text is found again, each named for one smallest value: two texts share one with probability 1 - (1 - s)^5,
98.2 % at s = 0.55, 99 % at 0.6, 99.97 % at 0.8. What else may stand in such a document is told apart by the sketch that is kept there:
64 values estimate s with a standard error of 0.06, so a stranger's text need not be read."""


def keys_and_sketch(found: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The names of a text's documents, and its sketch for all of them; none for a text without letters."""
    signature = _signature(found)
    if not len(signature):
        return (), ""
    names = tuple(f"{int(value):04x}-{at}-{VERSION}" for at, value in enumerate(signature[:KEYS]))
    return names, base64.b64encode(signature[KEYS : KEYS + SKETCH].astype("<u2").tobytes()).decode()


def sketched(one: str, other: str) -> float:
    """The estimated similarity of two sketches, 0..1."""
    import numpy as np  # noqa: PLC0415 -- as in `_signature`

    first, second = (np.frombuffer(base64.b64decode(text), dtype="<u2") for text in (one, other))
    return float((first == second).mean()) if len(first) == len(second) and len(first) else 0.0


def _signature(found: frozenset[str]) -> NDArray[np.uint16]:
    """16 bits of the smallest value of every hash function over the n-grams."""
    import numpy as np  # noqa: PLC0415 -- a tenth of a second that a start should not pay

    if not found:
        return np.zeros(0, np.uint16)
    codes = np.frombuffer("".join(gram.ljust(N, "\0") for gram in found).encode("utf-32-le"), dtype="<u4").reshape(-1, N)
    seeds = np.arange(1, HASHES + 1, dtype=np.uint64)
    hashed = np.zeros(len(codes), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for column in codes.T.astype(np.uint64):
            hashed = _mixed((hashed ^ column) * np.uint64(_ODD))
        least = _mixed(hashed[:, None] ^ _mixed(seeds)[None, :]).min(axis=0)
        # The top bits of a minimum are zeros: mix, then cut.
        return (_mixed(least) >> np.uint64(48)).astype(np.uint16)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a value in every bit of the answer: the last step of splitmix64, one to one and the same everywhere."""
    import numpy as np  # noqa: PLC0415 -- as in `_signature`

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
