"""Moderation by a short list of plain words: enough to see a pipeline refuse, rewrite and go on.

A word counts where it stands by itself, in whatever case. Images are checked for being images; nothing is seen in them.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal

WORDS = {
    "gore": "violence/graphic", "bloodbath": "violence/graphic", "massacre": "violence", "behead": "violence/graphic",
    "nude": "sexual", "porn": "sexual", "suicide": "self-harm", "self-harm": "self-harm", "bomb-making": "illicit/violent",
    "subhuman": "hate",
}  # fmt: skip
"""The words, and the provider's category of each. An image whose prompt has any of them is refused, too."""

CATEGORIES = (
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip
OF_IMAGES = {"self-harm", "self-harm/instructions", "self-harm/intent", "sexual", "violence", "violence/graphic"}
_SURE, _CALM = 0.97, 0.0001
"""Scores of what is found, and of what is not."""


def found(text: str) -> set[str]:
    """The categories of the words in a text."""
    return {category for word, category in WORDS.items() if re.search(rf"(?<![\w-]){word}(?![\w-])", text, re.IGNORECASE)}


def moderate(body: Body) -> Body:
    """The answer of `/v1/moderations`: one result for each text of a list, one for all parts of a mixed input."""
    given = body.get("input")
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list) or not given:
        raise Refusal("`input` is a text, a list of texts, or a list of parts")
    if all(isinstance(entry, str) for entry in given):
        results = [_result(found(text), ["text"]) for text in given]
    else:
        kinds, texts = zip(*_parts(given), strict=True)
        results = [_result(set().union(*map(found, texts)), sorted(set(kinds)))]
    return {"id": f"modr-{uuid4().hex}", "created": int(time.time()), "model": MODEL, "results": results}


def _parts(given: list[Any]) -> Iterator[tuple[str, str]]:
    """Each part's kind and its text, which an image has none of."""
    for part in given:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text":
            yield "text", str(part.get("text", ""))
        elif kind == "image_url":
            _look(str((part.get("image_url") or {}).get("url", "")))
            yield "image", ""
        else:
            raise Refusal("a part has the type `text` or `image_url`")


def _look(url: str) -> None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 # only when an image is moderated

    head, _, content = url.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        raise Refusal("the offline model takes images as data URLs", code="invalid_image_url")
    try:
        Image.open(io.BytesIO(base64.b64decode(content, validate=True))).verify()
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Refusal("the data is no image", code="invalid_image") from error


def _result(categories: set[str], kinds: list[str]) -> Body:
    return {
        "flagged": bool(categories),
        "categories": {name: name in categories for name in CATEGORIES},
        "category_scores": {name: _SURE if name in categories else _CALM for name in CATEGORIES},
        "category_applied_input_types": {
            name: [kind for kind in kinds if kind == "text" or name in OF_IMAGES] for name in CATEGORIES
        },
    }
