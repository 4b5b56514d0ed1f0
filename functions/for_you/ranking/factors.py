"""Learned factors: implicit-feedback ALS fits the items' once. A user's are folded in for each session."""

from __future__ import annotations

import warnings

import numpy as np

from functions.for_you.arrays import Floats, one_thread
from functions.for_you.ranking.fold_in import ALPHA, REGULARISATION
from functions.for_you.ranking.log import Log

FACTORS = 48
ITERATIONS = 20
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
    one_thread()  # its own threads would fight with BLAS's
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of BLAS threads, which another thread's import may just have brought
        model = AlternatingLeastSquares(
            factors=FACTORS, regularization=REGULARISATION, alpha=1.0, iterations=ITERATIONS, random_state=SEED
        )
    model.fit(seen, show_progress=False)
    factors: Floats = np.where((np.bincount(liked.items, minlength=count) > 0)[:, None], model.item_factors, 0)
    return np.nan_to_num(factors).astype(np.float32)
