"""Learned factors: implicit-feedback ALS fits the items' once, a user's are folded in for each session.

Confidence of an event is 1 + ALPHA x weight, as in Hu, Koren and Volinsky.
"""

from __future__ import annotations

import numpy as np

from functions.for_you.arrays import Doubles, Floats, Ints, one_thread
from functions.for_you.ranking.log import Log

FACTORS = 48
ALPHA, REGULARISATION, ITERATIONS = 3.0, 20.0, 20
SEED = 20
FEWEST_EVENTS, FEWEST_USERS = 50, 5
"""A log with fewer teaches nothing."""


def fit(log: Log, count: int) -> Floats:
    """The items' factors; none (no columns) of a log that is too small, zeros of an item without events."""
    liked = log.liked
    if len(liked) < FEWEST_EVENTS or np.unique(liked.users).size < FEWEST_USERS:
        return np.zeros((count, 0), np.float32)
    from implicit.cpu.als import AlternatingLeastSquares  # noqa: PLC0415 - a second that only a fit needs
    from scipy import sparse  # noqa: PLC0415 - as above

    seen = sparse.csr_matrix((liked.weights, (liked.users, liked.items)), shape=(len(liked.names), count))
    seen.sum_duplicates()
    seen.data = (1 + ALPHA * seen.data).astype(np.float32)
    with one_thread():  # its own threads would fight with BLAS's
        model = AlternatingLeastSquares(
            factors=FACTORS, regularization=REGULARISATION, alpha=1.0, iterations=ITERATIONS, random_state=SEED
        )
        model.fit(seen, show_progress=False)
    factors: Floats = np.where((np.bincount(liked.items, minlength=count) > 0)[:, None], model.item_factors, 0)
    return np.nan_to_num(factors).astype(np.float32)


def gram(factors: Floats) -> Floats:
    """What folding in needs of all items."""
    return factors.T @ factors


def fold_in(items: Ints, weights: Floats, factors: Floats, whole: Floats) -> Floats:
    """A user's factors from what they liked: one step of ALS with the items' held."""
    width = factors.shape[1]
    if not items.size or not width:
        return np.zeros(width, np.float32)
    rows: Doubles = factors[items].astype(np.float64)
    confidence = ALPHA * weights.astype(np.float64)
    left = whole + rows.T @ (rows * confidence[:, None]) + REGULARISATION * np.eye(width)
    return np.linalg.solve(left, rows.T @ (1 + confidence)).astype(np.float32)
