"""The likeliest employer of all the names found, and whether it is likely enough to make a guide for.

The names and "none of them" share the probability: exp(score) of each, 1 for none. A name with a rival or with little
behind it is then no sure one, without rules for either. `weights.txt` says how its numbers were made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.name_features import Features, features_of
from functions.interview_prep.posting.identity.posting_parts import PostingParts

SURE, GUESS = 0.6, 0.03
"""Probability from which a name is taken, and from which it is a guess. Of 330 real pages, board copies and mails of employers left out
of the fit 1.8 % were taken for another's from .6 on, and 8 % asked about: a question costs less than a guide for somebody else."""


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    rows = Path(__file__).with_name("weights.txt").read_text("utf-8").splitlines()
    return {name: float(value) for name, value in (row.split() for row in rows if row and row[0] != "#")}


def choose_employer(found: Candidates, said: PostingParts, rows: Sequence[str], title: str) -> tuple[str, str]:
    """The employer's name where it is sure, else empty; and the likeliest name, empty where none is likely."""
    likely = probabilities(features_of(found, said, rows, title))
    if not likely:
        return "", ""
    best = max(likely, key=lambda key: likely[key])
    name = found[best].name
    return (name if likely[best] >= SURE else ""), (name if likely[best] >= GUESS else "")


def probabilities(features: Features) -> dict[str, float]:
    """The probability of each candidate; what is left to one is that of none of them."""
    scores = {key: sum(weights().get(name, 0.0) * value for name, value in values.items()) for key, values in features.items()}
    most = max(0.0, *scores.values()) if scores else 0.0
    total = math.exp(-most) + sum(math.exp(score - most) for score in scores.values())
    return {key: math.exp(score - most) / total for key, score in scores.items()}
