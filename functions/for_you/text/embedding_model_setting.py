"""Whether a provider's embedding model is configured for text vectors, and its name."""

from __future__ import annotations

from shared.ports import Ports

OFFLINE = "offline"


def by_provider(ports: Ports) -> bool:
    """Whether a provider's model makes the vectors: not the offline one, which knows less than the catalogue's own words."""
    return bool(ports.settings.model_embedding) and ports.models.label != OFFLINE


def model_of(ports: Ports) -> str:
    """The model's name: vectors of two models do not fit one another."""
    return ports.settings.model_embedding[0]
