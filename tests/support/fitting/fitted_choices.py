"""Fit the weights of a choice between candidates: the conditional logit's, with "none of them" as a choice of its own.

What can only speak for a candidate has no negative weight, what can only speak against it no positive one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

INPUTS = Path(__file__).parents[2] / "unit/functions/interview_prep/posting/posting_inputs"
FILES = ("single_jobs.txt", "everyday_jobs.txt", "unseen_jobs.txt", "many_shapes.txt")
OWN_TIMES = 6
"""How often what `posting_inputs/` holds counts: it is by more authors and of more kinds than any corpus."""
HELD = 0.0001
"""How strongly weights are held near where they begin."""
ROUNDS, STEP, FOLDS = 900, 0.06, 5
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """One reading of a posting: a row of features for each candidate, which of them are right; its file, what is wanted, and what is left out with it."""

    rows: Array
    right: list[int]
    file: str
    wanted: str
    group: str


@dataclass(frozen=True)
class Outcomes:
    """Of readings whose right one is named or not: taken and right, taken and wrong, asked; and the guesses that were right."""

    right: int
    wrong: int
    asked: int
    guessed: int

    def __str__(self) -> str:
        n = self.right + self.wrong + self.asked
        return f"{n} read: right {self.right / n:.1%}, wrong {self.wrong / n:.1%}, asked {self.asked / n:.1%} ({self.guessed} of {self.asked} with the right guess)"


@dataclass(frozen=True)
class Bounds:
    """What is known of features beforehand: which may have either sign, which only speak against; where weights begin, their most and their least."""

    either: Collection[str]
    against: Collection[str]
    begin: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)


def postings(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Each posting's kind (`paste`, or `html` with its address), its title, its employer, its text."""
    duties = (INPUTS / "duties.txt").read_text("utf-8")
    for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, text = block.partition("\n")
        kind, _, rest = head.partition(" | ")
        title, _, employer = rest.rpartition(" | ")
        yield kind, title, employer, text.replace("{duties}", duties).replace("{htmlduties}", duties)


def with_a_model_by_lot(rows: Array, right: Sequence[int], names: list[str], lots: random.Random) -> Array:
    """The same with the answer of a model that is right four times in five."""
    if "model" not in names:
        return rows
    other = rows.copy()
    other[:, names.index("model")] = 0.0
    drawn = lots.random()
    if drawn < 0.9:
        named = right[0] if right and drawn < 0.8 else lots.randrange(len(rows))
        other[named, names.index("model")] = 1.0
    return other


def fit(learnt: Sequence[Choice], names: Sequence[str], bounds: Bounds) -> Array:
    """The weights of least loss, by projected steps (Adam's)."""
    table = np.concatenate([_padded(one, len(names)) for one in learnt])
    group = np.repeat(np.arange(len(learnt)), [len(one.rows) for one in learnt])
    right = np.concatenate([np.isin(np.arange(len(one.rows)), one.right) for one in learnt])
    none_is = np.array([not one.right for one in learnt])
    begin = np.array([bounds.begin.get(name, 0.0) for name in names])
    free = {*bounds.against, *bounds.either}
    least = np.array([bounds.least.get(name, -np.inf if name in free else 0.0) for name in names])
    most = np.array([bounds.most.get(name, 0.0 if name in bounds.against else np.inf) for name in names])
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
    """How readings come out by their candidates' probabilities, one being taken from `sure` on."""
    right = wrong = guessed = asked = 0
    for one, likely in read:
        best = int(likely.argmax())
        if likely[best] >= sure:
            right, wrong = right + (best in one.right), wrong + (best not in one.right)
        elif one.wanted == "?":
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
    learnt: Sequence[Choice], names: Sequence[str], bounds: Bounds, part_of: Callable[[Choice], int | str]
) -> list[tuple[Choice, Array]]:
    """Each reading with its probabilities by weights that were fitted on the other parts."""
    read: list[tuple[Choice, Array]] = []
    for part in sorted({part_of(one) for one in learnt}, key=str):
        weights = fit([one for one in learnt if part_of(one) != part], names, bounds)
        read += [(one, likelihoods(one, weights)) for one in learnt if part_of(one) == part]
    return read


def report(learnt: Sequence[Choice], names: Sequence[str], bounds: Bounds, what: str) -> None:
    """Print how the weights do on postings that they were not fitted on: by groups left out in turn, and by files left out in turn."""
    fold = {group: at % FOLDS for at, group in enumerate(sorted({one.group for one in learnt}))}
    for part, part_of in ((what, lambda one: fold[one.group]), ("files", lambda one: one.file)):
        read = left_out(learnt, names, bounds, part_of)
        for sure in (0.5, 0.6, 0.7, 0.8):
            print(f"{part} left out, taken from {sure}: {outcomes(read, sure)}")  # noqa: T201 - what the tool is for
        for file in sorted({one.file for one in learnt}):
            print(f"   {file}: {outcomes([pair for pair in read if pair[0].file == file], 0.6)}")  # noqa: T201 - as above


def write(path: Path, weights: Array, names: Sequence[str]) -> None:
    """The weights, the largest first, below the file's comment."""
    by_name = dict(zip(names, weights, strict=True))
    head = [row for row in path.read_text("utf-8").splitlines() if row.startswith("#")]
    rows = [f"{name} {by_name[name]:.2f}" for name in sorted(names, key=lambda name: (-by_name[name], name))]
    path.write_text("\n".join([*head, *rows, ""]), "utf-8")


Choices: TypeAlias = Callable[[str, list[str], random.Random], Iterator[Choice]]
"""What there is to learn from a file; the names of features grow by those met."""


def fit_from(arguments: Sequence[str], choices: Choices, weights: Path, bounds: Bounds) -> None:
    """Print what the weights do on what they were not fitted on; write new ones where `--write` says so."""
    names: list[str] = []
    lots = random.Random(1)
    files = [*FILES, *(str(Path(one).resolve()) for one in arguments if one != "--write")]
    learnt = [one for file in files for one in choices(file, names, lots) for _ in range(OWN_TIMES if file in FILES else 1)]
    report(learnt, names, bounds, "employers")
    if "--write" in arguments:
        write(weights, fit(learnt, names, bounds), names)
