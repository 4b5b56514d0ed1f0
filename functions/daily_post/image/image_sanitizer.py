"""A stranger's bytes as pixels, and pixels as a file of our own: nothing else of the bytes is kept, and no decoder's fault leaves.

Pillow decodes; what it raises for broken, hostile or mislabelled files becomes `bad_image`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from functions.daily_post.stage_messages import Format
from shared.errors import Permanent

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXELS, MAX_EDGE, LEAST_EDGE = 8_294_400, 3840, 128
"""Of an image as it is declared: read before anything is decoded."""
OFF = 0.02
"""Share by which proportions may be off without a cut."""
SMALLEST = 0.6
"""Share of the asked edges from which a picture may be enlarged: a square of 1024 cut to 16:9 for 1536 x 864."""
KINDS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
MEDIA: dict[Format, str] = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
ALGORITHMIC = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
"""IPTC's terms for what a model drew, and for what a program drew by rule: what platforms read as an AI label."""


def decoded(content: bytes, width: int, height: int) -> Pixels:
    """The bytes' pixels in the proportions of `width` to `height`, RGB.

    Raises:
        Permanent: it is no image that can be shown (`bad_image`).
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - 60 ms of cold start

    kind = next((name for name, start in KINDS.items() if content.startswith(start)), "")
    if not kind or (kind == "WEBP" and content[8:12] != b"WEBP"):
        raise _bad("it is no PNG, JPEG or WebP image")
    if len(content) > MAX_BYTES:
        raise _bad(f"it has {len(content):,} bytes")
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            _check_size(*image.size)  # read from the header: nothing is decoded yet
            image.verify()  # leaves the image unusable: it is opened again
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            pixels = _rgb(ImageOps.exif_transpose(image))
    except Permanent:
        raise
    except Exception as error:
        # Decoders raise whatever a hostile file brings about (OSError, struct.error, DecompressionBombError, ...).
        raise _bad(f"it could not be decoded ({type(error).__name__})") from error
    if pixels.getcolors(maxcolors=1) is not None:
        raise _bad("it is one empty area")
    return _cut(pixels, width, height)


def _check_size(wide: int, high: int) -> None:
    if wide * high > MAX_PIXELS or max(wide, high) > MAX_EDGE or min(wide, high) < LEAST_EDGE:
        raise _bad(f"it is {wide} x {high} pixels")


def _rgb(image: Pixels) -> Pixels:
    """The first frame on white, without transparency, palette, profile or any metadata."""
    from PIL import Image  # noqa: PLC0415 - as above

    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return Image.frombytes("RGB", seen.size, ground.convert("RGB").tobytes())


def _cut(pixels: Pixels, width: int, height: int) -> Pixels:
    """The middle of the image in the wanted proportions."""
    wide, high = pixels.size
    wanted = width / height
    if abs(wide / high / wanted - 1) <= OFF:
        return pixels
    new_wide, new_high = (round(high * wanted), high) if wide / high > wanted else (wide, round(wide / wanted))
    left, top = (wide - new_wide) // 2, (high - new_high) // 2
    return pixels.crop((left, top, left + new_wide, top + new_high))


def sized(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture in just that size, of a picture in those proportions.

    Raises:
        Permanent: it is too small to be enlarged (`bad_image`).
    """
    from PIL import Image  # noqa: PLC0415 - as above

    if pixels.width < SMALLEST * width or pixels.height < SMALLEST * height:
        raise _bad(f"it is {pixels.width} x {pixels.height} pixels where {width} x {height} were asked for")
    return pixels if pixels.size == (width, height) else pixels.resize((width, height), Image.Resampling.LANCZOS)


def encoded(pixels: Pixels, media: Format, *, alt: str, source: str, model: str) -> bytes:
    """A file of the pixels, which says in its XMP what made it and what is to be seen. The same pixels give the same file."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - as above

    packet = xmp(alt=alt, source=source, model=model)
    out = io.BytesIO()
    if media == "png":
        about = PngInfo()
        about.add_itxt("XML:com.adobe.xmp", packet)
        about.add_itxt("Description", alt, lang="", tkey="")
        about.add_itxt("DigitalSourceType", source)
        pixels.save(out, "PNG", pnginfo=about, compress_level=6)
    elif media == "jpeg":
        pixels.save(out, "JPEG", quality=90, optimize=True, progressive=True, xmp=packet.encode())
    else:
        pixels.save(out, "WEBP", quality=90, method=4, xmp=packet.encode())
    return out.getvalue()


def xmp(*, alt: str, source: str, model: str) -> str:
    """The XMP packet: IPTC's digital source type, the tool, and the alternative text (IPTC photo metadata standard 2023.2)."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f"Iptc4xmpExt:DigitalSourceType={quoteattr(source)} xmp:CreatorTool={quoteattr(model)}>"
        f'<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{escape(alt)}</rdf:li></rdf:Alt>'
        "</Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )


def _bad(why: str) -> Permanent:
    return Permanent(f"what was drawn cannot be shown: {why}", code="bad_image")
