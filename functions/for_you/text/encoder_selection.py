"""Which text vectors a catalogue gets: what is installed, what is configured, put side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.array_types import Floats, unit
from functions.for_you.text.lsa import lsa, reduced
from functions.for_you.text.wordllama import folder, word_vectors

WHOLE, PART = 512, 256
"""Numbers of a vector, and of each of two that stand side by side: a model's with more are brought down to so many. The catalogue's
similarities keep, its size in memory does not. TF-IDF itself in as few, its words thrown together by chance, finds more
descriptions by their titles than LSA, but ranks new episodes worse: its noise is what a ridge map learns."""


SAMPLED = 400
ALIKE_SHARE = 0.95
"""Of pairs of episodes, those less alike than two that are called so."""
LEAST_CLOSE, MOST_CLOSE = 0.2, 0.9


def close_from(vectors: Floats) -> float:
    """From which similarity on two of these unit vectors are alike.

    Models differ in it: of some, texts of nothing in common have 0, of others 0.7. So it is what few pairs of this catalogue reach.
    """
    rows = vectors[:: max(1, len(vectors) // SAMPLED)][:SAMPLED]
    if len(rows) < 2:  # noqa: PLR2004 - no pair
        return LEAST_CLOSE
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    return float(np.clip(np.quantile(pairs, ALIKE_SHARE), LEAST_CLOSE, MOST_CLOSE))


def encode(texts: Sequence[str], provided: Floats | None = None) -> tuple[Floats, str]:
    """A unit vector per text, and what made it: `lsa`, `lsa+wordllama`, `model`.

    `provided`: a model's vectors of the same texts. They stand alone: with the catalogue's own words beside them a ridge map learns
    those words' noise, and finds new episodes worse.
    """
    if provided is not None and provided.size:
        return unit(provided) if provided.shape[1] <= WHOLE else reduced(provided, WHOLE), "model"
    parts, names = [], ["lsa"]
    if (here := folder()) is not None and texts:
        parts.append(word_vectors(texts, here))
        names.append("wordllama")
    beside = lsa(texts, PART if parts else WHOLE)
    return unit(np.hstack([beside, *parts])), "+".join(names)
