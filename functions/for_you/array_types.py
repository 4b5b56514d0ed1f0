"""The kinds of arrays that the numeric rooms pass around, and the two things done to all of them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

Floats: TypeAlias = NDArray[np.float32]
Doubles: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

TINY = 1e-9

threadpool_limits(1, "blas")
"""Ranking is many small products for many users at once: BLAS threads that wait for each other cost more than they give."""


def one_thread() -> None:
    """The same for libraries that were loaded since (scipy brings a BLAS of its own). For good: fits may run side by side."""
    threadpool_limits(1, "blas")


def unit(rows: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    made: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return made


def standard(values: Floats) -> Floats:
    """With mean 0 and deviation 1; what does not vary is 0."""
    deviation = float(values.std()) if values.size else 0.0
    if deviation < TINY:
        return np.zeros_like(values)
    made: Floats = (values - values.mean()) / deviation
    return made


def best(scores: Floats, count: int) -> Ints:
    """The positions of the highest scores, best first; of equal ones, the first. Those of minus infinity are left out."""
    count = min(count, scores.size)
    if count <= 0:
        return np.zeros(0, np.int64)
    edge = np.partition(scores, scores.size - count)[scores.size - count]
    found = np.flatnonzero((scores >= edge) & (scores > -np.inf))
    ordered: Ints = found[np.argsort(-scores[found], kind="stable")][:count]
    return ordered


ROWS_AT_ONCE = 128
"""Rows of a tall matrix that stay in the processor's cache during a product with few columns: half again as fast as all at once."""


def tall_product(rows: Floats, columns: Floats) -> Floats:
    """`rows @ columns.T` for many rows and few columns (both with a vector per row)."""
    across = np.ascontiguousarray(columns.T)
    made = np.empty((rows.shape[0], columns.shape[0]), np.float32)
    for start in range(0, rows.shape[0], ROWS_AT_ONCE):
        np.matmul(rows[start : start + ROWS_AT_ONCE], across, out=made[start : start + ROWS_AT_ONCE])
    return made
