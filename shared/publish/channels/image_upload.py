"""A post's image as a place takes it: within its bytes and edges, with its label of what made it, and as a form to be sent."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shared import error_codes
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Data
from shared.post_rules.platform_limits import Platform

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

QUALITIES = (90, 80, 70)
"""Of a JPEG that is made smaller: the best that fits."""
SHRINK = 0.8
LEAST_EDGE = 200
XMP = "XML:com.adobe.xmp"


@dataclass(frozen=True)
class Upload:
    """An image to be sent. `alt` fits the place."""

    content: bytes = field(repr=False)
    media: str
    sha256: str
    width: int
    height: int
    alt: str

    @property
    def filename(self) -> str:
        return f"image.{self.media.partition('/')[2]}"


async def image_for(content: Data, place: Platform, ports: Ports) -> Upload | None:
    """The image of a post's content, made smaller where the place takes no such large one; None of a post without.

    Raises:
        Permanent: it is not there any more, or cannot be read (`image_gone`).
        Transient: the store did not answer.
    """
    image = content.get("image") or {}
    if not image.get("blob"):
        return None
    raw = await ports.blobs.get(image["blob"])
    if raw is None:
        raise Permanent(
            "the post's image is gone",
            code=error_codes.IMAGE_GONE,
            advice="Have it made anew (`headrace posts rewrite ID image`).",
        )
    made, media, (width, height) = (
        raw,
        str(image.get("media") or "image/png"),
        (image.get("width") or 0, image.get("height") or 0),
    )
    if len(raw) > place.image_bytes > 0 or max(width, height) > place.image_edge > 0:
        made, (width, height) = _smaller(raw, place)
        media = "image/jpeg"
    alt = str(image.get("alt") or "")[: place.alt]
    return Upload(made, media, hashlib.sha256(made).hexdigest(), width, height, alt)


def multipart(upload: Upload, fields: Mapping[str, str]) -> tuple[bytes, str]:
    """A form with the file and further fields, and its content type. The same gives the same."""
    boundary = f"headrace-{upload.sha256[:40]}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{upload.filename}"\r\nContent-Type: {upload.media}\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + upload.content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _smaller(raw: bytes, place: Platform) -> tuple[bytes, tuple[int, int]]:
    """A JPEG that fits, the best of some qualities, then of smaller sizes; its XMP (made by a model, what is to be seen) goes along."""
    pixels, packet = _opened(raw)
    if place.image_edge:
        pixels.thumbnail((place.image_edge, place.image_edge))
    while min(pixels.size) >= LEAST_EDGE:
        for quality in QUALITIES:
            out = io.BytesIO()
            pixels.save(out, "JPEG", quality=quality, optimize=True, xmp=packet)
            if out.tell() <= (place.image_bytes or out.tell()):
                return out.getvalue(), pixels.size
        pixels.thumbnail((int(pixels.width * SHRINK), int(pixels.height * SHRINK)))
    raise Permanent(f"the post's image cannot be made smaller than {place.image_bytes:,} bytes", code=error_codes.IMAGE_GONE)


def _opened(raw: bytes) -> tuple[Pixels, bytes]:
    from PIL import Image  # noqa: PLC0415 - 60 ms of cold start

    try:
        with Image.open(io.BytesIO(raw), formats=["PNG", "JPEG", "WEBP"]) as image:
            packet = image.info.get("xmp") or image.info.get(XMP) or b""
            pixels = image.convert("RGB")
    except Exception as error:
        # Decoders raise whatever a broken file brings about; this one was written by us.
        raise Permanent(f"the post's image cannot be read ({type(error).__name__})", code=error_codes.IMAGE_GONE) from error
    return pixels, packet.encode() if isinstance(packet, str) else bytes(packet)
