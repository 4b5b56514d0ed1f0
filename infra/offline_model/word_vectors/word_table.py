"""The table of English words, read once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("english_words.npz")
STEPS = 255
"""Of a weight, as it is kept."""


@dataclass(frozen=True)
class WordTable:
    """`weights` are 0 for the most common word and up to 1 for rare ones. `vectors` are of length 1, or zeros where nothing is known."""

    rows: dict[str, int]
    weights: NDArray[np.float32]
    vectors: NDArray[np.float32]

    def weight(self, word: str) -> float:
        """What a word tells, 0..1: one that is not in the table is rare."""
        row = self.rows.get(word)
        return 1.0 if row is None else float(self.weights[row])


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """The table that comes along."""
    return read(FILE)


def read(path: Path) -> WordTable:
    """A table's file; see `build_word_table.py`."""
    with np.load(path, allow_pickle=False) as file:
        words = file["words"].tobytes().decode().split("\n")
        vectors = file["vectors"].astype(np.float32)
        weights = file["weights"].astype(np.float32) / STEPS
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return WordTable({word: row for row, word in enumerate(words)}, weights, unit)
