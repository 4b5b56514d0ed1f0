"""Fit `identity/employer/weights.txt` anew: `python -m tests.support.fit_employer_weights [--write] [FILE …]`.

From the postings of `posting_inputs/` that are there to learn from (`=== paste | title | employer`, then the text; `?` where
none is named). Each is learnt from as it is and with another employer's name in it, each of them with the offline model's
answer and with a model drawn by lot that is right four times in five. The loss is the conditional logit's, with "none of
them" as a choice of its own; what can only speak for a name has no negative weight, what can only speak against it no
positive one. Prints first how the weights do on postings that they were not fitted on: by employers left out in turn, and by
files left out in turn (each has authors and layouts of its own). `held_out_jobs.txt` is for the tests alone. Further files, of
the same form, may lie anywhere: real postings, which are other people's, are learnt from and not kept here.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.employer import choose_employer
from functions.interview_prep.posting.identity.employer.candidates import Candidates, key_of
from functions.interview_prep.posting.identity.employer.name_features import AGAINST, Features, features_of
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.prep_request import PrepRequest
from functions.interview_prep.stages.read_posting import read_posting
from infra.offline_model.interviews import posting_facts
from shared.errors import HeadraceError
from shared.ports.web import Page
from tests.support.fakes import FakeModels, FakeWeb, fake_ports, page

INPUTS = Path(__file__).parents[1] / "unit/functions/interview_prep/posting_inputs"
FILES = ("single_jobs.txt", "everyday_jobs.txt", "unseen_jobs.txt", "many_shapes.txt")
WEIGHTS = Path(choose_employer.__file__).with_name("weights.txt")
EITHER = frozenset("any row part piece foot line_0 line_1 line_2 line_3 line_4 line_of_title".split())  # noqa: SIM905
"""Features that may have either sign."""
HELD = 0.0001
"""How strongly weights are held near where they begin."""
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
AT_MOST = {"job": -2.0, "agency": -8.0, "board": -3.0, "last_unsaid": -1.0, "person": -1.5}
"""What is known to speak against a name, and that the postings here are too few of a kind to show."""
ROUNDS, STEP, FOLDS = 900, 0.06, 5
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
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """One reading of a posting: a row of features for each candidate, which of them are right; its file, its employer, and what is left out with it."""

    rows: Array
    right: list[int]
    file: str
    employer: str
    group: str


@dataclass(frozen=True)
class Outcomes:
    """Of readings whose employer is named or not: taken and right, taken and wrong, asked; and the guesses that were right."""

    right: int
    wrong: int
    asked: int
    guessed: int

    def __str__(self) -> str:
        n = self.right + self.wrong + self.asked
        return f"{n} read: right {self.right / n:.1%}, wrong {self.wrong / n:.1%}, asked {self.asked / n:.1%} ({self.guessed} of {self.asked} with the right guess)"


def postings(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each posting's kind (`paste`, or `html` with its address), its employer, its text."""
    duties = (INPUTS / "duties.txt").read_text("utf-8")
    for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, text = block.partition("\n")
        kind, _, rest = head.partition(" | ")
        yield kind, rest.rpartition(" | ")[2], text.replace("{duties}", duties).replace("{htmlduties}", duties)


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


async def last_features(kind: str, text: str) -> tuple[Features, Candidates]:
    """The features that the reading of a posting ended with; none where it was refused before."""
    seen: list[tuple[Features, Candidates]] = []

    def spy(found: Candidates, said: PostingParts, rows: list[str], title: str) -> Features:
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


def choices(file: str, names: list[str], lots: random.Random) -> Iterator[Choice]:
    """What there is to learn from a file; `names` grows by the features met."""
    for at, (kind, employer, text) in enumerate(postings(INPUTS / file)):  # an absolute path stays itself
        group = employer if employer != "?" else f"{file} {at}"
        other = with_another_name(kind, employer, text, lots)
        for one_kind, one_employer, one_text in filter(None, ((kind, employer, text), other)):
            features, found = asyncio.run(last_features(one_kind, one_text))
            keys = list(features)
            wanted = {key_of(one) for one in one_employer.split(" / ")} - {""}
            spelled = [{key, *map(key_of, found[key].spellings)} for key in keys]
            right = [at for at, spellings in enumerate(spelled) if wanted & spellings]
            names += sorted({name for values in features.values() for name in values} - set(names))
            if keys:
                rows = np.array([[features[key].get(name, 0.0) for name in names] for key in keys])
                yield Choice(rows, right, file, one_employer, group)
                yield Choice(_with_a_model_by_lot(rows, right, names, lots), right, file, one_employer, group)


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


