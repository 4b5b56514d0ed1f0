"""The likeliest title of all the texts found, and whether it is likely enough to make a guide for.

As for the employer: the texts and "none of them" share the probability. Texts that begin alike (`Engineer`, `Engineer, Payments`)
are one job's: which of them it is called by is no doubt about the job.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import Titles
from functions.interview_prep.posting.identity.title.title_features import features_of
from functions.interview_prep.posting.identity.weighed import probabilities, weights_in

_WEIGHTS = Path(__file__).with_name("weights.txt")
SURE, LABELLED, GUESS = 0.6, 0.4, 0.03
"""Probability from which a title is taken, from which one is that a label names, and from which it is a guess."""


def weights() -> dict[str, float]:
    """The weight of each feature."""
    return weights_in(_WEIGHTS)


def choose_title(found: Titles, said: PostingParts, rows: Sequence[str], employer: str = "") -> tuple[str, str]:
    """The job's title where it is sure, else empty; and the likeliest one, empty where none is likely.

    `employer`: the likeliest, where it is known already.
    """
    if said.known_title:
        return said.known_title, said.known_title
    likely = probabilities(features_of(found, said, rows, employer), weights())
    if not likely:
        return "", ""
    best = max(likely, key=lambda key: likely[key])
    alike = sum(share for key, share in likely.items() if _are_one_jobs(key, best))
    title = found[best].text
    sure = alike >= (LABELLED if "label" in found[best].counts else SURE)
    return (title if sure else ""), (title if alike >= GUESS else "")


def _are_one_jobs(one: str, other: str) -> bool:
    """Whether two texts are the same job's, told shorter and longer: `Senior Engineer`, `Engineer`, `Engineer, Payments`."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or long.endswith(short)
