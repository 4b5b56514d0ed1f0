"""Sites that drip, lie, break off or never end."""

from __future__ import annotations

import asyncio
import gzip
import random
import tracemalloc
from functools import cache

import pytest

from shared.adapters.web.guarded_client import GuardedWeb
from shared.errors import HeadraceError, Permanent, Transient
from tests.support.waiting import PATIENCE
from tests.unit.shared.adapters.web.sites import Answer, Request, Site, http, redirect

MIB = 1024 * 1024


async def failure(web: GuardedWeb, url: str, *, timeout: float = PATIENCE, max_bytes: int = 2 * MIB) -> HeadraceError:
    with pytest.raises(HeadraceError) as caught:
        await web.fetch(url, timeout=timeout, max_bytes=max_bytes)
    assert caught.value.advice
    return caught.value


def dripping(start: bytes, drop: bytes, every: float) -> Answer:
    async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            await writer.drain()
            await asyncio.sleep(every)
            writer.write(drop)

    return drip


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b""),  # accepts and says nothing
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
async def test_a_drip_ends_with_the_total_time(site: Site, web: GuardedWeb, start: bytes, drop: bytes) -> None:
    site.answers["/"] = dripping(start, drop, 0.01)
    error = await failure(web, site.url(), timeout=0.15)
    assert isinstance(error, Transient)
    assert error.code == "fetch_timeout"


async def test_the_time_is_for_all_hops_together(site: Site, web: GuardedWeb) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.08)
        writer.write(redirect("/"))

    site.answers["/"] = slow
    assert (await failure(web, site.url(), timeout=0.2)).code == "fetch_timeout"
    assert len(site.requests) < 6


async def test_a_name_server_that_never_answers(site: Site) -> None:
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(3600)
        return []

    web = GuardedWeb(resolve=never)
    assert (await failure(web, "http://slow.example/", timeout=0.1)).code == "fetch_timeout"
    await web.aclose()


async def test_a_client_that_leaves_is_let_go(site: Site, web: GuardedWeb) -> None:
    site.answers |= {"/": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.01), "/ok": http("fine")}
    task = asyncio.create_task(web.fetch(site.url()))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await web.fetch(site.url("/ok"))).content == b"fine"


def breaking_off(start: bytes) -> Answer:
    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        await writer.drain()
        writer.close()

    return answer


@pytest.mark.fault(24)
@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"page" * 1000, mtime=0)[:40],
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\nhello",
    ],
)
async def test_an_answer_that_breaks_off_or_is_none(site: Site, web: GuardedWeb, start: bytes) -> None:
    site.answers["/"] = breaking_off(start)
    error = await failure(web, site.url())
    assert isinstance(error, Transient)
    assert error.code == "fetch_failed"


async def test_a_half_closed_connection_is_still_read(site: Site, web: GuardedWeb) -> None:
    async def half_close(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nsome")
        await writer.drain()
        writer.write_eof()
        await asyncio.sleep(3600)  # never closes its own side

    site.answers["/"] = half_close
    assert (await web.fetch(site.url(), timeout=PATIENCE)).content == b"some"


async def test_nobody_there(site: Site, web: GuardedWeb) -> None:
    await site.stop()
    error = await failure(web, site.url())
    assert error.code == "fetch_failed"
    assert "Errno" not in error.message, "the system's number says nothing to a reader"


async def test_more_than_was_announced_is_not_the_next_answer(site: Site, web: GuardedWeb) -> None:
    site.answers |= {"/": http("hello") + http("planted"), "/next": http("next")}
    assert (await web.fetch(site.url())).content == b"hello"
    assert (await web.fetch(site.url("/next"))).content == b"next"


@pytest.mark.fault(24)
async def test_an_endless_body_is_cut(site: Site, web: GuardedWeb) -> None:
    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + bytes(65536) + b"\r\n")
            await writer.drain()

    site.answers["/"] = endless
    error = await failure(web, site.url())
    assert isinstance(error, Permanent)
    assert error.code == "too_large"


@pytest.mark.fault(24)
async def test_an_announced_size_is_believed_when_it_is_too_much(site: Site, web: GuardedWeb) -> None:
    site.answers["/"] = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n", b"x", 1.0)
    assert (await failure(web, site.url())).code == "too_large"


async def test_a_page_of_five_megabytes(site: Site, web: GuardedWeb) -> None:
    page = random.Random(5).randbytes(5 * MIB)
    site.answers["/"] = http(page)
    assert (await failure(web, site.url())).code == "too_large"
    assert (await web.fetch(site.url(), max_bytes=5 * MIB)).content == page
    assert (await failure(web, site.url(), max_bytes=5 * MIB - 1)).code == "too_large"


@cache
def bomb() -> bytes:
    """64 MiB in 64 KB."""
    return gzip.compress(bytes(64 * MIB))


@pytest.mark.parametrize("layers", [1, 2])
async def test_a_gzip_bomb_takes_little(site: Site, web: GuardedWeb, layers: int) -> None:
    packed = bomb() if layers == 1 else gzip.compress(bomb())
    site.answers["/"] = http(packed, content_encoding=", ".join(["gzip"] * layers))
    tracemalloc.start()
    try:
        assert (await failure(web, site.url())).code == "too_large"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12 * MIB


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip, gzip", "gzip, br"])
async def test_packings_not_asked_for(site: Site, web: GuardedWeb, encoding: str) -> None:
    site.answers["/"] = http(b"anything", content_encoding=encoding)
    error = await failure(web, site.url())
    assert isinstance(error, Permanent)
    assert error.code == "unsupported_encoding"


async def test_a_bad_site_does_not_spoil_the_client(site: Site, web: GuardedWeb) -> None:
    site.answers |= {"/bad": breaking_off(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), "/good": http("good")}
    for _ in range(5):
        await failure(web, site.url("/bad"))
        assert (await web.fetch(site.url("/good"))).content == b"good"
