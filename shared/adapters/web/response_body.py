"""A response's body, decoded as it arrives and never larger than its limit, on the wire or unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from shared.errors import Permanent, Transient

PIECE = 64 * 1024
MAX_ENCODINGS = 2
GZIP = 16 + zlib.MAX_WBITS


class Body:
    """Bytes in by `feed`, the whole out by `finish`.

    `encoding` is the Content-Encoding header. Every layer, from the wire to the plain bytes, is held to `limit`: a bomb
    that unpacks into another archive, or trailing junk that unpacks into nothing, is stopped as early as a plain one.

    Raises:
        Permanent: packed by anything but gzip, or more than twice (`unsupported_encoding`).
    """

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
        if len(names) > MAX_ENCODINGS or not set(names) <= {"gzip", "x-gzip"}:
            raise Permanent(
                f"the page is packed in a way that was not asked for ({encoding[:60]!r})",
                code="unsupported_encoding",
                advice="Paste the page's text instead.",
            )
        packed = limit + limit // 64 + PIECE if names else limit  # gzip grows a little what it cannot shrink
        self._wire = _Bounded(packed, limit)
        self._layers = [_Gunzip(_Bounded(packed, limit)) for _ in names]
        self._plain = _Bounded(limit, limit)
        self._content = bytearray()

    def feed(self, data: bytes) -> None:
        """Take bytes off the wire.

        Raises:
            Permanent: more than the limit (`too_large`).
            Transient: broken gzip (`fetch_failed`).
        """
        self._wire.count(data)
        pieces: Iterable[bytes] = (data,)
        for layer in self._layers:
            pieces = layer.unpack(pieces)
        for piece in pieces:
            self._plain.count(piece)
            self._content += piece

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            Transient: gzip that ends early (`fetch_failed`).
        """
        if self._wire.seen and not all(layer.complete for layer in self._layers):
            raise _broken("its packed body ends early")
        return bytes(self._content)


def too_large(limit: int) -> Permanent:
    """The refusal of a body over its limit."""
    return Permanent(
        f"the page is larger than {limit:,} bytes", code="too_large", advice="Use a smaller page, or paste the part that matters."
    )


class _Bounded:
    """Counts bytes up to a bound; `limit` is the one the caller knows."""

    def __init__(self, bound: int, limit: int) -> None:
        self._bound = bound
        self._limit = limit
        self.seen = 0

    def count(self, data: bytes) -> None:
        self.seen += len(data)
        if self.seen > self._bound:
            raise too_large(self._limit)


class _Gunzip:
    """One layer of gzip, unpacked in bounded pieces. What follows the archive's end is ignored, as browsers do."""

    def __init__(self, unpacked: _Bounded) -> None:
        self._zip = zlib.decompressobj(GZIP)
        self._unpacked = unpacked

    @property
    def complete(self) -> bool:
        return self._zip.eof

    def unpack(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            data = piece
            while not self._zip.eof:
                out = self._decompress(data)
                self._unpacked.count(out)
                if out:
                    yield out
                data = self._zip.unconsumed_tail
                if not data:
                    break

    def _decompress(self, data: bytes) -> bytes:
        try:
            return self._zip.decompress(data, PIECE)
        except zlib.error as error:
            raise _broken("its packed body is damaged") from error


def _broken(reason: str) -> Transient:
    return Transient(f"the site's answer is broken: {reason}", code="fetch_failed", advice="Try again later, or paste the text.")
