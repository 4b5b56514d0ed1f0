"""Fit `post_rules/claim_classifier/weights.bin` anew: `python -m tests.support.fitting.fit_claim_weights [folder of further texts]`.

From the sentences of `claim_corpus` (`held_out.txt` and `unseen_*.txt` are never learnt from), from some that its templates make, from some
of both within a frame that takes the claim back or changes nothing about it, and from real texts of the samples that hold none: half of the posts, by thread, and talks;
those that a first fit takes for claims count in the second. A folder may hold more real sentences, one a line: `news.txt` makes no claims;
of `forum.txt` nobody has said which do, so what the rules or the first fit take for claims is left out. The weights in the tree were made
with 800 sentences of financial news, 16,000 comments of a Taiwanese stock forum and 2,900 tweets about American stocks. A logistic regression for each kind of claim and one for any;
and once more for promises that are concluded from a figure, with templates of conclusions and the harmless clauses beside figures of all texts.

Printed, for what to set `LEAST` to: by language, the share of the other half's posts that hold a sentence above it, and what is caught of
the sentences held out.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from functions.forum_posts.writing.version_angles import pick
from infra.offline_model.posts import forum_posts as offline
from shared.post_rules.banned_claims import banned
from shared.post_rules.claim_classifier.classify_claims import (
    CLASSES,
    CLAUSE_WORDS,
    SENTENCE_ENDS,
    WEIGHTS,
    clauses_beside_figures,
    packed,
)
from shared.post_rules.claim_classifier.sentence_features import BUCKETS, HAN, features, tokens
from shared.text.folding import fold
from shared.text.hidden_words import close_up
from tests.support.fitting.claim_frames import framed
from tests.support.fitting.claim_sentences import CORPUS, labelled, lines
from tests.support.fitting.claim_templates import drawn
from tests.support.real_data import REAL_DATA
from tests.unit.shared.fact_check.sentences.marked_sentences import ITEMS, plain

HELD, ROUNDS = 0.004, 140
"""How strongly weights are held near zero; steps of the fit."""
OF_A_TEMPLATE, OF_A_FRAME, OF_A_POST, OF_A_CLAUSE, DRAWN, MISTAKEN = 0.3, 0.4, 1.5, 0.5, 6000, 5000
"""What a sentence of a template, a framed one, one of a real text and a harmless clause count beside one that was written for this; how many of the latter are
learnt from at first, and how many that were mistaken for claims after that."""
DRAFTS, TIMES = 4, 4
"""Drafts per language and item that are learnt from, and how many times each of their sentences counts."""
SPARSE = 0.05
"""Weights of conclusions that are smaller beside their largest are none: they would be a fifth of the file."""
UNSURE = 0.02
"""Share of a forum's sentences that is left out as likely claims."""
Array = NDArray[np.float64]
Row = tuple[str, str]


def posts() -> Iterator[tuple[str, str]]:
    """File and text of every post and comment of the samples."""
    for path in sorted((REAL_DATA / "reddit").glob("*/*.json")):
        yield from ((path.name, text) for text in dict.fromkeys(_texts(json.loads(path.read_text("utf-8")))))


def halves() -> tuple[list[str], list[str]]:
    """The posts that are learnt from, and the others; a thread is in one of them."""
    real = list(posts())
    files = sorted({name for name, _ in real})
    random.Random(1).shuffle(files)
    learnt = set(files[::2])
    return [text for name, text in real if name in learnt], [text for name, text in real if name not in learnt]


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _texts(value)
    elif isinstance(data, str) and data.lstrip().startswith(("{", "[{")):
        try:
            yield from _texts(json.loads(data))
        except ValueError:
            return
    elif isinstance(data, str) and " " in data and len(data) > 30:
        yield data


def sentences(text: str) -> list[str]:
    return [one.strip() for one in SENTENCE_ENDS.split(text) if 5 < len(one.strip()) < 400]


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """A row per text, of unit length."""
    found = [np.fromiter(features(text), dtype=np.int32) for text in texts]
    ends = np.cumsum([0, *(len(one) for one in found)])
    values = np.concatenate([np.full(len(one), 1 / np.sqrt(max(len(one), 1))) for one in found])
    return sparse.csr_matrix((values, np.concatenate(found), ends), shape=(len(texts), BUCKETS))


