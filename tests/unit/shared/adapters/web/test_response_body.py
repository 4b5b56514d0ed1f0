from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib

import pytest

from shared.adapters.web.response_body import Body
from shared.errors import HeadraceError, Permanent, Transient

LIMIT = 2 * 1024 * 1024


def read(data: bytes, encoding: str, limit: int = LIMIT, step: int = 65536) -> bytes:
    body = Body(encoding, limit)
    for start in range(0, len(data), step):
        body.feed(data[start : start + step])
    return body.finish()


def code(data: bytes, encoding: str, limit: int = LIMIT) -> str:
    with pytest.raises(HeadraceError) as caught:
        read(data, encoding, limit)
    assert caught.value.advice
    return caught.value.code


PAGE = b"<p>five rounds</p>" * 20_000


@pytest.mark.parametrize("step", [1, 7, 65536])
def test_gzip_comes_out_whole_however_it_is_cut(step: int) -> None:
    assert read(gzip.compress(PAGE), "gzip", step=step) == PAGE


@pytest.mark.parametrize("encoding", ["gzip, gzip", "GZIP,x-gzip", "gzip, identity, gzip"])
def test_two_layers_are_the_most(encoding: str) -> None:
    assert read(gzip.compress(gzip.compress(PAGE)), encoding) == PAGE


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_plain_body_has_exactly_its_limit(encoding: str) -> None:
    assert read(b"x" * 1000, encoding, 1000) == b"x" * 1000
    assert code(b"x" * 1001, encoding, 1000) == "too_large"


def test_a_packed_body_that_did_not_shrink_has_its_limit_too() -> None:
    noise = random.Random(1).randbytes(300_000)
    packed = gzip.compress(noise)
    assert len(packed) > len(noise)
    assert read(packed, "gzip", len(noise)) == noise
    assert code(packed, "gzip", len(noise) - 1) == "too_large"


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "compress", "gzip, br", "gzip, gzip, gzip", "gzip," * 10, "x"])
def test_other_packings_are_refused(encoding: str) -> None:
    with pytest.raises(Permanent) as caught:
        Body(encoding, LIMIT)
    assert caught.value.code == "unsupported_encoding"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_stops_at_the_limit(layers: int) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024), 6)
    if layers > 1:
        bomb = gzip.compress(bomb)
    tracemalloc.start()
    try:
        assert code(bomb, ", ".join(["gzip"] * layers)) == "too_large"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3 * LIMIT


def test_an_archive_whose_inside_is_all_header_is_a_bomb_as_well() -> None:
    endless_name = b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * (4 * LIMIT)  # gzip's file name, never ended: unpacks to nothing
    assert code(gzip.compress(endless_name), "gzip, gzip") == "too_large"


def test_junk_after_the_archive_is_ignored_but_not_for_ever() -> None:
    packed = gzip.compress(PAGE)
    assert read(packed + b"\0" * 512, "gzip") == PAGE
    assert code(packed + b"j" * (2 * LIMIT), "gzip") == "too_large"


def test_damage_and_early_ends_are_said() -> None:
    packed = gzip.compress(PAGE)
    for damaged in (packed[:-4], packed[:50], packed[:30] + b"\xff\xff" + packed[32:], PAGE, zlib.compress(PAGE)):
        with pytest.raises(Transient) as caught:
            read(damaged, "gzip")
        assert caught.value.code == "fetch_failed"


def test_an_empty_body_needs_no_archive() -> None:
    assert read(b"", "gzip") == b""
