"""Word vectors of the optional package `wordllama`: averaged by what each word tells in this catalogue. Numpy alone at run time.

The package's own loader looks in another folder than its wheel has, and then downloads: its files are read here instead. Its
weights descend from the codebooks of other models, so they are never a dependency nor part of this project.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from functions.for_you.array_types import Floats, unit

WEIGHTS, TOKENIZER = "weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json"


def folder() -> Path | None:
    """Where the package's files are; None when it, or what reads them, is not installed."""
    found = find_spec("wordllama")
    if found is None or not found.submodule_search_locations or not all(map(find_spec, ("tokenizers", "safetensors"))):
        return None
    here = Path(next(iter(found.submodule_search_locations)))
    return here if (here / WEIGHTS).exists() and (here / TOKENIZER).exists() else None


def word_vectors(texts: Sequence[str], here: Path) -> Floats:
    """A unit vector per text, 256 numbers long."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - an extra that need not be there
    from scipy import sparse  # noqa: PLC0415 - as heavy
    from tokenizers import Tokenizer  # noqa: PLC0415

    table = next(iter(load_file(here / WEIGHTS).values())).astype(np.float32)
    tokenizer = Tokenizer.from_file(str(here / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokens = [found.ids for found in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    sizes = np.asarray([len(each) for each in tokens], np.int64)
    columns = np.asarray([token for each in tokens for token in each], np.int64)
    counts = sparse.csr_matrix(
        (np.ones(columns.size, np.float32), (np.repeat(np.arange(sizes.size), sizes), columns)),
        shape=(sizes.size, table.shape[0]),
    )
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=table.shape[0])
    telling = np.log((1 + sizes.size) / (1 + frequency)) if sizes.size > 1 else np.ones(table.shape[0])
    made: Floats = np.asarray(counts @ sparse.diags(telling.astype(np.float32)) @ table, np.float32)
    return unit(made)
