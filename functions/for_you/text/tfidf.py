"""TF-IDF over a catalogue's texts: sublinear counts, smoothed inverse document frequencies, rows of length 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from functions.for_you.text.words import words

Matrix: TypeAlias = Any
"""A scipy CSR matrix: texts in rows, words in columns."""
FEWEST, MOST_SHARE = 2, 0.5
"""A word counts if so many texts have it, and no more than this share of them (of small catalogues, any)."""
SMALL = 50


def tfidf(texts: Sequence[str]) -> Matrix:
    """One row per text. A text of which no word counts has an empty row."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, text in enumerate(texts):
        for word, count in Counter(words(text)).items():
            rows.append(row)
            columns.append(vocabulary.setdefault(word, len(vocabulary)))
            values.append(1 + np.log(count))
    counts = sparse.csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=(len(texts), max(1, len(vocabulary))))
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    most = len(texts) if len(texts) < SMALL else MOST_SHARE * len(texts)
    counting = (frequency >= FEWEST) & (frequency <= most)
    idf = np.log((1 + len(texts)) / (1 + frequency[counting])) + 1
    return _unit(counts[:, counting] @ sparse.diags(idf.astype(np.float32)))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return sparse.csr_matrix(sparse.diags((1 / lengths).astype(np.float32)) @ rows)
