"""Draw the post's image, beside its text."""

from __future__ import annotations

from typing import Any

from functions.daily_post.image.model_fallback import ModelFallback
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Image, ImagePrompt
from shared.ports import Ports


async def draw_image(wish: ImagePrompt, chosen: Chosen, ports: Ports) -> Image:
    """The image, stored; without a blob when no model gave one, or no post is made.

    Raises:
        HeadraceError: as `ModelFallback.down`.
    """
    if not wish.prompt:
        return Image(took=Watch(ports).took())
    return await ModelFallback(wish, chosen, ports).down()


def image_key(wish: ImagePrompt, chosen: Chosen) -> dict[str, Any]:
    """What an image is kept by: all that shows in it, and the language of its alternative text."""
    if not wish.prompt:
        return {"none": chosen.post.id}
    return wish.model_dump(include={"prompt", "width", "height", "quality", "format", "language"})


def worth_keeping(image: Image) -> bool:
    """Whether the same prompt may get this image again: not a card, and nothing that nobody looked at."""
    return bool(image.blob) and image.moderated
