"""Which model makes text vectors beside the catalogue's own: the provider's where one is configured, else the extra on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from functions.for_you.text import sentence_vectors
from shared.ports import Ports
from shared.ports.models import OFFLINE


def by_model(ports: Ports) -> bool:
    """Whether a model makes the vectors: not the offline one, which knows less than the catalogue's own words."""
    return _by_provider(ports) or sentence_vectors.installed()


def model_of(ports: Ports) -> str:
    """The model's name: vectors of two models do not fit one another."""
    return ports.settings.model_embedding[0] if _by_provider(ports) else sentence_vectors.NAME


async def embedded(texts: Sequence[str], ports: Ports) -> Sequence[Sequence[float]]:
    """A vector per text, by that model.

    Raises:
        PutBack: the provider's limit has nothing left.
        Transient: no answer; ask again.
        Permanent: refused.
    """
    if _by_provider(ports):
        return await ports.models.embed(texts)
    rows: list[list[float]] = (await asyncio.to_thread(sentence_vectors.sentence_vectors, texts)).tolist()
    return rows


def _by_provider(ports: Ports) -> bool:
    return bool(ports.settings.model_embedding) and ports.models.label != OFFLINE
