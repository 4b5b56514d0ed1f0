"""Images kept by their content: the same picture is one blob, however often it is made."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from functions.daily_post.image.image_sanitizer import MEDIA
from functions.daily_post.stage_messages import Format

if TYPE_CHECKING:
    from shared.ports import Ports

ENDINGS: dict[Format, str] = {"png": "png", "jpeg": "jpg", "webp": "webp"}


async def keep(content: bytes, size: tuple[int, int], media: Format, ports: Ports) -> dict[str, Any]:
    """Store a file. Answers what an `Image` says of it.

    Raises:
        Transient: the store did not answer.
    """
    digest = hashlib.sha256(content).hexdigest()
    blob = await ports.blobs.put(f"images/{digest}.{ENDINGS[media]}", content, MEDIA[media])
    return {
        "blob": blob.name, "sha256": digest, "size": len(content), "width": size[0], "height": size[1], "media": MEDIA[media],
    }  # fmt: skip
