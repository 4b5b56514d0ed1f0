"""Candidates weighed by what was found of each: a conditional logit, whose numbers stand in a file that anybody can read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

Features = dict[str, dict[str, float]]
"""For each candidate's key what was found by name; what is absent is zero."""


@cache
def weights_in(path: Path) -> dict[str, float]:
    """The weight of each feature, one a line of the file."""
    rows = path.read_text("utf-8").splitlines()
    return {name: float(value) for name, value in (row.split() for row in rows if row and row[0] != "#")}


@cache
def word_weights(path: Path, between: str = "\t") -> dict[str, float]:
    """The weight of each entry of a file whose lines hold a weight and all that have it; `between`: what parts two of those."""
    rows = (row.split(maxsplit=1) for row in path.read_text("utf-8").splitlines() if row and row[0] != "#")
    return {entry: float(weight) for weight, entries in rows for entry in entries.split(between)}


def probabilities(features: Features, weights: Mapping[str, float]) -> dict[str, float]:
    """The probability of each candidate; what is left to one is that of none of them."""
    scores = {key: sum(weights.get(name, 0.0) * value for name, value in values.items()) for key, values in features.items()}
    most = max(0.0, *scores.values()) if scores else 0.0
    total = math.exp(-most) + sum(math.exp(score - most) for score in scores.values())
    return {key: math.exp(score - most) / total for key, score in scores.items()}