def fit(learnt: Sequence[Choice], names: Sequence[str]) -> Array:
    """The weights of least loss, by projected steps (Adam's)."""
    table = np.concatenate([_padded(one, len(names)) for one in learnt])
    group = np.repeat(np.arange(len(learnt)), [len(one.rows) for one in learnt])
    right = np.concatenate([np.isin(np.arange(len(one.rows)), one.right) for one in learnt])
    none_is = np.array([not one.right for one in learnt])
    begin = np.array([BEGIN.get(name, 0.0) for name in names])
    least = np.array([-np.inf if name in AGAINST or name in EITHER else 0.0 for name in names])
    most = np.array([AT_MOST.get(name, 0.0 if name in AGAINST else np.inf) for name in names])
    weights, mean, square = begin.copy(), np.zeros(len(names)), np.zeros(len(names))
    for at in range(1, ROUNDS + 1):
        likely = np.exp(np.minimum(table @ weights, 50.0))
        total = 1.0 + np.bincount(group, likely, len(learnt))
        hit = np.bincount(group, likely * right, len(learnt))
        wanted = np.where(none_is[group], 0.0, likely * right / np.maximum(hit, 1e-300)[group])
        slope = HELD * (weights - begin) + table.T @ (likely / total[group] - wanted) / len(learnt)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        step = (mean / (1 - 0.9**at)) / (np.sqrt(square / (1 - 0.999**at)) + 1e-8)
        weights = np.clip(weights - STEP * step, least, most)
    fitted: Array = weights
    return fitted


def _padded(one: Choice, width: int) -> Array:
    return np.pad(one.rows, ((0, 0), (0, width - one.rows.shape[1])))


def outcomes(read: Sequence[tuple[Choice, Array]], sure: float) -> Outcomes:
    """How readings come out by their candidates' probabilities, a name being taken from `sure` on."""
    right = wrong = guessed = asked = 0
    for one, likely in read:
        best = int(likely.argmax())
        if likely[best] >= sure:
            right, wrong = right + (best in one.right), wrong + (best not in one.right)
        elif one.employer == "?":
            right += 1
        else:
            asked, guessed = asked + 1, guessed + (best in one.right)
    return Outcomes(right, wrong, asked, guessed)


def likelihoods(one: Choice, weights: Array) -> Array:
    """The candidates' probabilities."""
    scores = np.exp(np.minimum(_padded(one, len(weights)) @ weights, 50.0))
    shares: Array = scores / (1.0 + scores.sum())
    return shares


def left_out(
    learnt: Sequence[Choice], names: Sequence[str], part_of: Callable[[Choice], int | str]
) -> list[tuple[Choice, Array]]:
    """Each reading with its probabilities by weights that were fitted on the other parts."""
    read: list[tuple[Choice, Array]] = []
    for part in sorted({part_of(one) for one in learnt}, key=str):
        weights = fit([one for one in learnt if part_of(one) != part], names)
        read += [(one, likelihoods(one, weights)) for one in learnt if part_of(one) == part]
    return read


def main(arguments: Sequence[str]) -> None:
    """Print what the weights do on what they were not fitted on; write new ones where `--write` says so."""
    names: list[str] = []
    lots = random.Random(1)
    files = [*FILES, *(str(Path(one).resolve()) for one in arguments if one != "--write")]
    learnt = [one for file in files for one in choices(file, names, lots)]
    fold = {group: at % FOLDS for at, group in enumerate(sorted({one.group for one in learnt}))}
    for what, part_of in (("employers", lambda one: fold[one.group]), ("files", lambda one: one.file)):
        read = left_out(learnt, names, part_of)
        for sure in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
            print(f"{what} left out, taken from {sure}: {outcomes(read, sure)}")  # noqa: T201 - what the tool is for
        for file in files:
            print(f"   {file}: {outcomes([pair for pair in read if pair[0].file == file], choose_employer.SURE)}")  # noqa: T201 - as above
    if "--write" in arguments:
        weights = dict(zip(names, fit(learnt, names), strict=True))
        head = [row for row in WEIGHTS.read_text("utf-8").splitlines() if row.startswith("#")]
        rows = [f"{name} {weights[name]:.2f}" for name in sorted(names, key=lambda name: -weights[name])]
        WEIGHTS.write_text("\n".join([*head, *rows, ""]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
