"""Moderation: what is put, and what is read."""

from __future__ import annotations

import base64
from typing import Any

from shared.adapters.openai.error_mapping import unavailable
from shared.ports.models import Moderation

MODERATION = "omni-moderation-latest"
"""The provider's one model for it, which is free and takes text and images."""


def parts_of(text: str, image: bytes | None, media: str) -> Any:
    """The request's `input`: a text, or parts of which one is the image as a data URL."""
    if image is None:
        return text
    picture = {"type": "image_url", "image_url": {"url": f"data:{media};base64,{base64.b64encode(image).decode()}"}}
    return [*([{"type": "text", "text": text}] if text else []), picture]


def moderation_of(answer: Any) -> Moderation:
    """What an answer says, of all its results.

    Raises:
        Transient: it says nothing (`model_unavailable`).
    """
    results = getattr(answer, "results", None)
    if not results or not all(getattr(result, "categories", None) for result in results):
        raise unavailable("the model provider's answer is no moderation")
    found = {name for result in results for name, said in result.categories.model_dump(by_alias=True).items() if said}
    return Moderation(any(result.flagged for result in results), tuple(sorted(found)))
