"""Fit `identity/title/weights.txt` anew: `python -m tests.support.fitting.fit_title_weights [--write] [--keep] [FILE …]`.

From the postings of `posting_inputs/` that are there to learn from (`=== paste | title | employer`, then the text) and from
real postings' rows, as `fit_employer_weights` does; a title's other forms stand behind ` // `.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.title import choose_title
from functions.interview_prep.posting.identity.title.find_titles import Titles, key_of
from functions.interview_prep.posting.identity.title.title_features import AGAINST
from tests.support.fitting.fitted_choices import (
    INPUTS,
    Bounds,
    Choice,
    fit_from,
    postings,
    with_a_model_by_lot,
)
from tests.support.fitting.read_again import last_features

WEIGHTS = Path(choose_title.__file__).with_name("weights.txt")
EITHER = frozenset(
    "any row row_run head_run heading_run later_heading line_0 line_1 line_2 line_3 line_4 one_word long parts role_last row_role head_role heading_role starts_role ends_role longer_whole longer_said shorter_said where_before before_something before_where before_furniture before_organisation before_role before_board before_pay behind_something behind_where behind_furniture behind_organisation behind_role behind_board behind_pay before_employer behind_employer holds_employer near_employer row_run_role head_run_role heading_run_role written_small words".split()  # noqa: SIM905
)
"""Features that may have either sign."""
AT_LEAST = {"head_reading_says_so": 4.5, "label": 3.5}
"""What is known to say the title, and that the postings here show with a heading beside it mostly."""
SHORTEST = 8
"""Letters of a part that still tells the job."""
BOUNDS = Bounds(EITHER, AGAINST, {"generic_begins": -2.5}, {"generic_begins": -2.5}, AT_LEAST, held=5.0)


def choices(file: str, names: list[str], lots: random.Random) -> Iterator[Choice]:
    """What there is to learn from a file; `names` grows by the features met."""
    nothing: Titles = {}
    for kind, title, employer, text in postings(INPUTS / file):  # an absolute path stays itself
        features, _ = asyncio.run(last_features(kind, text, choose_title, nothing))
        keys = list(features)
        wanted = {key for one in title.split(" // ") for form in (one, clean_title(one)) if (key := key_of(form))}
        right = [at for at, key in enumerate(keys) if key in wanted] or _longest_part(keys, max(wanted, key=len, default=""))
        names += sorted({name for values in features.values() for name in values} - set(names))
        if keys:
            rows = np.array([[features[key].get(name, 0.0) for name in names] for key in keys])
            yield Choice(rows, right, file, title if right else "?", employer)
            yield Choice(with_a_model_by_lot(rows, right, names, lots), right, file, title if right else "?", employer)


def _longest_part(keys: list[str], wanted: str) -> list[int]:
    """Where a title does not stand as it is wanted, its longest part that does, or what holds it and not much more."""
    near = [
        at
        for at, key in enumerate(keys)
        if len(key) >= SHORTEST
        and ((key in wanted and len(key) >= len(wanted) / 2) or (wanted in key and len(key) <= 1.4 * len(wanted)))
    ]
    return sorted(near, key=lambda at: -len(keys[at]))[:1]


if __name__ == "__main__":
    fit_from(sys.argv[1:], choices, WEIGHTS, BOUNDS)
