"""Images without a model: a small drawing whose colours and shapes come from the prompt's hash."""

from __future__ import annotations

import hashlib
import io
import re

LONGEST_EDGE = 256
SHAPES = 6


def draw(prompt: str, size: str) -> bytes:
    """A PNG in the proportions of `size` (`1536x1024`), at most 256 pixels on its longer edge."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 # only when an image is asked for

    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size)
    wide, high = (max(1, int(match[1])), max(1, int(match[2]))) if match else (1, 1)
    scale = LONGEST_EDGE / max(wide, high)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    seed = hashlib.sha512(prompt.encode()).digest()
    image = Image.new("RGB", (width, height), (seed[0] // 2 + 96, seed[1] // 2 + 96, seed[2] // 2 + 96))
    pen = ImageDraw.Draw(image)
    for number in range(SHAPES):
        red, green, blue, x, y, radius = seed[3 + number * 6 : 9 + number * 6]
        centre_x, centre_y, r = x * width // 255, y * height // 255, 8 + radius * min(width, height) // 600
        pen.ellipse((centre_x - r, centre_y - r, centre_x + r, centre_y + r), fill=(red, green, blue))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()
