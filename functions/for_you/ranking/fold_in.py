"""A user's factors from what they liked, with the items' held: a tenth of a millisecond.

Confidence of an event is 1 + ALPHA x weight, as in Hu, Koren and Volinsky.
"""

from __future__ import annotations

import numpy as np

from functions.for_you.arrays import Doubles, Floats, Ints

ALPHA, REGULARISATION = 3.0, 20.0


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
