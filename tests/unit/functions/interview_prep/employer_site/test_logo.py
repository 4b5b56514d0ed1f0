"""Logos: decoded as strangers' files are."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from functions.interview_prep.stage_messages import Posting
from functions.interview_prep.stages.fetch_logo import fetch_logo, logo_key
from shared.errors import Permanent, Transient
from tests.support.fakes import FakeBlobs, FakeWeb, fake_ports, page

POSTING = Posting(title="Baker", company="Acme", company_domain="acme.example", description="")
PROVIDER = "http://127.0.0.1:9/logos/"


def image(kind: str, size: tuple[int, int] = (900, 300), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in "LP" else (10, 20, 30, 40)[: len(mode)]).save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that claims 60,000 x 60,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


async def fetched(content: bytes, status: int = 200) -> tuple[str, str, FakeBlobs, FakeWeb]:
    blobs, web = FakeBlobs(), FakeWeb({PROVIDER: page(PROVIDER, content, status=status)})
    logo = await fetch_logo(POSTING, fake_ports(web=web, blobs=blobs, logo_url=PROVIDER + "{domain}.png"))
    return logo.blob, logo.why, blobs, web


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("WEBP", "RGBA")]
)
async def test_every_kind_becomes_a_small_png(kind: str, mode: str) -> None:
    blob, why, blobs, web = await fetched(image(kind, mode=mode))
    assert (why, blob.startswith("images/"), web.calls[0][0]) == ("", True, PROVIDER + "acme.example.png")
    assert web.calls[0][1]["trusted"] is True
    with Image.open(io.BytesIO(blobs.kept[blob])) as stored:
        assert (stored.format, stored.size) == ("PNG", (512, 171))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>no logo</html>",
        image("GIF"),
        image("PNG")[:200],
        image("JPEG")[:300],
        bomb(),
        image("PNG", (1, 1)),
        b"\x89PNG\r\n\x1a\n" + b"x" * 500,
    ],
    ids=["empty", "svg", "html", "gif", "cut png", "cut jpeg", "bomb", "dot", "junk"],
)
async def test_what_is_no_logo_is_said_and_not_stored(content: bytes) -> None:
    blob, why, blobs, _ = await fetched(content)
    assert (blob, blobs.kept) == ("", {})
    assert why


async def test_no_provider_no_domain_no_logo() -> None:
    assert (await fetch_logo(POSTING, fake_ports())).why == "no logo provider is set (HEADRACE_LOGO_URL)"
    nameless = POSTING.model_copy(update={"company_domain": ""})
    assert "domain" in (await fetch_logo(nameless, fake_ports(logo_url=PROVIDER + "{domain}"))).why
    assert "404" in (await fetched(b"", 404))[1]
    strange = POSTING.model_copy(update={"company_domain": "a.example/../x"})
    assert (await fetch_logo(strange, fake_ports(logo_url=PROVIDER + "{domain}"))).why
    assert logo_key(POSTING) == "acme.example"


async def test_a_host_made_of_a_strangers_domain_is_not_trusted() -> None:
    web = FakeWeb({"https://acme.example/": page("https://acme.example/", image("PNG"))})
    assert (await fetch_logo(POSTING, fake_ports(web=web, logo_url="https://{domain}/favicon.png"))).blob
    assert web.calls[0][1]["trusted"] is False


async def test_too_large_is_no_logo_and_busy_is_worth_another_try() -> None:
    web = FakeWeb({PROVIDER: Permanent("too large", code="too_large")})
    assert (await fetch_logo(POSTING, fake_ports(web=web, logo_url=PROVIDER + "{domain}"))).why.endswith("(too large)")
    with pytest.raises(Transient):
        await fetched(b"", 503)
