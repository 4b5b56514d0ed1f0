"""Which text vectors a catalogue gets: what is installed, what is configured, put side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from functions.for_you.array_types import Floats, unit
from functions.for_you.text.lsa import lsa, reduced
from functions.for_you.text.wordllama import folder, word_vectors

PROVIDER_DIMENSIONS = 256
"""A provider's vectors are brought down to so many: the catalogue's similarities keep, its size in memory does not."""


def encode(texts: Sequence[str], provided: Floats | None = None) -> tuple[Floats, str]:
    """A unit vector per text, and what made it: `lsa`, `lsa+wordllama`, `lsa+model`.

    `provided`: a provider's vectors of the same texts, which then stand in for the extra's.
    """
    parts, names = [lsa(texts)], ["lsa"]
    if provided is not None and provided.size:
        parts.append(reduced(provided, min(PROVIDER_DIMENSIONS, provided.shape[1])))
        names.append("model")
    elif (here := folder()) is not None and texts:
        parts.append(word_vectors(texts, here))
        names.append("wordllama")
    return unit(np.hstack(parts)), "+".join(names)
