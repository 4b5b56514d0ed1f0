from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.adapters.embedded.blobs import FolderBlobs
from shared.errors import Permanent
from shared.ports.blobs import Blobs


async def test_what_is_put_can_be_got(blobs: Blobs) -> None:
    kept = await blobs.put("pdfs/a.pdf", b"%PDF", "application/pdf")
    assert (kept.size, kept.sha256) == (4, hashlib.sha256(b"%PDF").hexdigest())
    assert await blobs.get("pdfs/a.pdf") == b"%PDF"
    assert await blobs.get("pdfs/none.pdf") is None
    assert await blobs.put("pdfs/a.pdf", b"%PDF", "application/pdf") == kept


@pytest.mark.parametrize("name", ["../secret", "a/../../b", "/etc/passwd", ".signing-key"])
async def test_names_cannot_leave_the_folder(blobs: Blobs, name: str) -> None:
    with pytest.raises(Permanent):
        await blobs.get(name)


async def test_addresses_open_their_blob_until_they_expire(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    query = parse_qs(urlsplit(await blobs.url("pdfs/a.pdf", filename="guide.pdf")).query)
    expires, signature = query["expires"][0], query["signature"][0]
    assert blobs.allowed("pdfs/a.pdf", expires, signature, "guide.pdf")
    assert not blobs.allowed("pdfs/b.pdf", expires, signature, "guide.pdf")
    assert not blobs.allowed("pdfs/a.pdf", str(int(expires) + 1), signature, "guide.pdf")
    assert not blobs.allowed("pdfs/a.pdf", "1", signature, "guide.pdf")
    old = parse_qs(urlsplit(await blobs.url("pdfs/a.pdf", seconds=-1)).query)
    assert not blobs.allowed("pdfs/a.pdf", old["expires"][0], old["signature"][0])
