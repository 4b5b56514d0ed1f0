"""Fit `identity/employer/weights.txt` anew: `python -m tests.support.fit_employer_weights [FILE ...]`.

From the postings of `posting_inputs/single_jobs.txt` and of FILES in the same form (`=== paste | title | employer`, then the
text; `?` where none is named). Each is learnt from twice, once with the offline model's answer and once with a model drawn
by lot that is right four times in five. The loss is the conditional logit's, with "none of them" as a choice of its own; what can
only speak for a name has no negative weight, what can only speak against it no positive one. `unseen_jobs.txt` stays out.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.employer import choose_employer
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.name_features import AGAINST, Features, features_of
from functions.interview_prep.posting.identity.said import Said
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from infra.offline_model.interviews import posting_facts
from shared.errors import HeadraceError
from shared.ports.web import Page
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

INPUTS = Path(__file__).parents[1] / "unit/functions/interview_prep/posting_inputs"
WEIGHTS = Path(choose_employer.__file__).with_name("weights.txt")
EITHER = {"any", "mentions"}
"""Features that may have either sign."""
HELD = 0.0005
"""How strongly weights are held near where they begin."""
BEGIN = {
    "digits": -1.5,
    "small": -0.5,
    "board": -3.0,
    "title_only": -1.0,
    "last_unsaid": -1.0,
    "client": 2.0,
    "copyright": 0.5,
    "eeo": 0.7,
    "legal_form": 2.0,
    "person": -1.5,
    "agency_for_client": -3.0,
}
"""Where weights begin that few postings say much about; the others at zero."""
AT_MOST = {"board": -3.0, "last_unsaid": -1.0, "person": -1.5}
"""What is known to speak against a name, and that the postings here are too few of a kind to show."""
ROUNDS, STEP = 4000, 0.02
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """One posting: a row of features for each candidate, and which of them are right."""

    rows: Array
    right: list[int]


def blocks(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each posting's kind (`paste`, or `html` with its address), its employer, its text."""
    duties = (INPUTS / "duties.txt").read_text("utf-8")
    for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, text = block.partition("\n")
        kind, _, rest = head.partition(" | ")
        yield kind, rest.rpartition(" | ")[2], text.replace("{duties}", duties).replace("{htmlduties}", duties)


async def last_features(kind: str, text: str) -> tuple[Features, Candidates]:
    """The features that the reading of a posting ended with; none where it was refused before."""
    seen: list[tuple[Features, Candidates]] = []

    def spy(found: Candidates, said: Said, rows: list[str], title: str) -> Features:
        features = features_of(found, said, rows, title)
        seen.append((features, found))
        return features

    models = FakeModels(
        lambda **asked: asked["answer"].model_validate(posting_facts.answer(asked["data"], asked["answer"].model_json_schema()))
    )
    request = PrepRequest(posting_text=text)
    pages: dict[str, Page | Exception | Callable[..., Page]] = {}
    if kind != "paste":
        url = kind.split()[1]
        request = PrepRequest(job_posting_url=url)
        pages[url] = page(url, text, content_type="text/html; charset=utf-8")
    with patch.object(choose_employer, "features_of", spy), suppress(HeadraceError):
        await read_posting(request, fake_ports(web=FakeWeb(pages), models=models))
    return seen[-1] if seen else ({}, Candidates())


def choices(path: Path, names: list[str], lots: random.Random) -> Iterator[Choice]:
    """What there is to learn from a file; `names` grows by the features met."""
    for kind, employer, text in blocks(path):
        features, found = asyncio.run(last_features(kind, text))
        keys = list(features)
        wanted = {squash(company_name(one)) for one in employer.split(" / ")} - {""}
        right = [
            at for at, key in enumerate(keys) if wanted & {key, *(squash(company_name(one)) for one in found[key].spellings)}
        ]
        names += sorted({name for values in features.values() for name in values} - set(names))
        if keys:
            rows = np.array([[features[key].get(name, 0.0) for name in names] for key in keys])
            yield Choice(rows, right)
            yield Choice(_with_a_model_by_lot(rows, right, names, lots), right)


def _with_a_model_by_lot(rows: Array, right: list[int], names: list[str], lots: random.Random) -> Array:
    if "model" not in names:
        return rows
    other = rows.copy()
    other[:, names.index("model")] = 0.0
    drawn = lots.random()
    if drawn < 0.9:
        named = right[0] if right and drawn < 0.8 else lots.randrange(len(rows))
        other[named, names.index("model")] = 1.0
    return other


def fit(learnt: list[Choice], names: list[str]) -> Array:
    """The weights of least loss, by projected steps (Adam's)."""
    data = [(np.pad(one.rows, ((0, 0), (0, len(names) - one.rows.shape[1]))), one.right) for one in learnt]
    begin = np.array([BEGIN.get(name, 0.0) for name in names])
    least = np.array([-np.inf if name in AGAINST or name in EITHER else 0.0 for name in names])
    most = np.array([AT_MOST.get(name, 0.0 if name in AGAINST else np.inf) for name in names])
    weights, mean, square = begin.copy(), np.zeros(len(names)), np.zeros(len(names))
    for at in range(1, ROUNDS + 1):
        slope = HELD * (weights - begin) + sum(_slope(rows, right, weights) for rows, right in data) / len(data)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = (mean / (1 - 0.9**at)) / (np.sqrt(square / (1 - 0.999**at)) + 1e-8)
        weights = np.clip(weights - STEP * step, least, most)
    return weights


def _slope(rows: Array, right: list[int], weights: Array) -> Array:
    scores = np.append(rows @ weights, 0.0)
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    wanted = np.zeros_like(likely)
    at = right or [len(rows)]
    wanted[at] = likely[at] / max(likely[at].sum(), 1e-12)
    slope: Array = rows.T @ (likely - wanted)[:-1]
    return slope


def main(paths: list[str]) -> None:
    names: list[str] = []
    lots = random.Random(1)
    learnt = [one for path in (INPUTS / "single_jobs.txt", *map(Path, paths)) for one in choices(path, names, lots)]
    weights = dict(zip(names, fit(learnt, names), strict=True))
    head = [row for row in WEIGHTS.read_text("utf-8").splitlines() if row.startswith("#")]
    rows = [f"{name} {weights[name]:.2f}" for name in sorted(names, key=lambda name: -weights[name])]
    WEIGHTS.write_text("\n".join([*head, *rows, ""]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
