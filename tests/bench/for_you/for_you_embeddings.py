"""Text vectors on real podcasts: how often a title finds its own description among all, first or among the first ten.

No key and no download: what the local profile has, and the optional word vectors where they are installed. The podcasts are not
part of this project: HEADRACE_BENCH_PODCASTS names a JSON file, a list of objects with `title` and `description`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from functions.for_you.array_types import Floats, unit
from functions.for_you.text.encoder_selection import encode
from functions.for_you.text.lsa import lsa
from functions.for_you.text.tfidf import tfidf
from functions.for_you.text.wordllama import folder, word_vectors
from functions.for_you.text.words import words
from infra.offline_model.embeddings import embed
from tests.bench.row import Row

PODCASTS = "HEADRACE_BENCH_PODCASTS"
COUNT = 1500
Encoder = Callable[[Sequence[str]], Floats]


async def embeddings() -> list[Row]:
    """A row per way of making vectors: R@1, with R@10 beside it; the bar is what the first, words hashed without weights, reach."""
    if not (source := os.environ.get(PODCASTS)):
        return []
    made = [each for each in json.loads(Path(source).read_text()) if each["title"].strip() and len(each["description"]) > 80]
    chosen = made[:: max(1, len(made) // COUNT)][:COUNT]
    texts = [each["title"] for each in chosen] + [each["description"] for each in chosen]
    rows: list[Row] = []
    for name, encoder in _encoders():
        first, tenth = recalls(encoder(texts), len(chosen))
        rows.append(
            Row(
                f"title to description, {len(chosen)} podcasts, {name}: R@1",
                first,
                "",
                rows[0].value if rows else 0.0,
                at_least=True,
                beside={"R@10": round(tenth, 3)},
            )
        )
    return rows


def _encoders() -> Iterator[tuple[str, Encoder]]:
    yield "hashed words", lambda texts: unit(np.stack([_hashed(text) for text in texts]))
    yield "the offline model's", lambda texts: np.asarray([embed(text, 1536) for text in texts], np.float32)
    yield "LSA 256", lsa
    yield "TF-IDF", lambda texts: np.asarray(tfidf(texts).todense(), np.float32)
    yield "as a catalogue's", lambda texts: encode(texts)[0]
    if (here := folder()) is not None:
        yield "wordllama, weighed by the catalogue", lambda texts: word_vectors(texts, here)
        yield (
            "half wordllama, half TF-IDF",
            lambda texts: unit(np.hstack([word_vectors(texts, here), np.asarray(tfidf(texts).todense())])),
        )


def _hashed(text: str) -> Floats:
    """Words and their letter triples, all of one weight: what stood in for a model before."""
    made = np.zeros(1536, np.float32)
    for word in words(text):
        padded = f" {word} "
        for part, weight in [(word, 1.0), *((padded[at : at + 3], 0.4) for at in range(len(padded) - 2))]:
            code = crc32(part.encode())
            made[code % made.size] += weight if code & 0x80000000 else -weight
    return made


def recalls(vectors: Floats, count: int) -> tuple[float, float]:
    """R@1 and R@10 of the first `count` rows as queries against the others, in the same order."""
    near = vectors[:count] @ vectors[count:].T
    better = (near > np.diagonal(near)[:, None]).sum(axis=1)
    return float((better < 1).mean()), float((better < 10).mean())
