"""Weights of words, many to a line: a number, then what has it, a tab between two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def word_weights(name: str) -> Mapping[str, float]:
    """What `name`.txt beside this file says: the weight of each entry."""
    rows = Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
    parts = (row.split("\t") for row in rows if row[:2] != "# ")
    return {entry: float(weight) for weight, *entries in parts for entry in entries}
