"""The likeliest title of all the texts found, and whether it is likely enough to make a guide for.

As for the employer: the texts and "none of them" share the probability. Texts that begin alike (`Engineer`, `Engineer, Payments`)
are one job's: which of them it is called by is no doubt about the job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.find_titles import Titles
from functions.interview_prep.posting.identity.title.title_features import features_of
from functions.interview_prep.posting.identity.vocabulary import names_role
from functions.interview_prep.posting.identity.weighed import probabilities, weights_in

_WEIGHTS = Path(__file__).with_name("weights.txt")
SURE, SURE_OF_A_JOB, SURE_OF_THE_ONLY_ONE = 0.6, 0.5, 0.15
"""Probability from which a title is taken: any text, one that a label or a kind of job tells, the only one that the sentences say."""
GUESS, GUESS_OF_NO_JOB = 0.03, 0.1
"""Probability from which a title is a guess; the second of a text that names no kind of job."""


def weights() -> dict[str, float]:
    """The weight of each feature."""
    return weights_in(_WEIGHTS)


def choose_title(found: Titles, said: PostingParts, rows: Sequence[str], employer: str = "") -> tuple[str, str]:
    """The job's title where it is sure, else empty; and the likeliest one, empty where none is likely.

    `employer`: the likeliest, where it is known already.
    """
    if said.known_title:
        return said.known_title, said.known_title
    features = features_of(found, said, rows, employer)
    likely = probabilities(features, weights())
    if not likely:
        return "", ""
    best = max(likely, key=lambda key: likely[key])
    alike = sum(share for key, share in likely.items() if _are_one_jobs(key, best))
    title = found[best].text
    names_job = names_role(title)
    only = names_job and _is_the_only_one(features[best])
    in_sentences = set(found[best].counts) == {"within"}  # what reads like a title there is a guess, however likely
    sure = not in_sentences and alike >= (
        SURE_OF_THE_ONLY_ONE if only else SURE_OF_A_JOB if names_job or "label" in found[best].counts else SURE
    )
    stands_as_one = names_job or features[best].get("where_behind")  # `Candle Maker`, and below it the town
    guessed = sure or alike >= (GUESS if stands_as_one else GUESS_OF_NO_JOB)
    return (title if sure else ""), (title if guessed else "")


def _is_the_only_one(values: Mapping[str, float]) -> bool:
    """Whether the sentences speak of this job and of no other: `We are looking for a data scientist`, `As a Data Scientist, you`."""
    return bool(values.get("said_only")) and any(values.get(kind) for kind in ("wanted", "wanted_small", "as_a"))


def _are_one_jobs(one: str, other: str) -> bool:
    """Whether two texts are the same job's, told shorter and longer: `Senior Engineer`, `Engineer`, `Engineer, Payments`."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or long.endswith(short)
