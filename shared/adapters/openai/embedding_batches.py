"""Embeddings: how texts are divided over requests, and how the vectors are read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from shared.adapters.openai import model_catalogue
from shared.adapters.openai.error_mapping import useless
from shared.ports.models import Usage

MOST_TEXTS, MOST_TOKENS = 512, 20_000
"""Of one request. The provider takes 2,048 and 300,000, but so many tokens at once would have to wait long for their limit."""
UNIT = 1e-3
"""How far a vector's length may be from 1."""


def batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, as many to a request as it takes."""
    batch: list[str] = []
    tokens = 0
    for text in texts:
        size = model_catalogue.tokens_of(text)
        if batch and (len(batch) == MOST_TEXTS or tokens + size > MOST_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(text)
        tokens += size
    if batch:
        yield batch


def usage_of(answer: Any, asked: str) -> tuple[Usage, int | None]:
    """What a request used, and its tokens if the provider counted them."""
    usage = getattr(answer, "usage", None)
    tokens = getattr(usage, "total_tokens", None)
    return model_catalogue.embedding_usage_of(usage, getattr(answer, "model", None), asked), tokens


def read(answer: Any, count: int) -> list[list[float]]:
    """The answer's vectors in the texts' order, each of length 1.

    Raises:
        Transient: they are not so many, or not of one size (`model_invalid_answer`).
    """
    data = sorted(getattr(answer, "data", None) or (), key=lambda entry: getattr(entry, "index", None) or 0)
    vectors = [getattr(entry, "embedding", None) or [] for entry in data]
    if len(vectors) != count or len({len(vector) for vector in vectors}) > 1 or not all(vectors):
        raise useless(f"the model provider gave no vectors for {count} texts", "HEADRACE_MODEL_EMBEDDING")
    return [_unit(vector) for vector in vectors]


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.hypot(*vector)
    return list(vector) if abs(length - 1) < UNIT or not length else [value / length for value in vector]
