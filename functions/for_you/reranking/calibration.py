"""Calibration: the feed's categories in the proportions of the user's (Steck 2018), greedily."""

from __future__ import annotations

import numpy as np

from functions.for_you.arrays import Floats

MIX = 0.01


def gains(taste: Floats, mix: Floats, topics: Floats, count: int) -> Floats:
    """How much nearer each candidate (rows of `topics`) brings a feed of `count` episodes, whose topics add up to `mix`: lost KL.

    Candidates without categories bring nothing.
    """
    there = taste > 0
    wanted = taste[there]

    def away(shares: Floats) -> Floats:
        smoothed = (1 - MIX) * shares + MIX * wanted
        made: Floats = (wanted * np.log(wanted / smoothed)).sum(axis=-1)
        return made

    before = away(np.asarray(mix[there] / max(1, count), np.float32))
    after = away(np.asarray((mix[there] + topics[:, there]) / (count + 1), np.float32))
    return np.where(topics.any(axis=1), before - after, 0).astype(np.float32)
