"""No text twice: a small fingerprint per text, the bands under which texts alike meet, and the gate over a set of them.

MinHash: of each of `HASHES` hash functions a text keeps the smallest value over its n-grams; the share of equal values estimates
the Jaccard similarity with a standard error of at most 0.03. Estimates only choose candidates: where the text is at hand, its
n-grams decide. Fingerprints and bands of one `VERSION` are the same on every machine and in every release: they are stored.

numpy in a few lines rather than a library: datasketch brings scipy (75 MB, a second of import); rensa's hashes are its release's own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.forum_posts.near_duplicates.similarity import N, jaccard, shingles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GATE = 0.5
"""From this similarity on a text is another one's copy.

Texts that people wrote apart from each other: English 0.07 on average, 0.14 at most for one stock and the same facts, 0.17 for 99 %
of spoken English; Chinese 0.03 and 0.11. Copies with 10 / 20 / 30 % of the words replaced: English 0.77 / 0.60 / 0.47, Chinese
0.73 / 0.55 / 0.40; with their sentences in another order 0.94 and 0.92. So nothing honest comes near 0.5.
"""
VERSION = "1"
SKETCH_VERSION = "2"
BANDS, ROWS = 72, 4
"""Two texts share a band if four values in a row are equal: at similarity s with probability 1 - (1 - s^4)^72. That is 99.0 % at the
gate (99.9 % at 0.55, all but 5 in 100,000 at 0.6), and for texts that are not alike 0.3 % at 0.08, 1.5 % at 0.12, 11 % at 0.2.
Three rows in 35 bands find as many with half the documents, but five times the strangers; five rows would need 146 bands."""
HASHES = BANDS * ROWS
_ODD = 0x9E3779B97F4A7C15
NEAR = 0.12
"""An estimate may be this far below the gate for its text to be looked at: four standard errors."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The most similar text of a set. `exact`: by its n-grams, not by fingerprints."""

    name: str
    similarity: float
    exact: bool


def fingerprint(text: str) -> str:
    """`{version}.{base64}` of 576 bytes, for a record; only the version's mark for a text without letters."""
    return f"{VERSION}.{base64.urlsafe_b64encode(_signature(shingles(text)).astype('<u2').tobytes()).decode()}"


def estimate(one: str, other: str) -> float:
    """How alike the texts of two fingerprints are, 0..1; 0 if their versions differ or a text was empty."""
    first, second = _read(one), _read(other)
    return float((first == second).mean()) if len(first) and len(second) else 0.0


def bands(text: str) -> tuple[str, ...]:
    """The names under which a text meets those like it, for document ids: 72 of them, or none for a text without letters."""
    return bands_of(fingerprint(text))


def bands_of(kept: str) -> tuple[str, ...]:
    """The same from a stored fingerprint. Hash first, so that a store spreads them."""
    signature = _read(kept).astype("<u2").tobytes()
    width = 2 * ROWS
    return tuple(f"{signature[at : at + width].hex()}-{at // width}-{VERSION}" for at in range(0, len(signature), width))


KEYS, SKETCH = 5, 64
"""Documents under which a text is found again, each named for one smallest value: two texts share one with probability 1 - (1 - s)^5,
98.2 % at s = 0.55, 99 % at 0.6, 99.97 % at 0.8. What else may stand in such a document is told apart by the sketch that is kept there:
64 values estimate s with a standard error of 0.06, so a stranger's text need not be read."""


def keys_and_sketch(found: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """The names of a text's documents, and its sketch for all of them; none for a text without letters."""
    signature = _signature(found)
    if not len(signature):
        return (), ""
    names = tuple(f"{int(value):04x}-{at}-{SKETCH_VERSION}" for at, value in enumerate(signature[:KEYS]))
    return names, base64.b64encode(signature[KEYS : KEYS + SKETCH].astype("<u2").tobytes()).decode()


def sketched(one: str, other: str) -> float:
    """The estimated similarity of two sketches, 0..1."""
    import numpy as np  # noqa: PLC0415 -- as in `_signature`

    first, second = (np.frombuffer(base64.b64decode(text), dtype="<u2") for text in (one, other))
    return float((first == second).mean()) if len(first) == len(second) and len(first) else 0.0


class Gate:
    """A set of texts, or of fingerprints where a text is no longer at hand, to hold a new text against."""

    def __init__(self, threshold: float = GATE) -> None:
        self.threshold = threshold
        self._names: list[str] = []
        self._texts: list[str | None] = []
        self._kept: list[NDArray[np.uint16]] = []
        self._table: NDArray[np.uint16] | None = None

    def add(self, name: str, text: str) -> None:
        """Put a text in; held against exactly."""
        self._put(name, _signature(shingles(text)), text)

    def add_kept(self, kept: Iterable[tuple[str, str]]) -> None:
        """Put names and their stored fingerprints in; held against by estimate. Those of another version are left out."""
        for name, text in kept:
            self._put(name, _read(text), None)

    def most_alike(self, text: str) -> Alike | None:
        """The set's most similar text, exact if it may reach the threshold and is at hand. None for an empty set or text.

        10,000 fingerprints take a few milliseconds.
        """
        import numpy as np  # noqa: PLC0415 -- as in `_signature`

        found = shingles(text)
        if not self._names or not found:
            return None
        if self._table is None:
            self._table = np.stack(self._kept)
        estimates = np.count_nonzero(self._table == _signature(found), axis=1) / HASHES
        best = int(estimates.argmax())
        most = Alike(self._names[best], float(estimates[best]), exact=False)
        near = [at for at in np.flatnonzero(estimates >= self.threshold - NEAR) if self._texts[at] is not None]
        sure = [Alike(self._names[at], jaccard(found, shingles(self._texts[at] or "")), exact=True) for at in near]
        guessed = [most] if self._texts[best] is None or not sure else []
        return max((*sure, *guessed), key=lambda one: one.similarity)

    def refuses(self, text: str) -> Alike | None:
        """The text that this one copies: as similar as the threshold, or more."""
        most = self.most_alike(text)
        return most if most is not None and most.similarity >= self.threshold else None

    def _put(self, name: str, signature: NDArray[np.uint16], text: str | None) -> None:
        if len(signature):
            self._names.append(name)
            self._texts.append(text)
            self._kept.append(signature)
            self._table = None


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


def _read(kept: str) -> NDArray[np.uint16]:
    import numpy as np  # noqa: PLC0415 -- as in `_signature`

    version, _, packed = kept.partition(".")
    content = base64.urlsafe_b64decode(packed) if version == VERSION else b""
    return np.frombuffer(content, dtype="<u2").astype(np.uint16)
