"""Latent semantic analysis: TF-IDF rows in few dimensions, so that texts meet that share no word but their company."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.array_types import Floats, one_thread, unit
from functions.for_you.text.tfidf import Matrix, tfidf

DIMENSIONS = 256
SPARE, PASSES = 20, 4
"""Directions sampled beyond those wanted, and passes that sharpen them."""


def lsa(texts: Sequence[str], dimensions: int = DIMENSIONS) -> Floats:
    """A unit vector per text, always `dimensions` long; of a text without any word that counts, zeros."""
    return reduced(tfidf(texts), dimensions)


def reduced(rows: Matrix, dimensions: int) -> Floats:
    """Sparse or dense rows on their first singular directions, each row of length 1, filled with zeros up to `dimensions`."""
    made = np.zeros((rows.shape[0], dimensions), np.float32)
    rank = min(dimensions, min(rows.shape) - 1)
    if rank < 1:
        dense = np.asarray(rows.todense() if hasattr(rows, "todense") else rows, np.float32)
        made[:, : min(dense.shape[1], dimensions)] = dense[:, :dimensions]
        return unit(made)
    one_thread()
    made[:, :rank] = _projected(rows, rank)
    return unit(made)


def _projected(rows: Matrix, rank: int) -> Floats:
    """Rows on their first `rank` singular directions, by random sampling of their span (Halko, Martinsson and Tropp 2011).

    Less than half the time of an exact decomposition, and finds as much; deterministic.
    """
    width = min(rank + SPARE, *rows.shape)
    span: Floats = np.asarray(rows @ np.random.default_rng(0).standard_normal((rows.shape[1], width), dtype=np.float32))
    for _ in range(PASSES):
        span = np.asarray(rows @ np.linalg.qr(rows.T @ np.linalg.qr(span)[0])[0])
    basis = np.linalg.qr(span)[0]
    small = rows.T @ basis
    values, turns = np.linalg.eigh(np.asarray(small.T @ small, np.float64))
    turned: Floats = (basis @ (turns * np.sqrt(np.maximum(values, 0))))[:, ::-1].astype(np.float32)
    return turned[:, :rank]
