"""Fit `identity/employer/weights.txt` anew: `python -m tests.support.fitting.fit_employer_weights [--write] [--keep] [FILE …]`.

From the postings of `posting_inputs/` that are there to learn from (`=== paste | title | employer`, then the text; `?` where
none is named), each as it is and with another employer's name in it, and from real postings' rows of features
(`real_rows.json.gz`: numbers alone, the texts are other people's), each with the offline model's answer and with a model
drawn by lot. Prints first how the weights do on employers that they were not fitted on. `held_out_jobs.txt` is for the tests
alone. Where features have changed, FILEs of real postings, in the form of `posting_inputs/`, take the place of the rows, and
`--keep` keeps theirs.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.employer import choose_employer
from functions.interview_prep.posting.identity.employer.candidates import Candidates, key_of
from functions.interview_prep.posting.identity.employer.name_features import AGAINST
from tests.support.fitting.fitted_choices import (
    FILES,
    INPUTS,
    Bounds,
    Choice,
    fit_from,
    postings,
    with_a_model_by_lot,
)
from tests.support.fitting.read_again import last_features

WEIGHTS = Path(choose_employer.__file__).with_name("weights.txt")
EITHER = frozenset(
    [
        "any",
        "row",
        "part",
        "piece",
        "foot",
        "line_0",
        "line_1",
        "line_2",
        "line_3",
        "line_4",
        "line_of_title",
        "known_tool",
        "told",
        "told_best",
        "told_mean",
        "made",
        "spoken_of",
    ]
)
"""Features that may have either sign."""
BEGIN = {
    "digits": -1.5,
    "small": -0.5,
    "board": -3.0,
    "last_unsaid": -1.0,
    "client": 2.0,
    "copyright": 0.5,
    "eeo": 0.7,
    "legal_form": 2.0,
    "person": -1.5,
    "agency_for_client": -3.0,
    "job": -2.0,
    "agency": -8.0,
}
"""Where weights begin that few postings say much about; the others at zero."""
AT_MOST = {
    "job": -2.0,
    "agency": -8.0,
    "board": -3.0,
    "last_unsaid": -1.0,
    "person": -1.5,
    "signs_for_rival": -2.0,
    "part_of_rival": -3.5,
    "named_place": -2.0,
    "title_only": -1.0,
    "unnamed_client": -7.0,
    "speaks_for_other": -2.0,
    "heads_list": -1.0,
    "unnamed_business": -3.0,
    "apart_from_hirer": -1.5,
}
"""What is known to speak against a name, and that the postings here are too few of a kind to show."""
OTHER_NAMES = [
    "Quill & Daughters",
    "kanto",
    "Nordmann Werke GmbH",
    "7digital",
    "Lark",
    "The Blue Door Café",
    "Ostrava Steel a.s.",
    "Hope for Paws",
    "Amberly",
    "Dr. Weiss Dental",
    "St. Columba's Hospital",
    "Pixel & Pine",
    "Volkert",
    "Banco Azteca",
    "Rue des Lilas",
    "Kestrel Freight Lines",
    "eToro",
    "Harbor",
    "Plain",
    "Jensen's Bøfhus",
    "City of Redwater",
    "U-Haul",
    "Make",
    "Tante Emma",
    "Oak Street Health",
    "Sunrise",
    "Klarna",
    "TUI",
    "Bo",
    "Grupo Salinas",
    "Fundación Río",
    "ACME Inc",
]
"""Names put in the place of a posting's own: no weight may rest on what employers here happen to be called."""
AT_LEAST = {"head_says_so": 2.0}
"""What is known to say whose the job is (`X hiring Y` as a page's title), and that few saved pages here show."""
BOUNDS = Bounds(EITHER, AGAINST, BEGIN, AT_MOST, AT_LEAST)


def with_another_name(kind: str, employer: str, text: str, lots: random.Random) -> tuple[str, str, str] | None:
    """The posting as another employer's; nothing where its name is not in the text as it is written, or is there in another form too."""
    own, other = employer.split(" / ", maxsplit=1)[0], lots.choice(OTHER_NAMES)
    if own == "?" or own not in text:
        return None
    label = squash(company_name(own))
    for old, new in ((own, other), (company_name(own), company_name(other)), (label, squash(company_name(other)))):
        if len(old) > 2:
            text, kind = (re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new.replace("\\", ""), one) for one in (text, kind))
    rest = company_name(own).split()[0]
    return None if len(rest) > 3 and rest.casefold() in text.casefold() else (kind, other, text)


def is_one_of(spellings: set[str], wanted: set[str]) -> bool:
    """Whether one of the spellings is a wanted name, or its beginning: `Takeda` for `Takeda Pharmaceuticals`."""
    return any(
        one == other or (min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one)))
        for one in spellings
        for other in wanted
    )


def choices(file: str, names: list[str], lots: random.Random) -> Iterator[Choice]:
    """What there is to learn from a file; `names` grows by the features met."""
    for at, (kind, _, employer, text) in enumerate(postings(INPUTS / file)):  # an absolute path stays itself
        group = employer if employer != "?" else f"{file} {at}"
        other = with_another_name(kind, employer, text, lots) if file in FILES else None
        for one_kind, one_employer, one_text in filter(None, ((kind, employer, text), other)):
            features, found = asyncio.run(last_features(one_kind, one_text, choose_employer, Candidates()))
            keys = list(features)
            wanted = {key_of(one) for one in one_employer.split(" / ")} - {""}
            spelled = [{key, *map(key_of, found[key].spellings)} for key in keys]
            right = [at for at, spellings in enumerate(spelled) if is_one_of(spellings, wanted)]
            if one_employer != "?" and not right and file in FILES:
                continue  # its name is not there as it is wanted: nothing to learn
            names += sorted({name for values in features.values() for name in values} - set(names))
            if keys:
                rows = np.array([[features[key].get(name, 0.0) for name in names] for key in keys])
                yield Choice(rows, right, file, one_employer, group)
                yield Choice(with_a_model_by_lot(rows, right, names, lots), right, file, one_employer, group)


if __name__ == "__main__":
    fit_from(sys.argv[1:], choices, WEIGHTS, BOUNDS)
