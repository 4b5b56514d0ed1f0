from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.adapters.embedded.blobs import FolderBlobs
from shared.errors import Permanent
from shared.ports.blobs import Blobs


def named(content: bytes, folder: str = "pdfs", ending: str = "pdf") -> str:
    return f"{folder}/{hashlib.sha256(content).hexdigest()}.{ending}"


async def test_what_is_put_can_be_got(blobs: Blobs) -> None:
    content = b"%PDF " + os.urandom(20)
    name = named(content)
    kept = await blobs.put(name, content, "application/pdf")
    assert (kept.name, kept.size, kept.content_type) == (name, len(content), "application/pdf")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert await blobs.get(name) == content
    assert await blobs.get(named(os.urandom(8))) is None
    assert await blobs.put(name, content, "application/pdf") == kept
    assert await blobs.get(name) == content


@pytest.mark.parametrize("size", [0, 1, 255, 8 * 1024 * 1024 + 1])
async def test_bytes_of_every_size_come_back_as_they_were(blobs: Blobs, size: int) -> None:
    content = os.urandom(size)
    name = named(content, "results", "bin")
    await blobs.put(name, content, "application/octet-stream")
    assert await blobs.get(name) == content


@pytest.mark.parametrize("content", [bytes(range(256)), b"\r\n--boundary\r\n", b"\x1f\x8b\x08\x00", b'{"name": "other"}'])
async def test_bytes_are_only_bytes(blobs: Blobs, content: bytes) -> None:
    name = named(content, "results", "json")
    await blobs.put(name, content, "application/json")
    assert await blobs.get(name) == content


async def test_many_at_once_and_the_same_by_several(blobs: Blobs) -> None:
    contents = [os.urandom(2000) for _ in range(8)]
    await asyncio.gather(*(blobs.put(named(content), content, "application/pdf") for content in contents * 3))
    assert await asyncio.gather(*(blobs.get(named(content)) for content in contents)) == contents


async def test_what_is_deleted_is_gone_and_may_come_again(blobs: Blobs) -> None:
    first, second = os.urandom(20), os.urandom(20)
    for content in (first, second):
        await blobs.put(named(content), content, "application/pdf")
    await blobs.delete(named(first), named(os.urandom(8)))
    assert (await blobs.get(named(first)), await blobs.get(named(second))) == (None, second)
    await blobs.delete(named(first))
    await blobs.put(named(first), first, "application/pdf")
    assert await blobs.get(named(first)) == first


async def test_a_folder_is_removed_whole_while_somebody_still_writes_to_it(blobs: Blobs) -> None:
    kept = named(b"another job's", "results/other", "json")
    await blobs.put(kept, b"another job's", "application/json")

    async def write(writer: int) -> list[str]:
        contents = [f"{writer} {number}".encode() for number in range(8)]
        return [(await blobs.put(named(content, "results/job", "json"), content, "text/plain")).name for content in contents]

    written = asyncio.gather(*(write(writer) for writer in range(6)))
    while not written.done():
        await blobs.delete_folder("results/job")
        await asyncio.sleep(0.01)
    await blobs.delete_folder("results/job")
    assert [await blobs.get(name) for names in written.result() for name in names] == [None] * 48
    assert await blobs.get(kept) == b"another job's"


@pytest.mark.parametrize(
    "name",
    [
        "../secret", "a/../../b", "/etc/passwd", ".signing-key", "a/.hidden", "", "a//b", "a/", "./a", "pdfs/half\ud83d.pdf",
        "a\x00b", "a\nb", "x" * 300, "/".join(["long"] * 300),
    ],
)  # fmt: skip
async def test_names_cannot_leave_the_folder(blobs: Blobs, name: str) -> None:
    with pytest.raises(Permanent) as caught:
        await blobs.get(name)
    assert caught.value.code == "bad_blob_name"
    for call in (blobs.put(name, b"x", "text/plain"), blobs.delete(name), blobs.url(name)):
        with pytest.raises(Permanent):
            await call


async def test_addresses_name_their_blob(blobs: Blobs) -> None:
    url = await blobs.url("pdfs/a b.pdf", filename="guide.pdf")
    assert urlsplit(url).path.endswith("/pdfs/a%20b.pdf")


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
