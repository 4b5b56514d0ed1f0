"""Fit `identity/learned/*.txt` anew: `python -m tests.support.fitting.words.fit_learned_words [--write] FILE …`.

Each FILE is a source's descriptions, one JSON object a line with `company` and `description`; they are other people's texts and
are not kept here. Where a description names its company is right, every other run of capitals that may be a name is wrong
(`contexts.txt`: the words around); companies' names are right, those runs and short lines are wrong (`names.txt`: what they are
made of). Prints first how the weights do on each file when they are fitted on the others.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy import optimize

from functions.interview_prep.forum.company_names import company_name
from functions.interview_prep.posting.clean_text import clean
from functions.interview_prep.posting.identity.employer.candidates import key_of
from functions.interview_prep.posting.identity.employer.names_on_lines import may_stand_for_employer
from functions.interview_prep.posting.identity.learned.mention_contexts import CONTEXTS, HERE, capitals_in, contexts
from functions.interview_prep.posting.identity.learned.name_words import ALWAYS, NAMES, signs
from functions.interview_prep.posting.identity.vocabulary import is_ordinary, names_role
from tests.support.fitting.words.word_tables import Array, area_of, by_weight, table_of, write_below_its_comment

WRITTEN = {"contexts": (CONTEXTS, HERE), "names": (NAMES, ALWAYS)}
"""Where each is written, and the entry that every mention or name has."""
_MOST_OF_ONE, _MOST_RIGHT, _MOST_WRONG, _LONGEST = 3, 12, 60, 12_000
"""Descriptions of one company in a file; mentions of a description that are learned from, right and wrong; its characters."""
_FEWEST = {"contexts": 8, "names": 6}
"""Companies or names that something is found with before it gets a weight."""
_PENALTY = {"contexts": 1 / 1.5, "names": 1 / 0.3}
_SHORTEST, _LONGEST_LINE, _RIGHT_SHARE = 3, 60, 0.3


@dataclass(frozen=True)
class Example:
    """What is found of one mention or name, whether it is the employer's, how much it counts, its file, its company."""

    found: tuple[str, ...]
    right: bool
    times: float
    file: str
    company: str


