"""Fit `several/weights.txt` anew: `python -m tests.support.fitting.fit_several_weights [--write] [FILE …]`.

From the postings of `posting_inputs/` that are there to learn from, each alone, and two to four of them that stand one after the other in
their file as they would be pasted. Further files, of the same form, may lie anywhere: real postings, which are other people's, are learnt
from and not kept here. Where a file has several postings of one layout in a row, they are pasted in that layout.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from functions.interview_prep.posting.page.html_text import plain
from functions.interview_prep.posting.page.job_tables import without_links
from functions.interview_prep.posting.page.single_posting_check import is_title
from functions.interview_prep.posting.read_pasted_text import with_labels
from functions.interview_prep.posting.several import several_postings
from functions.interview_prep.posting.several.beginning_features import HEAD, features_of
from functions.interview_prep.posting.several.text_lines import lines_of
from tests.support.fitting.fitted_choices import FILES, INPUTS, Bounds, Choice, fit, left_out, postings, write

WEIGHTS = Path(several_postings.__file__).with_name("weights.txt")
BETWEEN = (
    "\n\n", "\n\n", "\n\n\n", "\n", "\n\n---\n\n", "\n________\n", "\n\n2. ", "\n\nhttps://jobs.example.com/view/40123\n\n", "\n\nand the other one:\n\n", "\n\nNext:\n\n",
)  # fmt: skip
"""What stands between two postings that somebody pastes."""
MANY, CUT, LEAST, LONGEST = (2, 2, 2, 2, 3, 3, 4), (160, 260, 500, 900, 1500, 9000, 9000), 120, 9000
"""How many are pasted together, at how many characters they are cut, how long each is."""
OWN_TIMES = 6
"""How often the postings that lie here are pasted, each time otherwise."""
AT_LEAST = {"gender": 2.0, "label_again": 8.0}
"""What is known to head a posting, and the postings here seldom show: a title for any gender, as the first one was; its label again, of another job."""
SHARE, AGAIN, SHORT = 0.7, 0.06, 0.25
"""Texts of several postings for each single one; of one that is pasted twice, and of one cut short."""


def choices(file: str, names: list[str], lots: random.Random) -> Iterator[Choice]:
    """What there is to learn from a file: the lines of a text that may begin a further posting, and which do."""
    pasted = [
        (employer, without_links(plain(with_labels(text))))
        for kind, _, employer, text in postings(INPUTS / file)
        if kind == "paste"
    ]
    for at, (employer, text) in enumerate(pasted):
        yield _choice([text], "", names, file, employer)
        if lots.random() < AGAIN:
            yield _choice([text, text], lots.choice(BETWEEN), names, file, employer, one=True)
        if lots.random() < SHORT:
            yield _choice([text[: lots.choice(CUT[:3])]], "", names, file, employer)
        others = [text for _, text in pasted[at : at + lots.choice(MANY)] if LEAST < len(text) < LONGEST]
        if lots.random() < SHARE and len(others) > 1:
            cut = lots.choice(CUT)
            yield _choice([text[:cut] for text in others], lots.choice(BETWEEN), names, file, employer)


def _choice(texts: Sequence[str], between: str, names: list[str], file: str, group: str, *, one: bool = False) -> Choice:
    joined, begins = texts[0], []
    for text in texts[1:]:
        begins.append(len(lines_of(joined)))
        joined += between + text
    features = features_of(lines_of(joined), is_title)
    names += sorted({name for values in features.values() for name in values} - set(names))
    rows = np.array([[values.get(name, 0.0) for name in names] for values in features.values()]).reshape(
        len(features), len(names)
    )
    right = (
        [] if one else [here for here, at in enumerate(map(int, features)) if any(begin <= at < begin + HEAD for begin in begins)]
    )
    return Choice(rows, right, file, "one" if one or len(texts) == 1 else "several", group)


def report(learnt: Sequence[Choice], names: Sequence[str], bounds: Bounds) -> None:
    """Print how many texts are found to be several, of one and of several postings, by weights fitted without their file."""
    read = left_out(learnt, names, bounds, lambda one: one.file)
    for sure in (0.5, 0.8, 0.9, 0.95, 0.98):
        found = {wanted: [likely.sum() >= sure for one, likely in read if one.wanted == wanted] for wanted in ("one", "several")}
        told = ", ".join(f"{sum(said)} of {len(said)} ({wanted})" for wanted, said in found.items())
        print(f"files left out, several from {sure}: {told}")  # noqa: T201 - what the tool is for


if __name__ == "__main__":
    met: list[str] = []
    by_lot = random.Random(1)
    files = [*FILES, *(str(Path(one).resolve()) for one in sys.argv[1:] if one != "--write")]
    read = [one for file in files for one in choices(file, met, by_lot) for _ in range(OWN_TIMES if file in FILES else 1)]
    learnt = [one for one in read if one.right or one.wanted == "one"]
    free = Bounds(frozenset(met), frozenset(), least=AT_LEAST)
    report(read, met, free)
    if "--write" in sys.argv:
        write(WEIGHTS, fit(learnt, met, free), met)