def fit(rows: sparse.csr_matrix, wanted: Array, counts: Array) -> Array:
    """Weights of least loss, a row for each class; last in a row what is added to every sum. `wanted`: a column of 0 and 1 for each class."""
    rows, many = rows.astype(np.float32), wanted.shape[1]
    turned, sign, weigh = rows.T.tocsr(), np.where(wanted > 0, 1, -1).astype(np.float32), counts.astype(np.float32)[:, None]

    def loss(flat: Array) -> tuple[float, Array]:
        at = flat.reshape(BUCKETS + 1, many).astype(np.float32)
        margin = -sign * (rows @ at[:-1] + at[-1])
        slope = -sign * weigh / (1 + np.exp(-margin))
        total = (weigh * np.logaddexp(0, margin)).sum() + HELD * np.square(at[:-1]).sum() / 2
        return float(total), np.vstack([turned @ slope + HELD * at[:-1], slope.sum(0)]).ravel().astype(np.float64)

    found = optimize.minimize(loss, np.zeros((BUCKETS + 1) * many), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Array = found.x.reshape(BUCKETS + 1, many).T
    return weights


def talks() -> Iterator[str]:
    for path in sorted((REAL_DATA / "transcripts" / "practicalai").glob("*"))[:12]:
        yield from path.read_text("utf-8").replace("**", "").split("\n\n")


def drafts() -> list[str]:
    """Sentences and clauses of honest drafts: what the offline model writes, with the facts of `marked_sentences`."""
    asked = [
        {
            "facts": [plain(fact) for fact in item["facts"]],
            "language": language,
            "max_words": 200,
            "stock": {"name": name},
            "posting_type": "analysis",
            "angle": {"name": angle.name, "brief": ""},
            "seed": 1000 + number * len(ITEMS) + at,
        }
        for number in range(DRAFTS)
        for language, name in (("en", "Larkmoor"), ("zh-Hant", "雲杉"))
        for at, item in enumerate(ITEMS)
        for angle in pick(str(at), "analysis", 5, f"{number}.{at}")
    ]
    written = list(dict.fromkeys(one for data in asked for one in sentences(offline.post(data))))
    clauses = (part.strip() for one in written for part in re.split("[,:;：，；]", one))
    return [*written, *dict.fromkeys(part for part in clauses if len(tokens(part)) >= CLAUSE_WORDS)]


def main(more: Path | None) -> None:
    learnt, others = halves()
    posted = list(dict.fromkeys(one for text in [*learnt, *talks()] for one in sentences(text)))
    news, forum = (_lines(more / name) if more else [] for name in ("news.txt", "forum.txt"))
    forum = [text for text in forum if not any(banned(text, language="", classified=False))]
    random.Random(2).shuffle(posted)
    news += drafts() * TIMES
    weights = learn([*posted[:DRAWN], *news])
    by_score = np.argsort(-sums(weights, posted[DRAWN:]))[:MISTAKEN]
    if forum:
        least_like = np.argsort(sums(weights, forum))[: int((1 - UNSURE) * len(forum))]
        forum = [forum[at] for at in sorted(least_like)]
    real = [*posted[:DRAWN], *(posted[DRAWN + at] for at in by_score), *news, *forum]
    weights = learn(real)
    rows = np.vstack([weights, concluded(learn(real, conclusions=True))])
    WEIGHTS.write_bytes(packed(rows[:, :-1].tolist(), rows[:, -1].tolist()))
    report(weights, others)


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def concluded(weights: Array) -> Array:
    """A row for promises: as `likeliest` would say of them."""
    row: Array = (weights[CLASSES.index("promise")] + weights[CLASSES.index("any")]) / 2
    row[:-1][np.abs(row[:-1]) < SPARSE * np.abs(row[:-1]).max()] = 0
    return row


def learn(posted: list[str], *, conclusions: bool = False) -> Array:
    """A row of weights per class from all that was written and what was `posted`. `conclusions`: from those and clauses beside figures, too."""
    written = [*labelled(), *(("harmless", plain(text)) for item in ITEMS for text in (*item["facts"], *item["true"]))]
    made = [*drawn(), *(drawn(of="conclusion_templates") if conclusions else ())]
    frames = [*framed(labelled()), *framed(made[::4], seed=9)]
    rows = [*written, *made, *frames, *(("harmless", text) for text in posted)]
    harmless = [close_up(fold(text)).text for kind, text in rows if kind == "harmless"] if conclusions else []
    clauses = [clause for text in harmless for clause, _ in clauses_beside_figures(text)]
    sizes = (len(written), len(made), len(frames), len(posted), len(clauses))
    rows += [("harmless", clause) for clause in clauses]
    counts = np.repeat([1, OF_A_TEMPLATE, OF_A_FRAME, OF_A_POST, OF_A_CLAUSE], sizes)
    wanted = np.array([[float(kind == one or (one == "any" and kind != "harmless")) for one in CLASSES] for kind, _ in rows])
    return fit(matrix([text for _, text in rows]), wanted, counts)


def sums(weights: Array, texts: Sequence[str]) -> Array:
    """What `likeliest` would say of each."""
    found = matrix(texts) @ weights[:, :-1].T + weights[:, -1]
    mean: Array = (found[:, :-1].max(axis=1) + found[:, -1]) / 2
    return mean


def report(weights: Array, others: list[str]) -> None:
    """What a threshold does to posts that were not learnt from, and to the sentences held out, by language."""
    parts = [one for one in map(sentences, others) if one]
    owners = np.repeat(np.arange(len(parts)), [len(one) for one in parts])
    worst = np.full(len(parts), -np.inf)
    np.maximum.at(worst, owners, sums(weights, [one for part in parts for one in part]))
    for chinese in (False, True):
        rows = [(kind, text) for kind, text in lines(CORPUS / "held_out.txt") if bool(HAN.search(text)) == chinese]
        claims = sums(weights, [text for kind, text in rows if kind != "harmless"])
        harmless = sums(weights, [text for kind, text in rows if kind == "harmless"])
        for least in (0, 0.25, 0.5, 0.75, 1, 1.5):
            stopped = f"posts {(worst > least).mean():.4f}, harmless {(harmless > least).mean():.3f}"
            sys.stdout.write(f"{'Chinese' if chinese else 'Latin'} at {least}: caught {(claims > least).mean():.3f}, {stopped}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
