"""The feed's rules in figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """`window`: positions that the cap, the anchors and the slot for something new count by."""

    window: int = 20
    per_series: int = 2
    series_decay: float = 0.5
    series_floor: float = 0.25
    """An episode of a series shown before counts so much less, down to the floor, as X's author diversity does."""
    theta: float = 0.15
    """Of MMR: how much being like what stands above costs."""
    calibration: float = 0.3
    """How much coming nearer to the user's category mix is worth."""
    anchors: tuple[int, ...] = (2, 5, 8, 11, 13, 17)
    """Positions of a window (from 0) that are each for one chosen interest which has none yet."""
    exploration: int = 15
    """The position (from 0) for something new; -1: none."""


SERIES_HALF_LIFE = 86400.0
"""Seconds after which having shown a series counts half."""
LISTENED = Rules()
PLAIN = Rules(theta=0, calibration=0, anchors=(), exploration=-1, per_series=10_000, series_decay=1)
"""No rule at all: the ranking as it is."""
