"""Latent semantic analysis: TF-IDF rows in few dimensions, so that texts meet that share no word but their company."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.arrays import Floats, one_thread, unit
from functions.for_you.text.tfidf import Matrix, tfidf

DIMENSIONS = 256


def lsa(texts: Sequence[str], dimensions: int = DIMENSIONS) -> Floats:
    """A unit vector per text, always `dimensions` long; of a text without any word that counts, zeros."""
    return reduced(tfidf(texts), dimensions)


def reduced(rows: Matrix, dimensions: int) -> Floats:
    """Sparse or dense rows on their first singular directions, each row of length 1, filled with zeros up to `dimensions`."""
    from scipy.sparse.linalg import svds  # noqa: PLC0415 - a fifth of a second that only a fit needs

    made = np.zeros((rows.shape[0], dimensions), np.float32)
    rank = min(dimensions, min(rows.shape) - 1)
    if rank < 1:
        dense = np.asarray(rows.todense() if hasattr(rows, "todense") else rows, np.float32)
        made[:, : min(dense.shape[1], dimensions)] = dense[:, :dimensions]
        return unit(made)
    one_thread()
    left, values, _ = svds(rows.astype(np.float64), k=rank, random_state=0)
    made[:, :rank] = (left * values)[:, ::-1]
    return unit(made)
