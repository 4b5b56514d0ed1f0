"""Fit the weights of a choice between candidates: the conditional logit's, with "none of them" as a choice of its own.

What can only speak for a candidate has no negative weight, what can only speak against it no positive one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from functions.interview_prep.posting.identity.weighed import weights_in

INPUTS = Path(__file__).parents[2] / "unit/functions/interview_prep/posting/posting_inputs"
FILES = ("single_jobs.txt", "everyday_jobs.txt", "unseen_jobs.txt", "many_shapes.txt")
REAL = Path(__file__).with_name("real_rows.json.gz")
REAL_TIMES = 2.0
"""How often a real posting counts against one of `posting_inputs/`."""
ROUNDS, FOLDS = 200, 5
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """One reading of a posting: a row of features for each candidate, which of them are right; its file, what is wanted, and what is left out with it.

    `times`: how often it counts.
    """

    rows: Array
    right: list[int]
    file: str
    wanted: str
    group: str
    times: float = 1.0


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
    """What is known of features beforehand: which may have either sign, which only speak against; where weights begin, their most and their least.

    `held`: how strongly weights are held near where they begin.
    """

    either: Collection[str]
    against: Collection[str]
    begin: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)
    held: float = 10.0


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
    """The weights of least loss, held near where they begin."""
    table = np.concatenate([_padded(one, len(names)) for one in learnt])
    group = np.repeat(np.arange(len(learnt)), [len(one.rows) for one in learnt])
    right = np.concatenate([np.isin(np.arange(len(one.rows)), one.right) for one in learnt]).astype(float)
    none_is, times = np.array([not one.right for one in learnt]), np.array([one.times for one in learnt])
    begin = np.array([bounds.begin.get(name, 0.0) for name in names])
    free = {*bounds.against, *bounds.either}
    least = np.array([bounds.least.get(name, -np.inf if name in free else 0.0) for name in names])
    most = np.array([bounds.most.get(name, 0.0 if name in bounds.against else np.inf) for name in names])

    def loss(weights: Array) -> tuple[float, Array]:
        scores, top = table @ weights, np.zeros(len(learnt))
        np.maximum.at(top, group, scores)
        likely = np.exp(scores - top[group])
        total = np.exp(-top) + np.bincount(group, likely, len(learnt))
        hit = np.maximum(np.bincount(group, likely * right, len(learnt)), 1e-300)
        told = times @ np.log(np.where(none_is, np.exp(-top), hit) / total)
        wanted = np.where(none_is[group], 0.0, likely * right / hit[group])
        slope = table.T @ (times[group] * (likely / total[group] - wanted)) + bounds.held * (weights - begin)
        return float(bounds.held * np.square(weights - begin).sum() / 2 - told), slope

    limits = optimize.Bounds(least, most)
    found = optimize.minimize(loss, np.clip(begin, least, most), jac=True, bounds=limits, options={"maxiter": ROUNDS})
    fitted: Array = found.x
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


def report(learnt: Sequence[Choice], names: Sequence[str], bounds: Bounds) -> None:
    """Print how the weights do on postings of groups (an employer each) that they were not fitted on."""
    fold = {group: at % FOLDS for at, group in enumerate(sorted({one.group for one in learnt}))}
    read = left_out(learnt, names, bounds, lambda one: fold[one.group])
    for file in sorted({one.file for one in learnt}):
        for sure in (0.4, 0.5, 0.6, 0.7, 0.8):
            print(f"{file}, taken from {sure}: {outcomes([pair for pair in read if pair[0].file == file], sure)}")  # noqa: T201 - what the tool is for


def write(path: Path, weights: Array, names: Sequence[str]) -> None:
    """The weights, the largest first, below the file's comment."""
    by_name = dict(zip(names, weights, strict=True))
    head = [row for row in path.read_text("utf-8").splitlines() if row.startswith("#")]
    rows = [f"{name} {by_name[name]:.2f}" for name in sorted(names, key=lambda name: (-by_name[name], name))]
    path.write_text("\n".join([*head, *rows, ""]), "utf-8")


Choices: TypeAlias = Callable[[str, list[str], random.Random], Iterator[Choice]]
"""What there is to learn from a file; the names of features grow by those met."""


def fit_from(arguments: Sequence[str], choices: Choices, weights: Path, bounds: Bounds) -> None:
    """Print what the weights do on what they were not fitted on; write new ones where `--write` says so.

    Files of real postings take the place of the rows that are kept of such, and are kept as rows where `--keep` says so.
    """
    names, lots, kind = list[str](), random.Random(1), weights.parent.name
    learnt = [one for file in FILES for one in choices(file, names, lots)]
    rows = json.loads(gzip.decompress(REAL.read_bytes())) if REAL.exists() else {}
    begin = rows.setdefault(kind, {}).setdefault("begin", weights_in(weights))
    files = [str(Path(one).resolve()) for one in arguments if one[:2] != "--"]
    if files:
        real = [one for file in files for one in choices(file, names, lots)]
        rows[kind] |= {"names": names, "choices": [_packed(one, names, begin) for one in real]}
    if "--keep" in arguments:
        REAL.write_bytes(gzip.compress(json.dumps(rows, separators=(",", ":")).encode(), mtime=0))
    known = rows[kind].get("names", [])
    names += [name for name in known if name not in names]
    learnt += [_unpacked(one, [names.index(name) for name in known], len(names)) for one in rows[kind].get("choices", [])]
    own = replace(bounds, begin=dict(bounds.begin) | begin)
    report(learnt, names, own)
    if "--write" in arguments:
        write(weights, fit(learnt, names, own), names)


MOST_KEPT = 8
"""Wrong candidates of a real posting that are kept, the likeliest ones."""
Packed: TypeAlias = tuple[str, str, list[int], list[list[float]]]
"""A real posting's group and what is wanted, as numbers or `?`, which rows are right, and each row's features as index and value in turn."""


def _packed(one: Choice, names: Sequence[str], begin: Mapping[str, float]) -> Packed:
    likely = likelihoods(one, np.array([begin.get(name, 0.0) for name in names]))
    wrong = [at for at in np.argsort(-likely) if at not in one.right][:MOST_KEPT]
    rows = [
        [value for column in np.flatnonzero(row) for value in (int(column), round(float(row[column]), 2))]
        for row in one.rows[[*one.right, *wrong]]
    ]
    group = hashlib.sha256(one.group.encode()).hexdigest()[:6]
    return group, "?" if one.wanted == "?" else group, list(range(len(one.right))), rows


def _unpacked(packed: Packed, columns: Sequence[int], width: int) -> Choice:
    group, wanted, right, rows = packed
    table = np.zeros((len(rows), width))
    for at, row in enumerate(rows):
        for column, value in zip(row[::2], row[1::2], strict=True):
            table[at, columns[int(column)]] = value
    return Choice(table, right, REAL.name, wanted, group, REAL_TIMES)
