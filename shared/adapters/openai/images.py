"""Images: which sizes there are, what they cost, how one is asked for and read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shared.adapters.openai.model_catalogue import Price, family
from shared.adapters.openai.response_normalization import image_data
from shared.errors import BadInput
from shared.ports.models import Picture, Usage

MOST_BYTES, FETCH_SECONDS, FOUND = 32 * 1024 * 1024, 30.0, 200
"""Of an image that is given as an address."""

PRICES = dict.fromkeys(
    ("gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare", "gpt-image-2.6-sunburst", "gpt-image-2.6-flare"),
    Price(5.00, 1.25, 30.00),
) | {"offline": Price(0.0, 0.0, 0.0)}
"""Dollars per million tokens, text in and image out. Of 2.6 no list price was found: it is taken to cost what 2.5 does."""

UNKNOWN = Price(10.00, 10.00, 60.00)
"""Above every listed price, as the catalogue's own."""

STEP, LONGEST, LEAST_PIXELS, MOST_PIXELS, MOST_RATIO = 16, 3840, 655_360, 8_294_400, 3
"""Bounds of an image, by the provider's reference for its models from gpt-image-2 on."""

_SIDE = {"low": 16, "medium": 48, "high": 96}
_SURE = 2
"""What an image is reserved at, in list prices: a model may think before it draws."""


def sides(size: str) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        BadInput: no image may be of this size (`bad_image_size`).
    """
    found = re.fullmatch(r"(\d{2,4})x(\d{2,4})", size)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    fits = (
        found
        and width % STEP == height % STEP == 0
        and max(width, height) <= min(LONGEST, MOST_RATIO * min(width, height))
        and LEAST_PIXELS <= width * height <= MOST_PIXELS
    )
    if not fits:
        raise BadInput(
            f"no image may be {size[:20]!r}",
            code="bad_image_size",
            advice=f"Give WIDTHxHEIGHT in multiples of {STEP}, no edge above {LONGEST}, at most {MOST_RATIO}:1, "
            f"{LEAST_PIXELS:,} to {MOST_PIXELS:,} pixels: 1024x1024, 1024x1280, 1536x864.",
        )
    return width, height


def tokens_of(size: str, quality: str) -> int:
    """Output tokens that an image is made of: what makes up gpt-image-2's published prices per image.

    The longer edge has so many steps by the quality, the shorter one in proportion; each step is worth more on more pixels.
    Source: community.openai.com, "Gpt-image-2 output pricing calculator", June 2026.
    """
    width, height = sides(size)
    steps = _SIDE[quality]
    across = (2 * steps * min(width, height) + max(width, height)) // (2 * max(width, height))
    return -(-steps * across * (2_000_000 + width * height) // 4_000_000)


def price_of(model: str) -> Price:
    """The price of an image model."""
    return family(model, PRICES) or UNKNOWN


def bound(model: str, question: Mapping[str, Any]) -> float:
    """Dollars that an image may cost at most: a prompt's token is at least one byte."""
    price = price_of(model)
    image = tokens_of(question.get("size", "1024x1024"), question.get("quality", "medium"))
    prompt = len(question["prompt"].encode("utf-8", "surrogatepass"))
    return (price.input * prompt + price.output * _SURE * image) / 1e6


def ceiling(names: Sequence[str], question: Mapping[str, Any]) -> float:
    """Dollars that the port's `draw`, as a mapping, may cost at most, whichever of the models answers."""
    return max(bound(name, question) for name in names or ("",))


def usage_of(answer: Any, asked: str, question: Mapping[str, Any]) -> tuple[Usage, int | None]:
    """What an image used, and its tokens if the provider counted them; else it cost what the list says."""
    answered = getattr(answer, "model", None) or asked
    price = price_of(answered if family(answered, PRICES) else asked)
    usage = getattr(answer, "usage", None)
    if usage is None:
        read, drawn = len(question["prompt"]) // 4, tokens_of(question["size"], question["quality"])
    else:
        read, drawn = getattr(usage, "input_tokens", None) or 0, getattr(usage, "output_tokens", None) or 0
    used = Usage(1, read, drawn, 0, (price.input * read + price.output * drawn) / 1e6)
    return used, None if usage is None else read + drawn


def address_of(answer: Any) -> str:
    """The http(s) address that an answer gives instead of an image; empty without one."""
    first = next(iter(getattr(answer, "data", None) or ()), None)
    url = getattr(first, "url", None) or ""
    return url if isinstance(url, str) and url.lower().startswith(("http://", "https://")) else ""


def picture_of(answer: Any, asked: str, fetched: bytes | None = None) -> Picture | None:
    """The image in an answer, as base64, as a `data:` address, or `fetched` from its address; None without a whole one."""
    first = next(iter(getattr(answer, "data", None) or ()), None)
    inside = getattr(first, "b64_json", None) or getattr(first, "url", None) or ""
    content = fetched or image_data(inside if isinstance(inside, str) else "")
    if content is None:
        return None
    media = media_of(content)
    if media is None:
        return None
    return Picture(content, media, getattr(answer, "model", None) or asked, getattr(first, "revised_prompt", None) or "")


def media_of(content: bytes) -> str | None:
    """The media type of a whole image file, by its first and last bytes; None for anything else, or half of one."""
    end = content[-64:]
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in end:
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in end:
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 8 + int.from_bytes(content[4:8], "little"):
        return "image/webp"
    return None
