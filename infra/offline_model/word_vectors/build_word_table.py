"""Makes `english_words.npz`: latent semantic analysis of WordNet's synsets, and weights by a frequency list.

    apt-get download wordnet-base; pip download symspellpy          both unpacked, then
    python -m infra.offline_model.word_vectors.build_word_table WORDNET/dict frequency_dictionary_en_82_765.txt

Takes minutes. The file is kept with the code, so nobody needs to but who changes how it is made.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from infra.offline_model.word_vectors.word_table import FILE, STEPS

WORDS, DIMENSIONS = 20_000, 96
FEWEST, MOST_SHARE = 3, 0.2
"""A word counts if so many synsets have it, and no more than this share of them."""
RARE = 3e6
"""Occurrences in the frequency list below which a word weighs as much as one that is not there."""
RELATED = frozenset({"@", "~", "%p", "#p", "&", "+", ";c", "-c", "*", ">"})
"""WordNet's pointers that are followed: broader, narrower, part, whole, similar, derived, of a domain, entails, causes."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Synset:
    """Names for one thing, what it is said to be, and the keys of related ones."""

    names: tuple[str, ...]
    gloss: str
    related: tuple[str, ...]


def synsets(folder: Path) -> dict[str, Synset]:
    """WordNet's `data.*` files, by part of speech and offset (`n00001740`)."""
    found: dict[str, Synset] = {}
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):  # the licence is
                head, _, gloss = line.partition(" | ")
                fields = head.split()
                found[_key(fields[2], fields[0])] = _synset(fields, gloss.lower())
    return found


def _synset(fields: Sequence[str], gloss: str) -> Synset:
    count = int(fields[3], 16)
    names = tuple(name.partition("(")[0].replace("_", " ").lower() for name in fields[4 : 4 + 2 * count : 2])
    at = 4 + 2 * count
    pointers = [fields[at + 1 + 4 * number : at + 4 + 4 * number] for number in range(int(fields[at]))]
    return Synset(names, gloss, tuple(_key(part, offset) for sign, offset, part in pointers if sign in RELATED))


def _key(part: str, offset: str) -> str:
    return part.replace("s", "a") + offset


def texts(known: Mapping[str, Synset]) -> Iterator[list[str]]:
    """One text per synset: its names twice, its gloss, the first names of its relatives."""
    for each in known.values():
        relatives = [known[key].names[:2] for key in each.related if key in known]
        said = [*each.names, *each.names, each.gloss, *(name for names in relatives for name in names)]
        yield [word for part in said for word in _WORD.findall(part)]


def word_vectors(rows: Sequence[Sequence[str]], dimensions: int) -> tuple[list[str], NDArray[np.float64]]:
    """Words and their directions: the right singular vectors of the TF-IDF of all texts."""
    from scipy import sparse  # noqa: PLC0415 - for the one who builds the table
    from scipy.sparse.linalg import svds  # noqa: PLC0415 - as above

    counts = Counter(word for row in rows for word in set(row))
    words = [
        w
        for w, n in counts.most_common()
        if FEWEST <= n < max(FEWEST + 1, MOST_SHARE * len(rows)) and len(w) > 1 and not w.isdigit()
    ]
    place = {word: at for at, word in enumerate(words)}
    cells = [(at, place[w], 1 + math.log(n)) for at, row in enumerate(rows) for w, n in Counter(row).items() if w in place]
    at, columns, values = zip(*cells, strict=True)
    matrix: Any = sparse.csr_matrix((values, (at, columns)), shape=(len(rows), len(words)))
    matrix = matrix @ sparse.diags([math.log(len(rows) / counts[word]) for word in words])
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ matrix
    _, strengths, right = svds(matrix, k=min(dimensions, min(matrix.shape) - 1), random_state=0)
    return words, right[np.argsort(-strengths)].T


def weights(frequencies: Mapping[str, int]) -> dict[str, float]:
    """What each word tells, 0..1: the logarithm of how rare it is."""
    whole = sum(frequencies.values())
    return {word: min(1.0, max(0.0, math.log(whole / n) / math.log(max(2.0, whole / RARE)))) for word, n in frequencies.items()}


def write(
    path: Path, frequencies: Mapping[str, int], words: Sequence[str], vectors: NDArray[np.float64], *, most: int = WORDS
) -> None:
    """The most frequent words with their weights; vectors as 8-bit numbers, zeros where there are none."""
    chosen = sorted(frequencies, key=lambda word: (-frequencies[word], word))[:most]
    told, place = weights(frequencies), {word: at for at, word in enumerate(words)}
    rows = np.stack([vectors[place[word]] if word in place else np.zeros(vectors.shape[1]) for word in chosen])
    largest = np.abs(rows).max(axis=1, keepdims=True)
    small = np.round(np.divide(rows, largest, out=np.zeros_like(rows), where=largest > 0) * 127).astype(np.int8)
    np.savez_compressed(
        path, words=np.frombuffer("\n".join(chosen).encode(), np.uint8), vectors=small,
        weights=np.asarray([round(told[word] * STEPS) for word in chosen], np.uint8),
    )  # fmt: skip


def frequencies(path: Path) -> dict[str, int]:
    """A list of words, each with how often it occurs."""
    pairs = (line.split() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - a word and its number


def build(wordnet: Path, frequency_list: Path, target: Path = FILE) -> None:
    """The whole of it."""
    words, vectors = word_vectors(list(texts(synsets(wordnet))), DIMENSIONS)
    write(target, frequencies(frequency_list), words, vectors)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
