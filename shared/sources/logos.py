"""Company logos from a provider's address, decoded and made again as small PNGs: nothing of the stranger's bytes is kept."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.error_codes import NO_LOGO
from shared.errors import Permanent, Transient
from shared.parser_process.run_in_child import aside
from shared.ports import Ports

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

MAX_BYTES = 1024 * 1024
MAX_PIXELS = 10_000_000
"""Decoded, four bytes each."""
IN_PLACE = 1_000_000
"""Pixels that are decoded in this process; more in a child process with its limits."""
SIDE = 512
"""The PNG's longer side, at most."""
_LEAST_SIDE = 16  # less is a tracking pixel or a favicon
_TIMEOUT = 5.0
_OK, _TOO_MANY, _SERVER_ERROR = 200, 429, 500
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_STARTS = (("PNG", b"\x89PNG\r\n\x1a\n"), ("JPEG", b"\xff\xd8\xff"))


async def logo(domain: str, ports: Ports) -> bytes:
    """A domain's logo by the setting `logo_url`, as a PNG of at most 512 x 512.

    Raises:
        Transient: the provider is busy or does not answer (`logo_unavailable`, or as the web port says).
        Permanent: there is none to be had (`no_logo`); the message says why.
    """
    template = ports.settings.logo_url
    if not template:
        raise _none("no logo provider is set (HEADRACE_LOGO_URL)")
    if "{domain}" not in template:
        raise _none("HEADRACE_LOGO_URL has no {domain} in it")
    if not _DOMAIN.fullmatch(domain):
        raise _none("the employer's domain is not known" if not domain else f"{domain[:100]!r} is no domain")
    # The operator vouches for the provider's host, not for one that is made of a stranger's domain.
    trusted = "{domain}" not in urlsplit(template).netloc
    url = template.replace("{domain}", domain)
    try:
        page = await ports.web.fetch(url, max_bytes=MAX_BYTES, timeout=_TIMEOUT, trusted=trusted)
    except Permanent as error:
        raise _none(f"the logo provider gave nothing usable ({error.message})") from error
    if page.status == _TOO_MANY or page.status >= _SERVER_ERROR:
        raise Transient(f"the logo provider answered with HTTP {page.status}", code="logo_unavailable")
    if page.status != _OK:
        raise _none(f"the logo provider has none for {domain} (HTTP {page.status})")
    large = await asyncio.to_thread(_pixels, page.content) > IN_PLACE
    try:
        return await aside(large, _to_png, page.content)
    except Permanent as error:
        raise error if error.code == NO_LOGO else _none(error.message) from error


@contextmanager
def _opened(content: bytes) -> Iterator[Pixels]:
    """The image by its header: nothing is decoded yet.

    Raises:
        Permanent: it is none, or a decoder failed on it (`no_logo`).
    """
    from PIL import Image  # noqa: PLC0415 - 60 ms of cold start

    kind = next((name for name, start in _STARTS if content.startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "WEBP"
    if not kind:
        raise _none("what the logo provider sent is no PNG, JPEG or WebP image")
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            yield image
    except Permanent:
        raise
    except Exception as error:
        # Decoders raise whatever a hostile file brings about (OSError, struct.error, DecompressionBombError, ...).
        raise _none(f"the logo could not be decoded ({type(error).__name__})") from error


def _pixels(content: bytes) -> int:
    """How many pixels it says that it has."""
    with _opened(content) as image:
        width, height = image.size
    if min(width, height) < _LEAST_SIDE or width * height > MAX_PIXELS:
        raise _none(f"the logo is {width} x {height} pixels")
    return width * height


def _to_png(content: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 - 60 ms of cold start

    with _opened(content) as image:
        pixels = image.convert("RGBA")
        pixels.thumbnail((SIDE, SIDE))
        made = io.BytesIO()
        Image.frombytes("RGBA", pixels.size, pixels.tobytes()).save(made, "PNG", optimize=True)  # pixels alone: no metadata
    return made.getvalue()


def _none(why: str) -> Permanent:
    return Permanent(why, code="no_logo", advice="The guide draws a monogram instead.")