def descriptions(files: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """Each description's file, company and text."""
    for file in files:
        seen: dict[str, int] = defaultdict(int)
        for row in file.read_text("utf-8").splitlines():
            one = json.loads(row)
            seen[one["company"]] += 1
            if seen[one["company"]] <= _MOST_OF_ONE and len(key_of(one["company"])) >= _SHORTEST:
                yield file.stem, one["company"], clean(one["description"], _LONGEST)


def spellings(company: str) -> list[str]:
    """How a description may call its company: whole, without its legal form, by its first word or two."""
    short = company_name(company)
    words = short.split()
    first = [words[0]] if len(words) > 1 and len(words[0]) > _SHORTEST and not is_ordinary(words[0].casefold()) else []
    two = [" ".join(words[:2])] if len(words) > 2 else []
    return sorted({company, short, *first, *two}, key=len, reverse=True)


@cache
def _may_be(name: str) -> bool:
    return not names_role(name) and may_stand_for_employer(name)


def of_mentions(company: str, text: str) -> tuple[list[tuple[int, int]], list[tuple[str, int, int]]]:
    """Where a text names its company, and the other names in it."""
    spelled = "|".join(map(re.escape, spellings(company)))
    places = re.finditer(rf"(?<![\w@./-])(?:{spelled})(?![\w@])", text, re.IGNORECASE)
    right = [found.span() for found in places if not found[0].islower()]
    wrong = []
    for name, start in capitals_in(text):
        end = start + len(name)
        if not any(start < last and first < end for first, last in right) and _may_be(name):
            wrong.append((name, start, end))
    return right, wrong


def examples(files: Sequence[Path]) -> dict[str, list[Example]]:
    """What there is to learn of contexts and of names."""
    around: list[Example] = []
    employers: dict[str, tuple[str, str]] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for file, company, text in descriptions(files):
        right, wrong = of_mentions(company, text)
        employers.setdefault(key_of(company), (company, file))
        for name in [name for name, *_ in wrong] + [row.strip(" -:") for row in text.split("\n") if len(row) < _LONGEST_LINE]:
            others[name].append(file)
        if right and wrong:
            places = [(True, *one) for one in right[:_MOST_RIGHT]]
            places += [(False, *one[1:]) for one in wrong[:: math.ceil(len(wrong) / _MOST_WRONG)]]
            share = {True: len(right[:_MOST_RIGHT]) ** -0.5, False: len(wrong) ** -0.5}
            for is_right, start, end in places:
                if found := tuple(contexts(text, start, end)):
                    around.append(Example(found, is_right, share[is_right], file, key_of(company)))
    wrong_names = [name for name in others if name[:1].isupper() and key_of(name) not in employers and _may_be(name)]
    times = _RIGHT_SHARE * len(wrong_names) / max(1, len(employers))
    named = [Example(tuple(signs(name)), True, times, file, key) for key, (name, file) in employers.items() if not name.islower()]
    named += [
        Example(tuple(signs(name)), False, min(3.0, 1 + math.log(len(others[name]))), min(others[name]), name)
        for name in wrong_names
    ]
    return {"contexts": around, "names": named}


def fit(learnt: Sequence[Example], fewest: int, penalty: float) -> dict[str, float]:
    """The weights of least loss and few words; the constant's entry is empty."""
    companies: dict[str, set[str]] = defaultdict(set)
    for one in learnt:
        for found in one.found:
            companies[found].add(one.company)
    words = sorted(found for found, of in companies.items() if len(of) >= fewest)
    table = table_of([one.found for one in learnt], words)
    right = np.array([one.right for one in learnt], float)
    times = np.array([one.times for one in learnt])
    width = len(words)

    def loss(halves: Array) -> tuple[float, Array]:
        scores = table @ (halves[:width] - halves[width:-1]) + halves[-1]
        told = np.logaddexp(0.0, scores) - right * scores
        slope = times * (1 / (1 + np.exp(-scores)) - right)
        down: Array = table.T @ slope
        value = float(times @ told + penalty * halves[:-1].sum())
        return value, np.concatenate([down + penalty, penalty - down, [slope.sum()]])

    begin = np.zeros(2 * width + 1)
    limits = [(0.0, None)] * (2 * width) + [(None, None)]
    found = optimize.minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 300}).x
    weights = found[:width] - found[width:-1]
    return {"": float(found[-1])} | {word: float(weight) for word, weight in zip(words, weights, strict=True) if weight}


def area(weights: dict[str, float], learnt: Sequence[Example]) -> float:
    """The share of pairs, one right and one wrong, that the weights put in the right order."""
    scores = np.array([sum(weights.get(found, 0.0) for found in one.found) for one in learnt])
    return area_of(scores, np.array([one.right for one in learnt]))


def write(path: Path, constant: str, weights: dict[str, float]) -> None:
    """The entries by their weight, below the file's comment."""
    kept = {entry or constant: weight for entry, weight in weights.items() if round(weight, 1) or not entry}
    write_below_its_comment(path, ["\t".join([f"{weight:.1f}", *entries]) for weight, entries in by_weight(kept)])


def main(arguments: Sequence[str], tell: Callable[[str], None] = print) -> None:
    """Print the areas, and write the weights where `--write` says so."""
    files = [Path(one) for one in arguments if one[:2] != "--"]
    for name, learnt in examples(files).items():
        for file in sorted({one.file for one in learnt}):
            part = [one for one in learnt if one.file == file]
            if len({one.right for one in part}) > 1:
                weights = fit([one for one in learnt if one.file != file], _FEWEST[name], _PENALTY[name])
                tell(f"{name}, {file} left out: {area(weights, part):.3f} of {len(part)}")
        if "--write" in arguments:
            write(*WRITTEN[name], fit(learnt, _FEWEST[name], _PENALTY[name]))


if __name__ == "__main__":
    main(sys.argv[1:])
