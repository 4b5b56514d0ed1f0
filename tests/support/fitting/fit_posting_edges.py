"""Fit `copied_page/begin_weights.txt` and `end_weights.txt` anew: `python -m tests.support.fitting.fit_posting_edges [--write]`.

From the postings of `posting_inputs/` as they are and between a menu and a foot of `site_frames.txt`, from its lists of jobs, which have
no edge within, and from pages that were copied whole, of which `real_edges.json.gz` keeps the numbers of the likeliest lines.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from functions.interview_prep.posting.clean_text import clean
from functions.interview_prep.posting.copied_page import find_posting
from functions.interview_prep.posting.copied_page.edge_features import CopiedPage, rows_of
from functions.interview_prep.posting.identity.weighed import Features, weights_in
from tests.support.fitting.fitted_choices import FILES, INPUTS, Array, Bounds, Choice, fit, postings, report, write

EDGES = ("begin", "end")
OTHER_FILES = ("hard_jobs.txt", "other_languages.txt")
LISTS = ("not_one_job.txt", "not_one_job_either.txt", "not_one_job_kinds.txt")
FRAMES, REAL = INPUTS / "site_frames.txt", Path(__file__).with_name("real_edges.json.gz")
FEWEST, FRAMED, BARE, HELD = 8, 0.7, 0.15, 1.0
"""Lines of a text that has edges; how many postings are framed too; how often one part of the frame is left out; see `Bounds.held`."""
Named = dict[str, list[str]]


def weights(edge: str) -> Path:
    """The file of an edge's weights."""
    return Path(find_posting.__file__).with_name(f"{edge}_weights.txt")


def own_choices(names: Named, lots: random.Random) -> Iterator[tuple[str, Choice]]:
    """The choices of both edges in what lies here."""
    above, below = ([rows for kind, rows in _frames() if kind == part] for part in ("above", "below"))
    for file in (*FILES, *OTHER_FILES):
        for kind, title, employer, text in postings(INPUTS / file):
            rows = [row for _, row in rows_of(clean(text))]
            if kind != "paste" or len(rows) < 2:
                continue
            yield from _choices([], rows, [], f"{employer} {title}", names)
            if lots.random() < FRAMED:
                at = lots.randrange(len(above))
                before, behind = ([] if lots.random() < BARE else part[at] for part in (above, below))
                yield from _choices(before, rows, behind, f"frame {at}", names)
    for file in LISTS:
        for kind, _, what, text in postings(INPUTS / file):
            if kind == "paste":
                yield from _choices([], [row for _, row in rows_of(clean(text))], [], what, names)


def _frames() -> Iterator[tuple[str, list[str]]]:
    for block in FRAMES.read_text("utf-8").split("=== ")[1:]:
        kind, _, text = block.partition("\n")
        yield kind, [row for _, row in rows_of(text)]


def _choices(
    above: Sequence[str], own: Sequence[str], below: Sequence[str], group: str, names: Named
) -> Iterator[tuple[str, Choice]]:
    lines = [*above, *own, *below]
    if len(lines) < FEWEST:
        return
    page, first, last = CopiedPage(lines), len(above), len(above) + len(own)
    yield "begin", _choice(page.beginnings(), [first] if above else [], group, names["begin"])
    yield "end", _choice(page.ends(first), [last] if below else [], group, names["end"])


def _choice(features: Features, right: Sequence[int], group: str, names: list[str]) -> Choice:
    names += sorted({name for values in features.values() for name in values} - set(names))
    rows = np.array([[values.get(name, 0.0) for name in names] for values in features.values()]).reshape(-1, len(names))
    found = [at for at, key in enumerate(features) if int(key) in right]
    return Choice(rows, found, "posting_inputs", "edge" if found else "?", group)


def real_choices(names: Named) -> Iterator[tuple[str, Choice]]:
    """The choices of both edges in pages that people saved: for each the right line and the likeliest others."""
    for edge, kept in json.loads(gzip.decompress(REAL.read_bytes())).items():
        names[edge] += [name for name in kept["names"] if name not in names[edge]]
        columns = [names[edge].index(name) for name in kept["names"]]
        for group, right, rows in kept["choices"]:
            table = np.zeros((len(rows), len(names[edge])))
            for at, row in enumerate(rows):
                for column, value in zip(row[::2], row[1::2], strict=True):
                    table[at, columns[int(column)]] = value
            yield edge, Choice(table, [0] if right else [], REAL.name, "edge" if right else "?", group, 2.0)


def main() -> None:
    """Print how the weights do on what they were not fitted on; write new ones where `--write` says so."""
    names: Named = {edge: [] for edge in EDGES}
    learnt = [*own_choices(names, random.Random(1)), *real_choices(names)]
    for edge in EDGES:
        own = [_wide(choice, len(names[edge])) for one, choice in learnt if one == edge and len(choice.rows)]
        known = weights_in(weights(edge))
        bounds = Bounds(set(names[edge]), set(), begin=known, held=HELD)
        report(own, names[edge], bounds)
        if "--write" in sys.argv:
            write(weights(edge), fit(own, names[edge], bounds), names[edge])


def _wide(choice: Choice, width: int) -> Choice:
    rows: Array = np.pad(choice.rows, ((0, 0), (0, width - choice.rows.shape[1])))
    return Choice(rows, choice.right, choice.file, choice.wanted, choice.group, choice.times)


if __name__ == "__main__":
    main()
