"""An image's size, by the name of its proportions or in pixels."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

PRESETS = {"1:1": (1024, 1024), "4:5": (1024, 1280), "16:9": (1536, 864), "1.91:1": (1344, 704), "9:16": (864, 1536)}
"""Every edge a multiple of 16: image models take no other (1344 x 704 is 1.909:1)."""
STEP, LONGEST, LEAST_PIXELS, MOST_PIXELS, MOST_RATIO = 16, 3840, 655_360, 8_294_400, 3
"""What image models draw, by OpenAI's reference for gpt-image-2 and later."""


def size_of(wish: str) -> tuple[int, int]:
    """Width and height in pixels of `4:5` or `1024x1280`.

    Raises:
        ValueError: it is neither, or no image model draws it; the message says what to give.
    """
    if wish in PRESETS:
        return PRESETS[wish]
    found = re.fullmatch(r"(\d{1,4})\s*[xX×]\s*(\d{1,4})", wish.strip())
    if not found:
        raise ValueError(f"{wish[:20]!r} is no size; give {', '.join(PRESETS)} or WIDTHxHEIGHT like 1024x1280")
    width, height = int(found[1]), int(found[2])
    if fault := _fault(width, height):
        raise ValueError(f"{width}x{height} is {fault}; 1024x1024, 1024x1280 and 1536x864 can be drawn")
    return width, height


def _drawable(wish: str) -> str:
    if wish:
        size_of(wish)
    return wish


ImageSize = Annotated[str, AfterValidator(_drawable)]
"""A size that an image model draws, or an empty text."""


def _fault(width: int, height: int) -> str:
    if width % STEP or height % STEP:
        return f"not in multiples of {STEP}"
    if max(width, height) > LONGEST:
        return f"more than {LONGEST} pixels on an edge"
    if not width or not height or max(width, height) > MOST_RATIO * min(width, height):
        return f"longer than {MOST_RATIO}:1"
    if not LEAST_PIXELS <= width * height <= MOST_PIXELS:
        return f"not between {LEAST_PIXELS:,} and {MOST_PIXELS:,} pixels"
    return ""
