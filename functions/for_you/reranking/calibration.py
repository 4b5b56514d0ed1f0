"""Calibration: the feed's categories in the proportions of the user's (Steck 2018), greedily."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import TINY, Floats, Ints

MIX = 0.01


def smoothed(shares: Floats, taste: Floats) -> Floats:
    """A list's shares of categories with a little of the user's, so that none that the user has is zero."""
    return (1 - MIX) * shares + MIX * taste


class Calibration:
    """A user's category mix (adds up to 1, or 0 without any) beside the categories of candidates.

    `mixes` are the distinct rows of categories, `row_of` says which of them each candidate has: candidates of the same bring the
    same, worked out once per position.
    """

    def __init__(self, taste: Floats, mixes: Floats, row_of: Ints) -> None:
        there = taste > 0
        self.wanted = bool(taste.sum() > TINY)
        """Whether there is a mix to come nearer to."""
        self._taste, self._there = taste[there], there
        here, self._row_of = np.unique(row_of, return_inverse=True)
        rows = mixes[here]
        self._rows, self._any = rows[:, there], rows.any(axis=1)

    def gains(self, mix: Floats, count: int) -> Floats:
        """How much nearer each candidate brings a feed of `count` episodes, whose topics add up to `mix`: lost KL.

        Candidates without categories bring nothing.
        """
        own = mix[self._there]
        before = np.log(smoothed(own * np.float32(1 / max(1, count)), self._taste)) @ self._taste
        after = np.log(smoothed((own + self._rows) * np.float32(1 / (count + 1)), self._taste)) @ self._taste
        made: Floats = np.where(self._any, after - before, 0).astype(np.float32)[self._row_of]
        return made
