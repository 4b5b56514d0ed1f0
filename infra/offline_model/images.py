"""Images without a model: an abstract drawing whose colours and shapes come from the prompt, marked as a sample."""

from __future__ import annotations

import base64
import colorsys
import hashlib
import io
import re
import time
from typing import TYPE_CHECKING, Any

from infra.offline_model import moderation
from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal, tokens_of

if TYPE_CHECKING:
    from PIL.Image import Image

LABEL = "offline sample"
SIZE = "1024x1024"
STEP, LONGEST, PIXELS, RATIO = 16, 3840, (655_360, 8_294_400), 3
"""The bounds that the provider documents."""
SHAPES = {"low": 5, "medium": 9, "high": 16}
TOKENS = {"low": 272, "medium": 1056, "high": 4160}
"""Output tokens of a square image, in the way that the provider counts them."""
FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
MOST = 10
HUES = {
    "red": 0.0, "orange": 0.08, "gold": 0.12, "yellow": 0.15, "green": 0.33, "teal": 0.48, "cyan": 0.5, "blue": 0.6, "navy": 0.63,
    "purple": 0.77, "violet": 0.75, "pink": 0.92,
}  # fmt: skip
"""Colours that a prompt may name."""


def images(body: Body) -> Body:
    """The answer of `/v1/images/generations`."""
    prompt = body.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise Refusal("`prompt` is required")
    if moderation.found(prompt):
        raise Refusal(
            "Your request was rejected by the safety system.", kind="image_generation_user_error", code="moderation_blocked"
        )
    quality = _one_of(body, "quality", SHAPES, "medium")
    form = _one_of(body, "output_format", FORMATS, "png")
    width, height = sides(str(body.get("size") or SIZE))
    count = int(body.get("n") or 1)
    if not 1 <= count <= MOST:
        raise Refusal(f"`n` is between 1 and {MOST}")
    drawn = [encoded(draw(f"{prompt}{number or ''}", width, height, quality), form) for number in range(count)]
    asked, answered = tokens_of(prompt), count * TOKENS[quality] * width * height // 2**20
    return {
        "created": int(time.time()),
        "model": MODEL,
        "background": "opaque",
        "output_format": form,
        "quality": quality,
        "size": f"{width}x{height}",
        "data": [{"b64_json": base64.b64encode(image).decode()} for image in drawn],
        "usage": {
            "input_tokens": asked,
            "input_tokens_details": {"text_tokens": asked, "image_tokens": 0},
            "output_tokens": answered,
            "total_tokens": asked + answered,
        },
    }


def _one_of(body: Body, name: str, known: dict[str, Any], default: str) -> str:
    value = body.get(name) or "auto"
    if value != "auto" and value not in known:
        raise Refusal(f"Invalid value: {value!r}. Supported values of `{name}`: {', '.join(known)}.", code="invalid_value")
    return default if value == "auto" else str(value)


def sides(size: str) -> tuple[int, int]:
    """Width and height of `1536x1024`, if the provider would draw it."""
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", SIZE if size == "auto" else size)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    bounded = max(width, height) <= min(LONGEST, RATIO * min(width, height)) and PIXELS[0] <= width * height <= PIXELS[1]
    if not bounded or width % STEP or height % STEP:
        raise Refusal(
            f"Invalid size {size!r}: both sides are multiples of {STEP}, within the documented bounds.", code="invalid_value"
        )
    return width, height


def draw(prompt: str, width: int, height: int, quality: str) -> Image:
    """A composition that the prompt decides: a sky of two colours, discs and bands over it, and the mark."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 # only when an image is asked for

    seed = hashlib.shake_256(prompt.encode("utf-8", "surrogatepass")).digest(8 + SHAPES["high"] * 5)
    dark, light, *inks = _palette(prompt, seed)
    ramp = Image.linear_gradient("L").resize((width, height))
    image = Image.composite(Image.new("RGB", (width, height), light), Image.new("RGB", (width, height), dark), ramp)
    pen = ImageDraw.Draw(image, "RGBA")
    for number in range(SHAPES[quality]):
        x, y, r, ink, kind = seed[8 + number * 5 : 13 + number * 5]
        centre, radius = (x * width // 255, y * height // 255), (24 + r) * min(width, height) // 700
        colour = (*inks[ink % len(inks)], 70 + kind % 90)
        if kind % 4:
            pen.ellipse((centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius), fill=colour)
        else:
            slope = (r - 128) * height // 250
            ends = ((-width // 4, centre[1] - slope), (width + width // 4, centre[1] + slope))
            pen.line(ends, fill=colour, width=max(2, radius // 4))
    _mark(pen, width, height)
    return image


def _palette(prompt: str, seed: bytes) -> list[tuple[int, int, int]]:
    """Two colours of the ground and four inks, around the hues that the prompt names, or one of its own."""
    named = [hue for name, hue in HUES.items() if re.search(rf"\b{name}\b", prompt, re.IGNORECASE)] or [seed[0] / 255]
    tones = ((0, 0.55, 0.35), (0.06, 0.35, 0.85), (0.1, 0.6, 0.95), (0.5, 0.45, 0.9), (0.45, 0.65, 0.6), (0.0, 0.1, 1.0))
    palette = []
    for number, (shift, saturation, value) in enumerate(tones):
        red, green, blue = colorsys.hsv_to_rgb((named[number % len(named)] + shift) % 1, saturation, value)
        palette.append((round(255 * red), round(255 * green), round(255 * blue)))
    return palette


def _mark(pen: Any, width: int, height: int) -> None:
    """Says at the foot of the image what it is."""
    from PIL import ImageFont  # noqa: PLC0415 # as above

    font = ImageFont.load_default(max(14, min(width, height) // 28))
    left, top, right, bottom = pen.textbbox((0, 0), LABEL, font=font)
    pad = (bottom - top) // 2
    x, y = width - (right - left) - 3 * pad, height - (bottom - top) - 3 * pad
    pen.rectangle((x - pad, y - pad, width - pad, height - pad), fill=(20, 24, 32, 190))
    pen.text((x - left, y - top), LABEL, font=font, fill=(255, 255, 255, 255))


def encoded(image: Image, form: str) -> bytes:
    """The image as a file."""
    out = io.BytesIO()
    options: dict[str, Any] = {"png": {"compress_level": 1}, "jpeg": {"quality": 88}, "webp": {"quality": 85, "method": 1}}[form]
    image.save(out, FORMATS[form], **options)
    return out.getvalue()
