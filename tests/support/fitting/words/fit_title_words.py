"""Fit `identity/title/lexicon.txt` and `contexts.txt` anew: `python -m tests.support.fitting.words.fit_title_words KIND FILE [--write]`.

KIND `lexicon`: a line of FILE is `1` or `0` (a title or not), a tab, the text. KIND `contexts`: a line is the title as its board
tells it, a tab, the posting's text with `\\n` for its breaks. A tenth of the lines is left out and measured.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from scipy import optimize

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.title.find_titles import first_part
from functions.interview_prep.posting.identity.title.title_lexicon import LEXICON, marks_of, words_of
from functions.interview_prep.posting.identity.title.title_spans import CONTEXTS, spans_in
from tests.support.fitting.words.word_tables import Array, area_of, by_weight, table_of, write_below_its_comment

Row: TypeAlias = tuple[list[str], bool, bool]
"""A text's marks, whether it is a title, whether it is left out."""
KEPT, LEAST_SEEN, HELD = 14_000, 8, 1.0
"""Marks kept of the lexicon; times that a mark is seen; how strongly weights are held near nought."""


def lexicon_rows(lines: Iterable[str]) -> Iterator[Row]:
    """A row for each text."""
    for line in lines:
        is_title, _, text = line.partition("\t")
        yield list(marks_of(words_of(text))), is_title == "1", _is_left_out(text)


def context_rows(lines: Iterable[str]) -> Iterator[Row]:
    """A row for each span of each posting: right where it is the title, or its first part."""
    for line in lines:
        title, _, text = line.partition("\t")
        wanted = {squash(title), squash(clean_title(title)), squash(first_part(clean_title(title)))}
        for span in spans_in(text.replace("\\n", "\n")):
            yield list(span.marks), squash(span.text) in wanted, _is_left_out(title)


def _is_left_out(text: str) -> bool:
    return zlib.crc32(text.casefold().encode()) % 10 == 0


def fit(rows: Sequence[Row], marks: Sequence[str]) -> Array:
    """The weights of the marks, and last what every text has."""
    table, right = table_of([row[0] for row in rows], marks), np.array([row[1] for row in rows], float)
    turned = table.T.tocsr()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = table @ weights[:-1] + weights[-1]
        off = 1.0 / (1.0 + np.exp(-np.clip(scores, -40.0, 40.0))) - right
        told = np.logaddexp(0.0, scores) - right * scores
        slope = np.append(turned @ off + HELD * weights[:-1], off.sum())
        return float(told.sum() + HELD * np.square(weights[:-1]).sum() / 2), slope

    found: Array = optimize.minimize(loss, np.zeros(len(marks) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return found


def area(rows: Sequence[Row], marks: Sequence[str], weights: Array) -> float:
    """How often a title scores above another text."""
    return area_of(table_of([row[0] for row in rows], marks) @ weights[:-1], np.array([row[1] for row in rows]))


def _write(kind: str, path: Path, weights: dict[str, float]) -> None:
    told = by_weight({mark: weight for mark, weight in weights.items() if round(weight, 1) and "|" not in mark})
    if kind == "lexicon":
        lines = [f"{weight:.1f} {'|'.join(marks)}" for weight, marks in told]
    else:
        lines = [f"{weight:.1f}\t{mark}" for weight, marks in told for mark in marks]
    write_below_its_comment(path, lines)


def main(kind: str, file: Path, *, write: bool) -> None:
    """Fit, keep the marks that tell most, fit those again, print how well they tell what was left out."""
    lines = file.read_text("utf-8").splitlines()
    rows = list(lexicon_rows(lines) if kind == "lexicon" else context_rows(lines))
    seen = Counter(mark for row in rows for mark in set(row[0]))
    marks = [mark for mark, count in seen.items() if count >= LEAST_SEEN]
    learnt, left_out = [row for row in rows if not row[2]], [row for row in rows if row[2]]
    told = np.abs(fit(learnt, marks)[:-1]) * np.sqrt([seen[mark] for mark in marks])
    marks = [marks[at] for at in np.argsort(-told)[:KEPT]]
    print(f"{len(rows)} texts, {len(marks)} marks, area {area(left_out, marks, fit(learnt, marks)):.4f}")  # noqa: T201 - what the tool is for
    if write:
        weights = fit(rows, marks)
        every = float(weights[-1])
        named = dict(zip(marks, map(float, weights[:-1]), strict=True))
        counts = {f"={count}": named.get(f"={count}", 0.0) + every for count in range(1, 10)}  # each text has one of these
        _write(kind, LEXICON if kind == "lexicon" else CONTEXTS, named | (counts if kind == "lexicon" else {"any": every}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), write="--write" in sys.argv)
