"""What the fits of words share: the table of what is found in each text, how well scores part right from wrong, and the file of weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

Array = NDArray[np.float64]


def table_of(texts: Sequence[Collection[str]], words: Sequence[str]) -> sparse.csr_matrix:
    """A row for each text, a column for each word: how often it is found there."""
    at = {word: index for index, word in enumerate(words)}
    columns = [[at[found] for found in text if found in at] for text in texts]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row], int)
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), len(words)))


def area_of(scores: Array, right: NDArray[np.bool_]) -> float:
    """The share of pairs, one right and one wrong, that the scores put in the right order (the area under the curve)."""
    ranks, count = stats.rankdata(scores), int(right.sum())
    return float((ranks[right].sum() - count * (count + 1) / 2) / (count * (len(right) - count)))


def by_weight(weights: Mapping[str, float]) -> list[tuple[float, list[str]]]:
    """The entries that have each weight, to a tenth, the greatest first."""
    found: dict[float, list[str]] = defaultdict(list)
    for entry, weight in weights.items():
        found[round(weight, 1)].append(entry)
    return [(weight, sorted(found[weight])) for weight in sorted(found, reverse=True)]


def write_below_its_comment(path: Path, rows: Sequence[str]) -> None:
    """The file anew, with the comment that it has."""
    head = [row for row in path.read_text("utf-8").splitlines() if row[:2] == "# "] if path.exists() else []
    path.write_text("\n".join([*head, *rows, ""]), "utf-8")
